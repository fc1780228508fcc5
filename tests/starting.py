"""Starts of the product up to its settings, many in the time of one.

Each is a process of its own, forked where Django's commands have been loaded and no setting has been read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FORK = """
import json, os, runpy, sys, tempfile
import django.core.management, config.api, config.broker, config.database, config.env, config.logs

found = []
for environment in json.load(sys.stdin):
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(said.fileno(), 2)
            os.environ.update(environment)
            sys.argv = ["manage.py", "version"]
            runpy.run_path("manage.py", run_name="__main__")
            sys.exit()
        _, status = os.waitpid(child, 0)
        said.seek(0)
        found.append([os.waitstatus_to_exitcode(status), said.read().decode()])
print(json.dumps(found))
"""


@dataclass(frozen=True, slots=True)
class Start:
    """How it ended, and what was said."""

    returncode: int
    stderr: str


def start_each(environments: list[dict[str, str]]) -> list[Start]:
    """Start ``manage.py version`` in each of these environments, one after the other."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    command = [sys.executable, "-c", FORK]
    told = json.dumps(environments)
    done = subprocess.run(command, cwd=ROOT, env=kept, input=told, capture_output=True, text=True, check=True)
    return [Start(*each) for each in json.loads(done.stdout.splitlines()[-1])]
