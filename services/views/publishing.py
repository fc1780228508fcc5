"""Before a service becomes public, who does it sees exactly what will appear."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import ConsoleRequest
from services import openings
from services.forms import ServiceForm
from services.models import Service


def asks_first(request: ConsoleRequest, form: ServiceForm, service: Service | None) -> bool:
    """Say whether the form would make public what is not, and nobody has agreed yet."""
    was_public = service is not None and service.public
    return form.cleaned_data["public"] and not was_public and "agreed" not in request.POST


def warning(request: ConsoleRequest, form: ServiceForm, service: Service | None) -> HttpResponse:
    """Show what will appear, with all that was typed kept in the page."""
    context = {
        "service": service,
        "will": form.cleaned_data,
        "typed": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
        "components": service.components.all() if service else [],
        "openings": [opening for opening in openings.on_service(service.pk) if opening.public] if service else [],
    }
    return render(request, "services/publish.html", context)
