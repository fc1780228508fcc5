"""A postmortem is published once its incident is resolved, and an edit since is marked as such."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from events.errors import StaleEdit
from events.models import Event
from incidents.models import Incident, Postmortem
from incidents.models.postmortem import NotPublished, PostmortemExists
from services.models import Service
from tests.incidents.conftest import ANN
from tests.incidents.writing import LATER, drafted, published, resolved

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> list[tuple[str, bool]]:
    rows = Event.objects.filter(kind__startswith="POSTMORTEM").order_by("id")
    return list(rows.values_list("kind", "public"))


@pytest.mark.parametrize(
    ("is_open", "public", "status", "again"),
    [
        (True, True, "draft", False),
        (True, False, "draft", False),
        (False, True, "published", False),
        (False, False, "published", False),
    ],
)
def test_publishing_waits_for_the_end_and_follows_who_sees_the_incident(
    incident: Incident, is_open: bool, public: bool, status: str, again: bool
) -> None:
    incident.edit(by=ANN, changes={"public": public})
    if not is_open:
        incident.resolve(by=ANN)
    postmortem = drafted(incident)
    if is_open:
        with pytest.raises(NotPublished, match="still open"):
            postmortem.publish(by=ANN)
    else:
        postmortem.publish(by=ANN)
    postmortem.refresh_from_db()
    assert (postmortem.status, postmortem.public) == (status, public and not is_open)
    assert postmortem.may_publish is again
    assert told()[1:] == ([] if is_open else [("POSTMORTEM_PUBLISHED", public)])


def test_a_second_one_a_second_time_and_an_empty_one_are_refused(checkout: Service) -> None:
    incident = resolved(checkout)
    postmortem = drafted(incident, summary=" ")
    with pytest.raises(PostmortemExists):
        drafted(incident)
    with pytest.raises(ValidationError, match="Write what happened"):
        postmortem.publish(by=ANN)
    postmortem.refresh_from_db()
    postmortem.edit(by=ANN, changes={"summary": "It broke."})
    postmortem.publish(by=ANN)
    with pytest.raises(NotPublished, match="published already"):
        postmortem.publish(by=ANN)


def test_what_was_written_for_people_here_is_published_anew_for_the_public(checkout: Service) -> None:
    incident = resolved(checkout, public=False)
    postmortem = published(incident)
    incident.edit(by=ANN, changes={"public": True})
    assert not Postmortem.objects.visible().exists()
    postmortem.publish(by=ANN)
    assert list(Postmortem.objects.visible()) == [postmortem]
    assert told()[-1] == ("POSTMORTEM_PUBLISHED", True)


def test_an_edit_is_marked_once_it_is_published_and_an_old_one_refused(checkout: Service) -> None:
    postmortem = drafted(resolved(checkout))
    postmortem.edit(by=ANN, changes={"lessons": "Watch it."}, version=1)
    assert postmortem.edited_at is None
    postmortem.publish(by=ANN)
    late = LATER + timedelta(days=1)
    postmortem.edit(by=ANN, changes={"lessons": "Watch it."}, now=late)
    assert postmortem.edited_at is None
    postmortem.edit(by=ANN, changes={"lessons": "Watch it better."}, now=late)
    assert postmortem.edited_at == late
    assert told()[-1] == ("POSTMORTEM_CHANGED", True)
    with pytest.raises(StaleEdit) as stale:
        postmortem.edit(by=ANN, changes={"lessons": "Mine."}, version=1)
    assert stale.value.current["lessons"] == "Watch it better."
