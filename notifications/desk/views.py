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
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from notifications.desk.forms import PURPOSES, DeliveriesForm
from notifications.kinds import Purpose
from notifications.models import Delivery
from notifications.paging.ways import called
from services.views.answers import tried

PER_PAGE = 50
# Where a link stands that is the recipient's alone (``notifications.posting``).
OWN_LINK = re.compile(r"\{\{\w+\}\}")


@requires(Role.OPERATOR)
@require_safe
def deliveries(request: ConsoleRequest) -> HttpResponse:
    """List the deliveries, newest first, with the filters of the address."""
    form = DeliveriesForm(request.GET)
    found = form.find()
    rows = found.select_related("announcement", "channel", "person")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    failed = found.repeatable().count()
    context = {"form": form, "page": page, "count": page.paginator.count, "failed": failed}
    return render(request, "notifications/desk/list.html", context | {"query": request.GET.urlencode()})


@requires(Role.OPERATOR)
@require_safe
def delivery(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show one: how it went, and what it says."""
    rows = Delivery.objects.select_related("announcement", "channel", "subscriber", "person")
    row = get_object_or_404(rows, pk=pk)
    text = OWN_LINK.sub("(a link for the recipient alone)", row.announcement.text)
    context = {"delivery": row, "text": text, "purpose": PURPOSES[Purpose(row.purpose)], "way": called(row)}
    return render(request, "notifications/desk/detail.html", context)


@requires(Role.OPERATOR)
@require_POST
def retry(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send one again."""
    row = get_object_or_404(Delivery, pk=pk)
    if tried(request, lambda: row.retry(by=request.actor)):
        messages.success(request, "It goes out again, behind everything that is new.")
    return redirect("deliveries:detail", pk)


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
    return redirect(f"{reverse('deliveries:list')}?{request.GET.urlencode()}")
