"""What the holder of a link may do: see what the address is told, change it, end it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications.kinds import Scope, Way
from notifications.links import Reader, read
from notifications.models import Subscriber
from notifications.public.forms import ChoiceForm
from notifications.public.page import Visit, visited
from notifications.public.subscribing import see_other
from notifications.transports import signing

NEWS = {
    "confirmed": _("You are subscribed. Nothing more is to be done."),
    "saved": _("Saved. From now on you are told so."),
    "ended": _("You no longer follow this incident."),
    "rotated": _("There is a new secret. The one before goes on signing beside it for a day."),
}


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@visited
def manage(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Show what an address is told, and change its main choice."""
    reader = reader_of(token)
    row = Subscriber.objects.confirmed().of(reader).filter(incident=None).first()
    if request.method != "POST" or row is None:
        return _page(request, visit, token, reader, ChoiceForm(initial=_initial(row)) if row else None)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, visit, token, reader, form, status=400)
    row.change(form.choice(), by=row.itself)
    return _back(visit, token, "saved")


@login_not_required
@csrf_exempt
@require_POST
@visited
def end(_request: HttpRequest, visit: Visit, token: str, pk: str) -> HttpResponse:
    """End one of what an address follows."""
    get_object_or_404(Subscriber.objects.of(reader_of(token)), pk=pk).end()
    return _back(visit, token, "ended")


@login_not_required
@csrf_exempt
@require_POST
@visited
def rotate(_request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Give a webhook another secret to sign with."""
    row = Subscriber.objects.confirmed().of(reader_of(token)).filter(way=Way.WEBHOOK).first()
    if row is not None:
        row.rotate(by=row.itself)
    return _back(visit, token, "rotated")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@visited
def leave(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """Show a button to whoever opens the link; a POST ends it all, a mail program's own as well (RFC 8058)."""
    reader = reader_of(token)
    if request.method == "POST":
        Subscriber.leave(reader)
        return visit.page("left", reader=reader)
    rows = Subscriber.objects.of(reader).select_related("incident")
    return visit.page("leave", token=token, reader=reader, rows=rows)


def reader_of(token: str) -> Reader:
    """Return whom a link speaks for; raises ``Http404``."""
    reader = read(token)
    if reader is None:
        raise Http404
    return reader


def _page(
    request: HttpRequest, visit: Visit, token: str, reader: Reader, form: ChoiceForm | None, *, status: int = 200
) -> HttpResponse:
    rows = Subscriber.objects.confirmed().of(reader)
    return visit.page(
        "manage",
        status=status,
        token=token,
        reader=reader,
        form=form,
        rows=rows,
        followed=rows.filter(scope=Scope.INCIDENT).select_related("incident"),
        signs=rows and reader.way == Way.WEBHOOK,
        secret=next((row.held[signing.NOW] for row in rows if signing.NOW in row.held), ""),
        news=NEWS.get(request.GET.get("now", ""), ""),
    )


def _initial(row: Subscriber) -> dict[str, object]:
    ticked = [str(service.pk) for service in row.choice.services]
    return {"services": ticked, "mode": row.mode, "timezone": row.timezone, "digest_hour": str(row.digest_hour)}


def _back(visit: Visit, token: str, news: str) -> HttpResponse:
    return see_other(visit.at(f"subscriptions/{token}?now={news}"))
