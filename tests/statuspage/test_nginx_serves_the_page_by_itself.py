"""Behind deploy/nginx a stopped OpStatus changes nothing for readers, and with it running nothing but the speed."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest

from benchmarks.nginx import configured
from tests.product import free_port
from tests.statuspage.serving import Answer, Web, serving, wait_until

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin") or ""
pytestmark = [
    pytest.mark.processes,
    pytest.mark.embedded,
    pytest.mark.skipif(not NGINX, reason="no nginx on this machine"),
]
SLUG = "checkout-api"
PUBLISHED = [
    *("/status", "/status/", "/status/history", "/status/rss", "/status/atom", "/status/calendar.ics"),
    *(f"/status/services/{SLUG}", f"/status/services/{SLUG}/badge.svg", "/status/badge.svg"),
    *(f"/status/rss?service={SLUG}", f"/status/calendar.ics?service={SLUG}&x=1", "/status?x=1", "/api/v1/status/rss"),
    *("/api/v1/status", "/api/v1/status/incidents", "/api/v1/status/incidents?days=365", "/api/v2/summary.json"),
    *("/status/widget.js", "/status/widget.json", "/status/og.png", "/status/search"),
]
# Of the server alone, or by design: what it makes a tag of, where the page learns how old the files are, and that what
# is too small to be pressed does not vary.
OWN = {"vary", "server", "date", "connection", "etag", "last-modified", "accept-ranges", "opstatus-as-of"}
OWN |= {"x-request-id"}
HSTS = "strict-transport-security"
SETTLED = """
from accounts.models import User
from events.actors import Actor
from services.models import Service
by = Actor("user", "1", "Ann")
Service.add(by=by, name="Checkout API", public=True)
Service.add(by=by, name="Hidden soon", public=True)
"""
HIDE = """
from events.actors import Actor
from services.models import Service
Service.objects.get(slug="hidden-soon").edit(by=Actor("user", "1", "Ann"), changes={"public": False})
"""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    web = Web(tmp_path_factory.mktemp("var"))
    web.manage("migrate", "-v0")
    web.manage("collectstatic", "--noinput", "-v0")
    web.manage("shell", "-v0", "-c", SETTLED)
    with serving(web):
        wait_until(lambda: (web.var / "published/manifest.json").exists())
        yield web


@pytest.fixture(scope="module")
def nginx(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """Our own configuration with another port, no certificate and this folder."""
    own = tmp_path_factory.mktemp("nginx")
    door = replace(web, port=free_port(), process=None)
    config = configured(own, web.var, web.port, door.port)
    command = [NGINX, "-p", str(own), "-c", str(config), "-e", str(own / "error.log")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command)
    try:
        wait_until(lambda: door.get("/status").status == 200)
        yield door
    finally:
        process.terminate()
        process.wait(10)


def headers(answer: Answer) -> dict[str, str]:
    shown = {name.lower(): value for name, value in answer.headers.items()}
    return {name: value.lower() for name, value in shown.items() if name not in OWN and name != HSTS}


def test_each_published_address_is_the_same_with_the_same_headers(web: Web, nginx: Web) -> None:
    for path in PUBLISHED:
        for encoding in ("identity", "gzip"):
            ours, theirs = (each.get(path, Accept_Encoding=encoding) for each in (web, nginx))
            assert (theirs.status, theirs.body) == (ours.status, ours.body), path
            assert headers(theirs) == headers(ours), path
            assert "Last-Modified" in theirs.headers, f"{path} was not served from its file."


def test_what_it_has_already_is_not_sent_again(nginx: Web) -> None:
    first = nginx.get("/status", Accept_Encoding="gzip")
    again = nginx.get("/status", Accept_Encoding="gzip", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert first.headers["Vary"] == "Accept-Encoding"


def test_everything_else_is_asked_of_opstatus(web: Web, nginx: Web) -> None:
    for path in ("/console/sign-in", "/status/subscribe", "/status/services/none", "/status/rss?service=none"):
        ours, theirs = web.get(path), nginx.get(path)
        assert (theirs.status, headers(theirs)["content-type"]) == (ours.status, headers(ours)["content-type"]), path
    assert nginx.get("/health/live", X_Forwarded_For="6.6.6.6").status == 200
    for path in ("/status/badge.svg?style=flat-square", "/status/badge.svg?label=x", "/status/search?q=none"):
        assert (nginx.get(path).status, nginx.get(path).body) == (200, web.get(path).body), path
        assert nginx.get(path).body != nginx.get(path.partition("?")[0]).body


def test_what_is_hidden_vanishes_and_a_stopped_opstatus_is_not_missed(web: Web, nginx: Web) -> None:
    assert nginx.get("/status/services/hidden-soon").status == 200
    assert nginx.get("/api/v1/status/incidents?days=30").status == 200
    web.manage("shell", "-v0", "-c", HIDE)
    wait_until(lambda: nginx.get("/status/services/hidden-soon").status == 404, patience=20)
    before = {path: nginx.get(path).body for path in PUBLISHED}
    web.stop()
    assert web.get("/status").status == 0
    for path in PUBLISHED:
        again = nginx.get(path, Accept_Encoding="gzip")
        body = gzip.decompress(again.body) if again.headers.get("Content-Encoding") == "gzip" else again.body
        assert (again.status, body) == (200, before[path]), path
    assert nginx.get("/api/v1/status/incidents?days=30").status == 200, "Kept by the cache."
    assert nginx.get("/").status == 200, "Leads to the page."
    assert nginx.get("/static/" + next((web.var / "static").glob("public.*.css")).name).status == 200
    hidden, none = nginx.get("/status/services/hidden-soon"), nginx.get("/status/services/none")
    assert (hidden.status, hidden.body) == (none.status, none.body) == (404, none.body)
    assert b"There is nothing at this address" in none.body
    assert nginx.get("/api/v1/status/services/none").status == 404
    older = nginx.get("/status/incidents/0b7b3fd4-8f0e-4a44-9d4c-0f6a58bd6a3c")
    assert older.status == nginx.get("/console/").status == 503
    assert b"try again" in older.body
