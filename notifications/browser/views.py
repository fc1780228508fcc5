"""The key, the worker, and the door for browsers. Key and worker are for everybody and hold no secret."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from notifications.browser.forms import BrowserForm, MovedForm
from notifications.models import Subscriber
from notifications.public.limits import TooOften, admit
from notifications.public.origin import is_ours
from notifications.public.page import Visit, visited
from notifications.public.subscribing import taken
from notifications.transports import vapid


@login_not_required
@require_safe
def key(_request: HttpRequest) -> HttpResponse:
    """Answer with the public key that browsers subscribe with, base64url."""
    return _kept(vapid.public_key(), "text/plain; charset=utf-8")


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Answer with the service worker. It stands under ``/status``, so it can speak for nothing else."""
    return _kept(render_to_string("notifications/push-worker.js"), "text/javascript; charset=utf-8")


@login_not_required
@csrf_exempt
@require_POST
@visited
def subscribe(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take a browser that its visitor wants to be told by; it is asked by a first push."""
    return taken(request, visit, BrowserForm(request.POST))


@login_not_required
@csrf_exempt
@require_POST
def moved(request: HttpRequest) -> HttpResponse:
    """Take the new address of a browser; the worker asks, so nobody reads the answer, and it tells nothing."""
    form = MovedForm(request.POST)
    if not is_ours(request):
        return HttpResponse(status=403)
    if not form.is_valid():
        return HttpResponse(status=400)
    try:
        admit(request)
    except TooOften as error:
        return HttpResponse(status=429, headers={"Retry-After": str(error.wait)})
    said = form.cleaned_data
    Subscriber.move(said["was"], said["proof"], to=said["endpoint"], keys=form.keys)
    return HttpResponse(status=204)


def _kept(text: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content_type)
    response["Cache-Control"] = "public, max-age=300"
    return response
