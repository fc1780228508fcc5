"""The product with a service, an integration and somebody on call by a schedule for each way in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.mailserver import MailServer
from tests.product import ROOT, Product, environment
from tests.wire.asking import ask, ask_json

MAKE = """
import json, sys
from accounts.models import ApiKey, User
from accounts.roles import Role
from alerts.models import Integration
from events.actors import SYSTEM
from oncall.models import EscalationPolicy, Schedule, Team
from services.models import Service
keys = {}
for name in json.load(sys.stdin):
    service = Service.add(by=SYSTEM, name=name, public=True)
    person = User.enrol(
        by=SYSTEM, username=name.lower(), name=f"{name}'s keeper", password="only-for-this-test-run-8c1f",
        role=Role.OPERATOR, email=f"{name.lower()}@example.org",
    )
    team = Team.add(by=SYSTEM, name=name, members=[person])
    always = {"name": "Always", "start": "2026-03-02T09:00", "unit": "weeks", "length": 1, "restrictions": []}
    layers = [{**always, "participants": [str(person.pk)]}]
    schedule = Schedule.add(by=SYSTEM, name=name, team=team, timezone="Europe/Berlin", layers=layers)
    steps = [{"delay": 60, "targets": [{"schedule": str(schedule.pk)}]}]
    EscalationPolicy.add(by=SYSTEM, name=name, team=team, services=[service], steps=steps)
    keys[name] = Integration.add(by=SYSTEM, name=name)[1]
keys[""] = ApiKey.create(by=SYSTEM, name="onlooker", scopes=["read", "write"])[1]
print(json.dumps(keys))
"""
LINK = re.compile(r"http\S+/oncall/ack/\S+")


class Desk:
    """What responders do and see."""

    def __init__(self, product: Product, mails: MailServer, names: Sequence[str]) -> None:
        self.product, self.mails = product, mails
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE]
        own = environment(product.var, urlsplit(product.base).port or 0, demo=False)
        done = subprocess.run(
            command, cwd=ROOT, env=own, input=json.dumps(names), text=True, check=True, stdout=subprocess.PIPE
        )
        self.keys: Mapping[str, str] = json.loads(done.stdout.splitlines()[-1])

    @property
    def looking(self) -> str:
        """Return the key that sees everything."""
        return self.keys[""]

    def get(self, path: str, **query: str) -> Any:
        """Read from the API."""
        return ask_json(f"{self.product.base}/api/v1/{path}?{urlencode(query)}", self.looking)

    def post(self, path: str, **body: Any) -> Any:
        """Act by the API."""
        return ask_json(f"{self.product.base}/api/v1/{path}", self.looking, body)

    def incident_of(self, name: str) -> Any:
        """Return the one incident that an integration's alerts have led to, None while there is none."""
        alerts = self.alerts_of(name)
        found = {alert["incident"] for alert in alerts if alert["incident"]}
        assert len(found) < 2, f"One thing broke, and there are {len(found)} incidents: {alerts}"
        return self.get(f"incidents/{found.pop()}") if found else None

    def alerts_of(self, name: str) -> list[dict[str, Any]]:
        """Return the alerts on the service of this name."""
        found: list[dict[str, Any]] = self.get("alerts", search=name)["results"]
        return [alert for alert in found if alert["service_name"] == name]

    def link_to(self, name: str) -> str | None:
        """Return the link in the mail to whoever keeps a service, None while none came."""
        for mail in self.mails.mails():
            body = mail.get_body(("plain",))
            if mail["To"] == f"{name.lower()}@example.org" and body is not None:
                links: list[str] = LINK.findall(body.get_content())
                return links[0] if links else None
        return None

    def press(self, link: str) -> None:
        """Open the link without signing in, and press its button."""
        assert [ask(link, method)[0] for method in ("GET", "POST")] == [200, 200]
