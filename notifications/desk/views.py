"""What went out, what did not, and why."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from notifications.desk.body import body
from notifications.desk.forms import PURPOSES, DeliveriesForm
from notifications.kinds import Purpose, State
from notifications.models import Delivery
from notifications.paging.ways import called
from services.views.answers import tried

PER_PAGE = 50
# Where a link stands that is the recipient's alone (``notifications.posting``).
OWN_LINK = re.compile(r"\{\{\w+\}\}")
ALONE = "(a link for the recipient alone)"


@requires(Role.OPERATOR)
@require_safe
def deliveries(request: ConsoleRequest) -> HttpResponse:
    """List the deliveries, newest first, with the filters of the address."""
    form = DeliveriesForm(request.GET)
    found = form.find()
    rows = found.select_related("announcement", "channel", "person")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    counts = {"failed": found.repeatable(), "postponed": found.postponed(now), "troubled": found.troubled(now)}
    context = {"form": form, "page": page, "count": page.paginator.count}
    context |= {name: rows.count() for name, rows in counts.items()}
    return render(request, "notifications/desk/list.html", context | {"query": request.GET.urlencode()})


@requires(Role.OPERATOR)
@require_safe
def delivery(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show one: how it went, and what it says."""
    rows = Delivery.objects.select_related("announcement", "channel", "subscriber", "person")
    row = get_object_or_404(rows, pk=pk)
    text = OWN_LINK.sub(ALONE, row.announcement.text)
    context = {"delivery": row, "text": text, "purpose": PURPOSES[Purpose(row.purpose)], "way": called(row)}
    now = timezone.now()
    context |= {"body": OWN_LINK.sub(ALONE, body(row))}
    context |= {"postponed": row.is_postponed(now), "troubled": Delivery.objects.filter(pk=pk).troubled(now).exists()}
    return render(request, "notifications/desk/detail.html", context)


@requires(Role.OPERATOR)
@require_POST
def retry(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send one again."""
    row = get_object_or_404(Delivery, pk=pk)
    waits = row.status == State.PENDING
    if tried(request, lambda: row.retry(by=request.actor)):
        said = "It is tried now." if waits else "It goes out again, behind everything that is new."
        messages.success(request, said)
    return redirect("deliveries:detail", pk)


@requires(Role.OPERATOR)
@require_POST
def seen(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Note that somebody has looked at one that does not go through."""
    if Delivery.see_all(Delivery.objects.filter(pk=pk), by=request.actor):
        messages.success(request, "Noted: nobody is told of it any more. It stays in the list.")
    return redirect("deliveries:detail", pk)


@requires(Role.OPERATOR)
@require_POST
def seen_all(request: ConsoleRequest) -> HttpResponse:
    """Note that somebody has looked at what does not go through, of the list that was shown."""
    count = Delivery.see_all(DeliveriesForm(request.GET).find(), by=request.actor)
    messages.success(request, f"{count} noted as looked at." if count else "All of it was looked at before.")
    return _back(request)


@requires(Role.OPERATOR)
@require_POST
def hurry_all(request: ConsoleRequest) -> HttpResponse:
    """Let go now what waits for a later try, of the list that was shown."""
    count = Delivery.hurry_all(DeliveriesForm(request.GET).find(), by=request.actor)
    if count:
        messages.success(request, f"{count} message{pluralize(count, ' is,s are')} tried now.")
    else:
        messages.info(request, "Nothing here waits for a later try.")
    return _back(request)


@requires(Role.OPERATOR)
@require_POST
def retry_all(request: ConsoleRequest) -> HttpResponse:
    """Send again what has failed of the list that was shown."""
    form = DeliveriesForm(request.GET)
    count = Delivery.retry_all(form.find(), by=request.actor)
    if count:
        messages.success(request, f"{count} message{pluralize(count)} go{pluralize(count, 'es,')} out again.")
    else:
        messages.info(request, "Nothing here can be sent again.")
    return _back(request)


def _back(request: ConsoleRequest) -> HttpResponse:
    return redirect(f"{reverse('deliveries:list')}?{request.GET.urlencode()}")
