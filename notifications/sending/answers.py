"""What a mail server's numbers mean for the next try. Pure."""

from __future__ import annotations

from typing import Final

from notifications.transports.outcome import Nature, Outcome
from notifications.transports.transport import failed
from outbound.failures import Failure
from outbound.smtp import Declined, Stage

# At the server's door it is the way that is shut, not the recipient who refuses.
_DOOR: Final = frozenset({Stage.GREETING, Stage.HELLO, Stage.SIGN_IN, Stage.SENDER})
_UNKNOWN_ADDRESS: Final = frozenset({550, 551, 553, 556})


def meaning(declined: Declined) -> Outcome:
    """Return what a refusal means."""
    code, said = declined.code, f"The mail server answered {declined.code} {declined.enhanced}".rstrip() + "."
    if declined.stage is Stage.SIGN_IN:
        return failed("unauthorized", f"The mail server refused our sign-in. {said}", nature=Nature.CHANNEL)
    if code == 421 or (declined.stage in _DOOR and not (declined.stage is Stage.SENDER and code < 500)):
        return failed("turned_away", f"The mail server turns us away. {said}", nature=Nature.CHANNEL)
    if code < 500 or _is_full(declined):
        return failed("deferred", f"The mail server put it off. {said}")
    if is_about_the_address(declined):
        return failed("recipient_refused", f"There is no such mailbox. {said}", nature=Nature.RECIPIENT)
    return failed("rejected", f"The mail server does not take this mail. {said}", nature=Nature.MESSAGE)


def _is_full(declined: Declined) -> bool:
    """Say whether it is the old 552, "too many recipients", to be taken for 452 (RFC 5321, section 4.5.3.1.10)."""
    return declined.code == 552 and declined.stage is Stage.RECIPIENT and not declined.enhanced


def is_about_the_address(declined: Declined) -> bool:
    """Say whether nothing will ever arrive at this address.

    A full mailbox and a policy are no such thing: the enhanced code tells, where there is one (RFC 3463).
    """
    if declined.enhanced:
        return declined.enhanced.startswith("5.1.") or declined.enhanced == "5.2.1"
    return declined.stage is Stage.RECIPIENT and declined.code in _UNKNOWN_ADDRESS


def failed_to_reach(failure: Failure) -> Outcome:
    """Return what it means that there is no talking to the server at all."""
    return failed(failure.code, f"The mail server cannot be reached. {failure.detail}", nature=Nature.CHANNEL)
