"""Finding incidents by words: their texts, what was said on the way, the services they affect. For who is signed in."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from incidents.models import Affected, Update

COLUMNS = ("title", "body", "tags", "root_cause", "resolution")


def holds(text: str) -> Q:
    """Ask for every word of ``text``, each anywhere in the incident; notes and root cause count.

    Timelines and services are asked by ``Exists``, so that an incident comes once however often a word stands in it.
    """
    wanted = Q()
    for word in text.split():
        said = Update.objects.filter(incident=OuterRef("pk"), message__icontains=word)
        on = Affected.objects.filter(incident=OuterRef("pk"), service__name__icontains=word)
        own = (Q(**{f"{column}__icontains": word}) for column in COLUMNS)
        wanted &= Q(*own, _connector=Q.OR) | Q(Exists(said)) | Q(Exists(on))
    return wanted
