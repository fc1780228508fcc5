"""What hangs on somebody, to be read before they are deactivated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import ApiKey, User
from accounts.roles import Role
from incidents.models import Incident
from oncall import steps
from oncall.final import Shift
from oncall.models import EscalationPolicy, Schedule, Team
from oncall.outlook import mine


@dataclass(frozen=True, slots=True)
class Ties:
    """``now`` and ``soon``: shifts of the next two weeks, by schedule. ``policies``: their steps name them."""

    last_admin: bool
    now: list[tuple[Schedule, Shift]]
    soon: list[tuple[Schedule, Shift]]
    policies: list[EscalationPolicy]
    incidents: list[Incident]
    keys: list[ApiKey]
    teams: list[Team]

    def __bool__(self) -> bool:
        return bool(self.now or self.soon or self.policies or self.incidents or self.keys or self.teams)


def ties_of(user: User, now: datetime) -> Ties:
    """Return what hangs on ``user`` at ``now``."""
    shifts = mine(user, now)
    return Ties(
        last_admin=list(User.objects.able_to(Role.ADMIN)[:2]) == [user],
        now=[pair for pair in shifts if pair[1].start <= now],
        soon=[pair for pair in shifts if pair[1].start > now],
        policies=[policy for policy in EscalationPolicy.objects.all() if _names(policy, user)],
        incidents=list(Incident.objects.open().filter(assignee=user)),
        keys=[key for key in user.api_keys.all() if key.state(now) == "active"],
        teams=list(user.teams.all()),
    )


def _names(policy: EscalationPolicy, user: User) -> bool:
    return any(target == str(user.pk) for _, target in steps.targets(policy.steps, "user"))
