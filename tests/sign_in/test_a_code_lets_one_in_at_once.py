"""Of two browsers that send one code at the same instant one is let in, on either database."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import SecondFactor
from events.kinds import Kind
from events.models import Event
from tests.racing import at_once
from tests.sign_in.conftest import CODE, PROFILE, Armed, enter


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("which", ["code", "recovery"])
def test_the_second_is_not(ann: Armed, which: str) -> None:
    code = ann.code if which == "code" else ann.recovery[-1]
    browsers = [Client(), Client()]
    for browser in browsers:
        enter(browser)
    answers = at_once(*(lambda one=browser: one.post(CODE, {"code": code}).status_code for browser in browsers))
    assert sorted(answers, key=str) == [200, 302]
    assert sorted(browser.get(PROFILE).status_code for browser in browsers) == [200, 302]
    assert Event.objects.filter(kind=Kind.USER_SIGNED_IN).count() == 1
    factor = SecondFactor.of(ann.user)
    assert factor
    assert factor.codes_left == (10 if which == "code" else 9)
