"""What the timeline says of pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

# Names of people, each with the kinds of ways to them: ``("Ada", ["email", "webhook"])``.
People = Sequence[tuple[str, Sequence[str]]]
# In characters.
LONGEST: Final = 2000
OWED: Final = (
    "**Who is to be paged could not be found out.** It is tried again at once; the admins are paged if it fails again."
)
NOBODY_ELSE: Final = "nobody else"
_KINDS: Final = {"email": "email", "webhook": "webhook", "apprise": "Apprise"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its policy a page is: step and round count from 1 here. ``policy`` is empty where there is no other."""

    step: int
    steps: int
    round: int
    policy: str = ""

    def __str__(self) -> str:
        turn = f", round {self.round}" if self.round > 1 else ""
        return f"{f'“{self.policy}”, ' if self.policy else ''}step {self.step} of {self.steps}{turn}"


@dataclass(frozen=True, slots=True)
class Silence:
    """How long whoever was paged last has not answered; ``whose`` is empty where there is no other."""

    lasted: timedelta
    whose: Sequence[str] = ()

    def __str__(self) -> str:
        return f"No answer{f' from {_listed(self.whose)}' if self.whose else ''} after {minutes(self.lasted)}"


def told(people: People, channels: Sequence[str] = ()) -> str:
    """Return ``Ada by email and webhook, Ben by email, the channel “Ops”``."""
    said = [f"{name} by {_listed(kinds)}" if kinds else name for name, kinds in people]
    return _listed([*said, *(f"the channel “{name}”" for name in channels)])


def step_fired(whom: str, place: Place, before: Silence | None) -> str:
    """Return the line of a step; ``before`` is the silence after the one before, None for the first."""
    return f"{f'{before}; p' if before else 'P'}aged {whom} ({place})."


def escalated(whom: str, place: Place) -> str:
    """Return the line of a step that somebody has fired by hand."""
    return f"Escalated: paged {whom} ({place})."


def told_already(name: str, policy: str) -> str:
    """Return that somebody is spared a second message about the same."""
    return f"{name} was told a moment ago by “{policy}”."


def fell_back(whom: str, before: Silence | None, policy: str = "") -> str:
    """Return the line of a round in which no step has anybody."""
    silence = f"{before}. " if before else ""
    if not whom:
        return f"{silence}Nobody could be paged: no step{_of(policy)} has anybody, and no admin can be reached either."
    return f"{silence}No step{_of(policy)} has anybody; paged the admins: {whom}."


def passed(step: int, whys: Sequence[str], policy: str = "") -> str:
    """Return why a step (from 1) told nobody."""
    return f"Step {step}{_of(policy)} has nobody: {' '.join(whys) or 'it names nobody.'}"


def besides(whys: Sequence[str]) -> str:
    """Return why others of a step were not told."""
    return f"Not told: {' '.join(whys)}"


def unanswered(name: str, fired: int, waited: timedelta | None) -> str:
    """Return that a policy has come to its end."""
    after = f"No answer after {minutes(waited)} either. " if waited is not None else ""
    return f"{after}**Nobody answered.** “{name}” has come to its end after {_times(fired)}; it pages nobody else."


def unreached(because: str, policy: str = "") -> str:
    """Return that no message has got to anybody of a step; ``because`` is what the last one met."""
    return f"No message got through to anybody: {because} The next step{_of(policy)} is due now."


def held(services: Sequence[str]) -> str:
    """Return that a page waits."""
    verb = "is" if len(services) == 1 else "are"
    return f"Paging waits: {_listed(services)} {verb} in maintenance. It goes on when that is over."


def joined(whom: str) -> str:
    """Return that an acknowledged incident has got another alert."""
    return f"Another alert came; told {whom}."


def reminded(whom: str, silent: timedelta) -> str:
    """Return that whoever has the incident has been silent."""
    return f"No word for {minutes(silent)}; reminded {whom}."


def handed_over(whom: str) -> str:
    """Return that somebody has come on call."""
    return f"The shift has changed; told {whom}."


def assigned(whom: str) -> str:
    """Return that somebody was told that it is theirs."""
    return f"Told {whom} that it is theirs."


def not_told(whys: Sequence[str]) -> str:
    """Return why somebody was not told."""
    return f"Nobody was told: {' '.join(whys)}"


def minutes(time: timedelta | None) -> str:
    """Return ``5 min``, ``1 h 5 min``; less than a minute is said in seconds."""
    seconds = max(0, round((time or timedelta()).total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    hours, rest = divmod(seconds // 60, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours))


def called(kinds: Iterable[str]) -> list[str]:
    """Return kinds of ways as people call them, each once."""
    return list(dict.fromkeys(_KINDS.get(kind, kind) for kind in kinds))


def cut(note: str) -> str:
    """Return a note that fits: twenty steps may each have twenty reasons why they tell nobody."""
    return note if len(note) <= LONGEST else f"{note[: LONGEST - 2]} …"


def _of(policy: str) -> str:
    return f" of “{policy}”" if policy else ""


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _times(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
