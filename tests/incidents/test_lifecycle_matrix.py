"""The table of transitions: every pair is decided, and decided right."""

import pytest

from incidents.lifecycle import (
    IMPACT,
    TRANSITIONS,
    IncidentStatus,
    Response,
    Severity,
    TransitionDenied,
    check,
    response,
)

ORDER = list(IncidentStatus)
PAIRS = [(old, new) for old in ORDER for new in ORDER]


def test_the_table_names_every_status() -> None:
    assert set(TRANSITIONS) == set(IncidentStatus)
    assert set(IMPACT) == set(Severity)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_only_forward_is_allowed(old: IncidentStatus, new: IncidentStatus) -> None:
    if ORDER.index(new) > ORDER.index(old):
        check(old, new)
    else:
        with pytest.raises(TransitionDenied) as caught:
            check(old, new)
        assert caught.value.current is old


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(TransitionDenied, match="Reopen it"):
        check(IncidentStatus.RESOLVED, IncidentStatus.MONITORING)
    with pytest.raises(TransitionDenied, match="monitoring cannot go back to identified"):
        check(IncidentStatus.MONITORING, IncidentStatus.IDENTIFIED)
    with pytest.raises(TransitionDenied, match="is identified already"):
        check(IncidentStatus.IDENTIFIED, IncidentStatus.IDENTIFIED)


@pytest.mark.parametrize(
    ("status", "acknowledged", "expected"),
    [
        (IncidentStatus.INVESTIGATING, False, Response.OPEN),
        (IncidentStatus.INVESTIGATING, True, Response.ACKNOWLEDGED),
        (IncidentStatus.IDENTIFIED, False, Response.IN_PROGRESS),
        (IncidentStatus.MONITORING, True, Response.IN_PROGRESS),
        (IncidentStatus.RESOLVED, False, Response.RESOLVED),
    ],
)
def test_the_response_follows(status: IncidentStatus, acknowledged: bool, expected: Response) -> None:
    assert response(status, acknowledged=acknowledged) is expected


def test_severities_are_numbered_worst_first() -> None:
    assert [severity.short for severity in Severity] == ["SEV1", "SEV2", "SEV3", "SEV4"]
