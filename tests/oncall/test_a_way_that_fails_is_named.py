"""A way by which pages do not get through is told once, named beside whoever is on call, and used all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from events.kinds import Kind
from events.models import Event
from oncall.models import ContactWay
from oncall.models.way import ADDRESS
from oncall.reach import ways_of, what_fails
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def ada() -> User:
    return UserFactory.create(name="Ada")


def way(user: User, label: str) -> ContactWay:
    from accounts.sealed import seal

    sealed = seal({ADDRESS: f"{label}@example.org"})
    made = {"kind": "email", "label": label, "sealed": sealed, "shown": "…@example.org", "created_at": NOON}
    return ContactWay.objects.create(user=user, verified_at=NOON, **made)


def kinds() -> list[str]:
    return list(Event.objects.filter(subject_type="contact_way").values_list("kind", flat=True))


def test_it_is_told_once_until_it_works_again(ada: User) -> None:
    phone = way(ada, "phone")
    for minute in range(3):
        phone.failed(because="There is no such mailbox.", now=NOON + timedelta(minutes=minute))
    assert (phone.failing_since, phone.failing_because) == (NOON, "There is no such mailbox.")
    phone.answered(now=NOON + timedelta(hours=1))
    phone.answered(now=NOON + timedelta(hours=2))
    assert (phone.failing_since, phone.failing_because) == (None, "")
    assert kinds() == [Kind.CONTACT_WAY_FAILING, Kind.CONTACT_WAY_WORKS]
    assert Event.objects.get(kind=Kind.CONTACT_WAY_FAILING).data["because"] == "There is no such mailbox."


def test_whoever_looks_who_is_on_call_sees_it_and_it_is_used_all_the_same(ada: User) -> None:
    phone, _ = way(ada, "phone"), way(ada, "desk")
    assert what_fails(ada) == ""
    phone.failed(because="There is no such mailbox.", now=NOON)
    ada = User.objects.get(pk=ada.pk)
    assert what_fails(ada) == "Pages to Ada do not get through by phone."
    assert [each.label for each in ways_of(ada)] == ["phone", "desk"]
