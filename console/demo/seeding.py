"""Making the demo: empty everything, then play what happened."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session

from accounts.models import ApiKey, SignInWait, StoredReply, User
from accounts.roles import Scope
from alerts.models import Alert, Correlation, Integration, RawSignal, SignalTally, Silence
from branding.models import Brand
from console.demo.acts import play
from console.demo.afterwards import Afterwards
from console.demo.alerts import report
from console.demo.audience import gather
from console.demo.cast import Cast
from console.demo.company import Company
from console.demo.login import Login
from console.demo.oncall import staff
from console.demo.stories import read_changes, read_stories
from console.demo.telling import Telling, by_hand
from console.demo.templates import write
from console.demo.watching import measured, watch
from console.demo.windows import work
from events.actors import SYSTEM
from events.command import command, join
from events.immutability import lifted
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident, IncidentTemplate
from notifications.models import Announcement, Channel, Circuit, Delivery, Subscriber, Tally
from oncall.models import EscalationPolicy, Schedule, Team
from services.checks import itself
from services.models import Group, Maintenance, MaintenanceSeries, Service

TOLD = (Delivery, Announcement, Subscriber, Channel, Circuit, Tally)
REPORTED = (RawSignal, SignalTally, Alert, Silence, Correlation, Integration)
ON_CALL = (EscalationPolicy, Schedule, Team)
MADE = (Incident, IncidentTemplate, Maintenance, MaintenanceSeries, Service, Group)
WIPED = (Brand, *TOLD, *REPORTED, *ON_CALL, *MADE, ApiKey, User, Session, SignInWait, StoredReply, Event)


def seed(now: datetime) -> Login:
    """Replace all rows by the demo's, in one transaction. Return how to sign in to it."""
    cast = Cast(Company.read())
    with join():
        wipe()
        play(
            [
                *cast.enter(now),
                *write(cast, now),
                *(act for change in read_changes() for act in by_hand(change, cast, now)),
                *(act for story in read_stories() for act in Telling(story, cast, now).acts()),
                *Afterwards(cast, now).acts(),
                *work(cast, now),
                *watch(cast, now),
                *gather(cast, now),
                *staff(cast, now),
                *report(cast, now),
            ]
        )
        measured(cast, now)
        itself.ensure(now)
        Brand.current().edit(by=SYSTEM, changes={"name": "Fernhill"}, now=now)
        scopes = [Scope.READ, Scope.WRITE]
        _, key = ApiKey.create(by=cast.actor("admin"), name="Demo", scopes=scopes, now=now)
        with command(SYSTEM, now=now) as tell:
            tell(Kind.DEMO_SEEDED, subject=("demo", "", "Fernhill"), public=True)
    return Login(cast.passwords, key)


def wipe() -> None:
    """Delete every row that people or machines have made, the log too."""
    with lifted():
        for model in WIPED:
            model.objects.all().delete()
