"""Finding windows by words: their texts, what was said about them, the services they work on."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from services.models import MaintenanceUpdate, Service


def holds(text: str) -> Q:
    """Ask for every word of ``text``, each anywhere in the window."""
    wanted = Q()
    for word in text.split():
        said = MaintenanceUpdate.objects.filter(maintenance=OuterRef("pk"), message__icontains=word)
        on = Service.objects.filter(maintenances=OuterRef("pk"), name__icontains=word)
        own = Q(title__icontains=word) | Q(description__icontains=word)
        wanted &= own | Q(Exists(said)) | Q(Exists(on))
    return wanted
