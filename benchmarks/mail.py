"""Ten thousand subscribers and one incident: the operator's request, the rows, and all mails against a bare SMTP loop.

The mail server takes everything, on the load generator's core. ``run`` measures in a process on a database of its own.
"""

from __future__ import annotations

import asyncio
import json
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from statistics import median
from uuid import uuid4

from benchmarks.checks import databases
from benchmarks.processes import LOAD_CORE, ROOT, SERVER_CORE, environment, free_port, running
from benchmarks.report import Line

SUBSCRIBERS = 10_000
# Mails of each timing of the bare loop; one before ours, one after.
BARE = 2_000
# Times that the request and the rows are measured; the last round's mails are sent.
ROUNDS = 3
FANOUT = "notifications.fanout.consume"


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    port = free_port()
    target = ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "benchmarks.mail", "target", str(port)]
    with running(target, environment(var)):
        wait_for(port)
        return [line for name, more in databases(var) for line in _lines(var, name, more, port)]


def _lines(var: Path, name: str, more: dict[str, str], port: int) -> Iterator[Line]:
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "benchmarks.mail", "run", str(port)]
    env = environment(var, more={**more, "EMAIL_URL": f"smtp://127.0.0.1:{port}"})
    said = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    request, rows = found["request"], found["rows"]
    yield Line(f"request that declares it, {name}, ms", f"{1000 * request:.0f} ms", 1000 * request, 300, 100)
    yield Line(f"rows of {SUBSCRIBERS:,} messages, {name}, s", f"{rows:.2f} s", rows, 1.0, 0.5)
    ratio, words = found["rate"] / found["bare"], f"{found['rate']:,.0f}/s against {found['bare']:,.0f}/s"
    yield Line(f"all mails, {name}, to a bare SMTP loop", words, ratio, 0.6, 0.8, least=True)


def run(port: int) -> dict[str, float]:
    """Declare an incident over the API, make the messages, and send them between two timings of the bare loop."""
    from events.models import Cursor
    from events.relay import drain, relay
    from notifications.kinds import Lane, State
    from notifications.models import Delivery
    from notifications.sending.runner import own_runner
    from notifications.waking import QUEUES

    post = fill()
    drain(FANOUT)
    rounds = []
    for _ in range(ROUNDS):
        Delivery.objects.all().delete()
        rounds.append((timed(post), timed(lambda: relay(FANOUT))))
    if Delivery.objects.count() != SUBSCRIBERS:
        raise RuntimeError(Cursor.objects.get(consumer=FANOUT).last_error)
    request, rows = (median(each) for each in zip(*rounds, strict=True))
    mail = one_mail()
    before = bare(port, mail)
    runner = own_runner(QUEUES[Lane.URGENT])
    with runner.crew:
        began = time.perf_counter()
        # A shift ends after a minute.
        while runner.work():
            pass
        sending = time.perf_counter() - began
    after = bare(port, mail)
    sent = Delivery.objects.filter(status=State.SENT).count()
    if sent != SUBSCRIBERS:
        raise RuntimeError(f"{sent} of {SUBSCRIBERS} were sent.")
    return {"request": request, "rows": rows, "rate": sent / sending, "bare": (before + after) / 2}


def fill() -> Callable[[], None]:
    """Make the subscribers, a service and a key; return what posts the incident."""
    from django.test import Client
    from django.utils import timezone

    from accounts.models import ApiKey
    from events.actors import SYSTEM
    from notifications.models import Delivery, Subscriber
    from services.models import Service

    Delivery.objects.all().delete()
    now = timezone.now()
    made = {"way": "email", "status": "confirmed", "confirmed_at": now, "created_at": now}
    rows = [Subscriber(address=f"reader-{number}@example.org", **made) for number in range(SUBSCRIBERS)]
    Subscriber.objects.bulk_create(rows, batch_size=500)
    shop = Service.add(by=SYSTEM, name="Shop", public=True)
    _, key = ApiKey.create(by=SYSTEM, name="measured", scopes=["read", "write"])
    client = Client(headers={"Authorization": f"Bearer {key}"})
    client.get("/api/v1/services")
    numbers = count(1)
    said = {"severity": "high", "services": [str(shop.id)], "body": "We are looking. " * 20}

    def post() -> None:
        # The same again would be the same incident.
        one = {**said, "title": f"Checkout fails, {next(numbers)}"}
        answer = client.post("/api/v1/incidents", one, content_type="application/json")
        if answer.status_code != 201:
            raise RuntimeError(f"The API answered {answer.status_code}.")

    return post


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that it took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def one_mail() -> bytes:
    """Return the first of the mails, as it travels."""
    from django.db.models import F
    from django.utils import timezone

    from notifications.mail.message import build
    from notifications.models import Delivery
    from notifications.sending.claiming import COLUMNS, Claim
    from notifications.sending.look import look
    from notifications.sending.parcels import parcel

    claim = Claim(uuid4(), *Delivery.objects.annotate(attempt=F("attempts")).values_list(*COLUMNS)[0])
    return build(parcel(claim, look([claim])), timezone.now())


def bare(port: int, mail: bytes) -> float:
    """Return how many mails a second a loop hands over, one after the other."""
    with smtplib.SMTP("127.0.0.1", port) as link:
        began = time.perf_counter()
        for number in range(BARE):
            link.sendmail("status@example.org", [f"reader-{number}@example.org"], mail)
        return BARE / (time.perf_counter() - began)


def target(port: int) -> None:
    """Take every mail, and forget it."""
    from aiosmtpd.smtp import SMTP

    class Taker:
        async def handle_DATA(self, *_: object) -> str:  # noqa: N802 - aiosmtpd's name
            return "250 taken"

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        await loop.create_server(lambda: SMTP(Taker()), "127.0.0.1", port, backlog=512)
        await asyncio.Event().wait()

    asyncio.run(serve())


def wait_for(port: int) -> None:
    """Wait until it listens."""
    for _ in range(600):
        with suppress(OSError), smtplib.SMTP("127.0.0.1", port, timeout=2):
            return
        time.sleep(0.05)
    raise TimeoutError(f"Nothing listens on {port}.")


if __name__ == "__main__":
    if sys.argv[1] == "target":
        target(int(sys.argv[2]))
    else:
        import os

        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        sys.stdout.write(json.dumps(run(int(sys.argv[2]))))
