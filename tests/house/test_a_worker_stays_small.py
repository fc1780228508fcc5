"""What a worker of the embedded product need not know is not loaded: it would take a third of its memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from alerts.paging.links import PATH
from notifications.links import PATHS
from oncall.links import VERIFY

ROOT = Path(__file__).resolve().parents[2]
# The URL map with all views, the API and what comes along, a database and a cache that are not used, a shell.
NEEDLESS = {"config.urls", "rest_framework.compat", "requests", "apprise", "psycopg", "redis", "prompt_toolkit"}
NEEDLESS |= {"opentelemetry", "google.protobuf"}
LOADED = """
import sys
from datetime import UTC, datetime
from uuid import uuid4

import django

django.setup()
from django.conf import settings
from django.core.cache import cache
from django.template import engines
from django.utils.module_loading import import_string

from alerts.paging.links import ack_url
from config.background import app
from notifications.kinds import Way
from notifications.links import Reader
from oncall.links import verify_url

app.loader.import_default_modules()
for consumer in settings.EVENT_CONSUMERS:
    import_string(consumer)
engines.all()
cache.get("anything")
print(Reader(Way.EMAIL, "vera@example.org").manage_url)
print(ack_url(uuid4(), uuid4(), datetime.now(UTC)), verify_url(uuid4(), datetime.now(UTC)))
print(*app.tasks, *sys.modules, sep="\\n")
"""


def test_neither_views_nor_what_others_use_are_loaded(tmp_path: Path) -> None:
    env = {"DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    # As the worker starts.
    env["CELERY_SKIP_CHECKS"] = "true"
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    loaded = set(done.stdout.split())
    assert {"notifications.tasks.send_due", "statuspage.publisher"} <= loaded
    assert loaded & NEEDLESS == set()


LINKS = {f"subscriptions:{name}": path for name, path in PATHS.items()}
LINKS |= {"paging:acknowledge": PATH, "oncall-links:verify": VERIFY}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_written_out_as_the_url_map_has_them(name: str) -> None:
    assert LINKS[name].format(token="a-b_c") == reverse(name, kwargs={"token": "a-b_c"})
