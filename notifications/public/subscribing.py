"""Subscribing: the form, "look into your inbox", and the yes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from notifications.kinds import Way
from notifications.models import Subscriber
from notifications.models.subscriber.asking import SpentToken
from notifications.public.asking import take
from notifications.public.forms import SubscribeForm
from notifications.public.limits import TooOften
from notifications.public.origin import is_ours
from notifications.public.page import Visit, visited

ELSEWHERE = _("Your browser did not say that this form came from this site. Send it once more from this page.")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@visited
def subscribe(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the form, and take it."""
    if request.method != "POST":
        return visit.page("subscribe", form=SubscribeForm(initial={"incident_id": request.GET.get("incident", "")}))
    return taken(request, visit, SubscribeForm(request.POST))


def taken(request: HttpRequest, visit: Visit, form: SubscribeForm) -> HttpResponse:
    """Take what a visitor asks for; the answer is the same for every address."""
    if not is_ours(request):
        form.add_error(None, ELSEWHERE)
        return visit.page("subscribe", form=form, status=403)
    if not form.is_valid():
        return visit.page("subscribe", form=form, status=400)
    return _asked(request, visit, form)


@login_not_required
@require_safe
@visited
def asked(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say where to look now: the same for every address of a kind."""
    return visit.page("asked", webhook=request.GET.get("by") == Way.WEBHOOK)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@visited
def confirm(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Show a button to whoever opens the link of the message; only pressing it says yes."""
    row = Subscriber.objects.asked(token, timezone.now())
    if row is None:
        return visit.page("spent", status=410)
    if request.method != "POST":
        return visit.page("confirm", row=row)
    try:
        row.confirm(token)
    except SpentToken:
        return visit.page("spent", status=410)
    return see_other(visit.at(f"subscriptions/{row.reader.token()}?now=confirmed"))


def see_other(address: str) -> HttpResponse:
    """Send the browser on with a GET: a page that is loaded anew sends nothing again."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    response["Cache-Control"] = "no-store, private"
    return response


def _asked(request: HttpRequest, visit: Visit, form: SubscribeForm) -> HttpResponse:
    try:
        take(request, form.reader, form.choice(), form.keys)
    except TooOften as error:
        form.add_error(None, str(error))
        response = visit.page("subscribe", form=form, status=429)
        response["Retry-After"] = str(error.wait)
        return response
    by = f"?by={form.reader.way}" if form.reader.way == Way.WEBHOOK else ""
    return see_other(visit.at(f"subscribe/asked{by}"))
