"""Templates of incidents: all of them, and one to be written."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from incidents.forms.templates import TemplateForm
from incidents.models import IncidentTemplate
from services.forms import accepted
from services.views.answers import tried


@require_safe
def template_list(request: ConsoleRequest) -> HttpResponse:
    """List them by name."""
    found = IncidentTemplate.objects.prefetch_related("services")
    return render(request, "incidents/templates.html", {"templates": found})


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def template_create(request: ConsoleRequest) -> HttpResponse:
    """Write one."""
    form = TemplateForm(None, request.POST or None)
    if request.method == "POST" and accepted(form, lambda: IncidentTemplate.add(by=request.actor, **form.cleaned_data)):
        messages.success(request, f"The template “{form.cleaned_data['name']}” is saved.")
        return redirect("incidents:templates")
    context = {"form": form, "form_token": new_token()}
    return render(request, "incidents/template_form.html", context, status=400 if form.errors else 200)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Change one."""
    found = get_object_or_404(IncidentTemplate, pk=pk)
    form = TemplateForm(found, request.POST or None)
    if request.method == "POST" and accepted(form, lambda: found.edit(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"The template “{found}” is saved.")
        return redirect("incidents:templates")
    context = {"form": form, "template": found, "form_token": new_token()}
    return render(request, "incidents/template_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def template_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Delete one; a GET is a reload, or the way back from signing in anew."""
    found = get_object_or_404(IncidentTemplate, pk=pk)
    if request.method == "POST" and tried(request, lambda: found.remove(by=request.actor)):
        messages.success(request, f"The template “{found}” is deleted.")
    return redirect("incidents:templates")
