"""Makes everything ready before the processes start: folders, database, static files, demo, first page.

Prints one line of JSON for :mod:`config.run`; what people should read goes to standard error.
"""

from __future__ import annotations

import errno
import json
import os
import shlex
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connections

from config.database import give_up_soon
from config.run import ROOT, hold
from config.sqlite_file import is_empty
from config.static import fingerprint
from console.demo.login import FILE as LOGIN_FILE


def main() -> None:
    """Do it all, and say where the product will be found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    refuse_taken_port(settings.HOST, settings.PORT)
    if not hold(str(settings.VAR_DIR)):
        raise SystemExit(1)
    figures = emptied(settings.VAR_DIR / "metrics")
    # What waits there from a former life are wake-ups; the first sweep finds the work itself.
    emptied(settings.VAR_DIR / "queue")
    collect_static()
    first_steps: list[str] = []
    try:
        bring_rows_up_to_date()
        first_steps = steps_to_the_first_admin()
    except OperationalError as error:
        say(f"The database does not answer, so the last page is served as it was: {first_line(error)}")
        say("If this is a new release, start again when the database is back: it is not migrated yet.")
    address = f"http://{reachable(settings.HOST)}:{settings.PORT}"
    said = {
        "host": settings.HOST,
        "port": str(settings.PORT),
        "var": str(settings.VAR_DIR),
        "address": address,
        "environment": {"PROMETHEUS_MULTIPROC_DIR": str(figures)},
        "message": message(address, first_steps),
    }
    sys.stdout.write(json.dumps(said) + "\n")


def refuse_taken_port(host: str, port: int) -> None:
    """Stop the start when the port cannot be had: the server itself would share it with whoever listens there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # What is left of closed connections is no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        trouble = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        other = 8002 if port == 8001 else 8001
        message = f"Port {port} {trouble} on {host}. Stop what listens there or choose another: PORT={other} make run"
        raise SystemExit(message) from None


def emptied(folder: Path) -> Path:
    """Return the folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def bring_rows_up_to_date() -> None:
    """Migrate, fill, publish; raises ``OperationalError`` when there is no database, or no good one."""
    published = settings.VAR_DIR / "published"
    if any(published.glob("www/*")):
        # There is a page to serve meanwhile.
        refuse_successor(connections["default"].settings_dict, published)
        give_up_soon(connections["default"].settings_dict)
    call_command("migrate", interactive=False, verbosity=0)
    fill_with_demo()
    watch_ourselves()
    call_command("publish", verbosity=0)


def refuse_successor(database: dict[str, Any], published: Path) -> None:
    """Raise where a new SQLite file would be made beside a page of another: that one is away, and may come back."""
    name = str(database["NAME"])
    if "sqlite" in database["ENGINE"] and (not Path(name).exists() or is_empty(name)):
        raise OperationalError(f"there is none at {name}. Put it back, or to start anew: rm -r {published}")


def collect_static() -> None:
    """Collect the static files, unless they are those of last time."""
    stamp, now = settings.VAR_DIR / "static.stamp", fingerprint()
    if settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting static files ...")
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(now)


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"{text}\n")


def first_line(error: Exception) -> str:
    """Return the beginning of what ``error`` says."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def fill_with_demo() -> None:
    """Seed the demo where there is nothing yet, unless ``DEMO=0`` forbids it."""
    from accounts.models import User
    from services.models import Service

    if settings.DEMO and not User.objects.exists() and not Service.objects.exists():
        say("Making the demo ...")
        call_command("seed_demo", verbosity=0)


def watch_ourselves() -> None:
    """Make the service of our own parts now, so that nobody sees it appear."""
    from services.checks import itself

    itself.ensure()


def reachable(host: str) -> str:
    """Return a host that a browser on this machine can open, as it stands in an address."""
    found = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"[{found}]" if ":" in found else found


def steps_to_the_first_admin() -> list[str]:
    """Return what to tell where nobody has an account yet: a command that can be copied."""
    from accounts.models import User

    if User.objects.exists():
        return []
    folder = [] if settings.VAR_DIR == ROOT / "var" else [f"VAR_DIR={shlex.quote(str(settings.VAR_DIR))}"]
    python = Path(sys.executable)
    python = python.relative_to(ROOT) if python.is_relative_to(ROOT) else python
    command = [*folder, str(python), "manage.py create_admin NAME --email ADDRESS"]
    steps = ["Nobody has an account yet. Make the first admin, in another terminal:", "", f"  {' '.join(command)}"]
    if "DATABASE_URL" in os.environ:
        steps += ["", "DATABASE_URL must be set there as it is here."]
    return steps


def message(address: str, first_steps: list[str]) -> str:
    """Return what the person at the terminal is told when everything runs."""
    lines = ["", f"  OpStatus      {address}/status", f"  Console       {address}/console/"]
    login = settings.VAR_DIR / LOGIN_FILE
    if login.exists():
        lines += ["", *(f"  {line}" for line in login.read_text().splitlines())]
    if first_steps:
        lines += ["", *(f"  {line}".rstrip() for line in first_steps)]
    return "\n".join([*lines, "", "  Ctrl-C ends it.", ""])


if __name__ == "__main__":
    main()
