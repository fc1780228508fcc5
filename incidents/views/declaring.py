"""Declaring an incident."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from incidents import expecting
from incidents.forms.declaring import DeclareForm
from incidents.forms.templates import beginning, chosen
from incidents.lifecycle import Severity
from incidents.models import Incident, IncidentTemplate
from incidents.views.preview import declaration_of
from services.announcements import NOBODY, Going
from services.forms import accepted


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def incident_declare(request: ConsoleRequest) -> HttpResponse:
    """Ask five things, then declare."""
    template = chosen(request.GET.get("template"))
    initial = {"services": request.GET.getlist("service"), **(beginning(template) if template else {})}
    form = DeclareForm(request.POST or None, initial=initial)
    form.tell_zone(request.user.timezone)
    made: list[Incident] = []
    sent = request.method == "POST" and "preview" not in request.POST
    quiet = "quiet" in request.POST

    def declare() -> None:
        made.append(Incident.declare(by=request.actor, quiet=quiet, **form.cleaned_data))

    if sent and accepted(form, declare):
        messages.success(request, f"“{made[0]}” is declared. Say what is new as soon as you know it.")
        return redirect("incidents:detail", made[0].pk)
    context: dict[str, Any] = {"form": form, "form_token": new_token(), "tells": _expected(form)}
    context |= {"template": template, "templates": IncidentTemplate.objects.only("name")}
    if "preview" in request.POST:
        context |= {"preview": True, **declaration_of(request, form)}
        if context["known"]:
            context["tells"] = context["announcement"].recipients if context["announcement"] else NOBODY
    return render(request, "incidents/declare.html", context, status=400 if sent else 200)


def _expected(form: DeclareForm) -> Going:
    """Return to how many it goes with what is ticked; what is half filled in counts as if it were public."""
    severity = str(form["severity"].value())
    known = Severity(severity) if severity in [*Severity] else Severity.MEDIUM
    known_services = {str(service.pk) for group in form.groups for service in group.services}
    return expecting.of_declaring(form.ticked & known_services, known)
