"""Silences: which hold, which are over, making one, ending one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.coming_back import came_from
from accounts.once import new_token, once
from accounts.roles import Role
from alerts.forms.silencing import SilenceForm
from alerts.models import Alert, Silence
from alerts.models.silence import SilenceQuerySet
from alerts.views.chosen import chosen
from services.forms import accepted
from services.views.answers import tried

PER_PAGE = 25


@require_safe
def silence_list(request: ConsoleRequest) -> HttpResponse:
    """List those that hold, the next to end first, and those that are over."""
    now = timezone.now()
    over = _told().filter(ends_at__lte=now)
    context = {
        "standing": _told().standing(now).order_by("ends_at", "id"),
        "page": Paginator(over, PER_PAGE).get_page(request.GET.get("page")),
        "form_token": new_token(),
    }
    return render(request, "alerts/silences.html", context)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def silence_create(request: ConsoleRequest) -> HttpResponse:
    """Ask what, until when and why; ``alert`` in the address fills in that alert's labels."""
    alert, now = chosen(Alert, request.GET.get("alert")), timezone.now()
    form = SilenceForm(request.user, request.POST or None, alert=alert)
    made: list[Silence] = []
    if request.method == "POST" and accepted(form, lambda: made.append(_made(request, form, now))):
        count = Alert.objects.open().filter(silence=made[0]).count()
        covered = f"{count} alert{pluralize(count)} that fire{pluralize(count, 's,')} now" if count else "nothing yet"
        messages.success(request, f"Silenced. It covers {covered}.")
        return redirect("alerts:detail", alert.pk) if alert else redirect("alerts:silences")
    context = {"form": form, "alert": alert, "form_token": new_token()}
    return render(request, "alerts/silence_form.html", context, status=400 if form.errors else 200)


@once
@require_POST
def silence_end(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """End one now; what it covered and still fires acts as if it were new."""
    silence = get_object_or_404(Silence, pk=pk)
    if tried(request, lambda: silence.end(by=request.actor)):
        messages.success(request, "The silence is over. What it covered and still fires acts within seconds.")
    return redirect(came_from(request) or reverse("alerts:silences"))


def _told() -> SilenceQuerySet:
    covered = Alert.objects.open().filter(silence=OuterRef("pk")).order_by().values("silence")
    counted = Subquery(covered.annotate(count=Count("pk")).values("count"))
    return Silence.objects.select_related("alert", "service").annotate(covers_now=counted)


def _made(request: ConsoleRequest, form: SilenceForm, now: datetime) -> Silence:
    return Silence.add(by=request.actor, ends_at=form.until(now), now=now, **form.said)
