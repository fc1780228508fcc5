"""Declaring an incident."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from incidents.forms.declaring import DeclareForm
from incidents.models import Incident
from incidents.views.preview import declaration_of
from services.forms import accepted


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def incident_declare(request: ConsoleRequest) -> HttpResponse:
    """Ask five things, then declare."""
    form = DeclareForm(request.POST or None, initial={"services": request.GET.getlist("service")})
    made: list[Incident] = []
    sent = request.method == "POST" and "preview" not in request.POST
    if sent and accepted(form, lambda: made.append(Incident.declare(by=request.actor, **form.cleaned_data))):
        messages.success(request, f"“{made[0]}” is declared. Say what is new as soon as you know it.")
        return redirect("incidents:detail", made[0].pk)
    context = {"form": form, "form_token": new_token()}
    if "preview" in request.POST:
        context |= {"preview": True, **declaration_of(request, form)}
    return render(request, "incidents/declare.html", context, status=400 if sent else 200)
