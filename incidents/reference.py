"""The pages of ``docs/`` that are printed from tables: states and events. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from events.kinds import Kind
from incidents.lifecycle import IMPACT, REOPENED, TRANSITIONS, IncidentStatus, Severity, response
from services.maintenance import lifecycle as maintenance
from services.maintenance.lifecycle import Stage

_PRINTED = "<!-- Printed by `make docs`; change the table in the code instead. -->"


def states() -> str:
    """Return ``docs/states.md``."""
    return f"""# The states of an incident and of a maintenance window

{_PRINTED}

What the public is told moves forward only; steps may be skipped. Any other move is refused (HTTP 409) and changes
nothing. The one way back is the verb *reopen*, which `INCIDENT_REOPEN=false` forbids.

{_table(["from, to", *IncidentStatus], (_moves(old) for old in IncidentStatus))}

```mermaid
stateDiagram-v2
    [*] --> {IncidentStatus.INVESTIGATING}
{_diagram()}
    {IncidentStatus.RESOLVED} --> {REOPENED}: reopen
    {IncidentStatus.RESOLVED} --> [*]
```

## How far the responders are

The response is derived from the status and from whether somebody has acknowledged the incident since it was last
opened. Acknowledging never changes what the public sees. Whoever takes an incident, or moves it to identified or
monitoring, has acknowledged it by that; machines have not, and ending it acknowledges nothing.

{_table(["status", "not acknowledged", "acknowledged"], (_responses(status) for status in IncidentStatus))}

## What an affected service suffers

Unless the incident gives the service an impact of its own, the severity decides. The worst impact of the open public
incidents is one of the things that a service's status follows from; internal incidents have none.

{_table(["severity", "shown as", "impact"], ([f"`{one}`", one.short, f"`{IMPACT[one]}`"] for one in Severity))}

## A maintenance window

The clock starts and completes a window at its planned instants; people may be earlier. Any other move is refused
(HTTP 409) and changes nothing.

{_table(["from, to", *Stage.values], (_maintenance_moves(old) for old in Stage))}

```mermaid
stateDiagram-v2
    [*] --> {Stage.SCHEDULED}
{_maintenance_diagram()}
    {Stage.COMPLETED} --> [*]
    {Stage.CANCELLED} --> [*]
```

What moves nothing is allowed while a window is:

{_table(["verb", *Stage.values], (_maintenance_verbs(verb) for verb in maintenance.ALLOWED))}
"""


def events() -> str:
    """Return ``docs/events.md``."""
    return f"""# The kinds of event

{_PRINTED}

Every change is told once, in the transaction that makes it, in a log that is only ever appended to. The activity page,
the API's audit list, live streams and the publishing of the public page read it. An event is public when
what it tells of was public at that moment.

{_table(["kind", "tells"], ([f"`{kind}`", kind.about] for kind in Kind))}
"""


def _moves(old: IncidentStatus) -> list[str]:
    return [f"**{old}**", *("yes" if new in TRANSITIONS[old] else "no" for new in IncidentStatus)]


def _diagram() -> str:
    moves = [(old, new) for old in IncidentStatus for new in IncidentStatus if new in TRANSITIONS[old]]
    return "\n".join(f"    {old} --> {new}" for old, new in moves)


def _maintenance_moves(old: Stage) -> list[str]:
    verbs = {new: f"*{verb}*" for verb, new in maintenance.TRANSITIONS[old].items()}
    return [f"**{old}**", *(verbs.get(new, "no") for new in Stage)]


def _maintenance_diagram() -> str:
    moves = [(old, new, verb) for old in Stage for verb, new in maintenance.TRANSITIONS[old].items()]
    return "\n".join(f"    {old} --> {new}: {verb}" for old, new, verb in moves)


def _maintenance_verbs(verb: str) -> list[str]:
    return [f"*{verb}*", *("yes" if stage in maintenance.ALLOWED[verb] else "no" for stage in Stage)]


def _responses(status: IncidentStatus) -> list[str]:
    return [f"`{status}`", *(f"`{response(status, acknowledged=acknowledged)}`" for acknowledged in (False, True))]


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
