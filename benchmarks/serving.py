"""``/status`` from memory against nginx, a bare ASGI application and a Django view, on one core each, interleaved."""

from __future__ import annotations

import re
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.nginx import configured
from benchmarks.processes import (
    LOAD_CORE,
    SERVER_CORE,
    environment,
    free_port,
    granian,
    manage,
    python,
    running,
    tool,
    wait_for,
)
from benchmarks.report import Line

ROUNDS, SECONDS, CONNECTIONS = 5, 1, 64
# The view from rows answers so seldom that a second would measure nothing.
SLOW = 4
# In milliseconds, between an answer and the next request of a connection: some 7,000 requests a second of all. With no
# pause each server is asked all that it can answer, and a request waits for the 63 before it: the tail then is
# 64 ÷ rate (Little, 1961), so it would say again what the rate says.
PAUSE = 8
NGINX = """
worker_processes 1; daemon off; pid {var}/nginx.pid; error_log {var}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=100;
  client_body_temp_path {var}/body; proxy_temp_path {var}/proxy; fastcgi_temp_path {var}/fastcgi;
  uwsgi_temp_path {var}/uwsgi; scgi_temp_path {var}/scgi; default_type "text/html; charset=utf-8";
  server {{
    listen 127.0.0.1:{port} backlog=2048; root {var}/published/www; gzip_static on;
    location = /status {{ try_files /status.html =404; add_header Cache-Control "public, max-age=1"; }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Result:
    """Requests a second, and the 99th percentile in milliseconds."""

    rate: float
    p99: float


Runs = dict[str, list[Result]]


def measure(var: Path) -> list[Line]:
    """Return the lines."""
    tool("wrk")
    tool("nginx")
    # nginx drops to another user where root starts it.
    var.chmod(0o755)
    manage(var, "migrate", "-v0")
    manage(var, "collectstatic", "--noinput", "-v0")
    python(var, "benchmarks.rows", "20")
    with servers(var) as ports:
        found = rounds(ports)
    return lines(found)


@contextmanager
def servers(var: Path) -> Iterator[dict[str, int]]:
    """Start all five; the edge first, because it writes the files that the others serve.

    ``nginx`` serves a plain file, ``front`` is nginx as it stands before the product.
    """
    ports = {name: free_port() for name in ("edge", "nginx", "front", "bare", "view")}
    (var / "nginx.conf").write_text(NGINX.format(var=var, port=ports["nginx"]))
    own = var / "front"
    own.mkdir(mode=0o755)
    front = configured(own, var, ports["edge"], ports["front"])
    commands = {
        "edge": granian("config.asgi:application", ports["edge"]),
        "nginx": ["taskset", "-c", SERVER_CORE, tool("nginx"), "-c", str(var / "nginx.conf"), "-e", str(var / "e.log")],
        "front": [
            "taskset",
            "-c",
            SERVER_CORE,
            tool("nginx"),
            "-p",
            str(own),
            "-c",
            str(front),
            "-e",
            str(own / "e.log"),
        ],
        "bare": granian("benchmarks.applications:bare", ports["bare"]),
        "view": granian("benchmarks.applications:view", ports["view"]),
    }
    with ExitStack() as stack:
        for name, command in commands.items():
            stack.enter_context(running(command, environment(var, ports[name])))
            wait_for(f"http://127.0.0.1:{ports[name]}/status")
        yield ports


def rounds(ports: dict[str, int]) -> Runs:
    """Run every case in turn, several times; what is compared stands side by side.

    The view comes after all others: what it was asked keeps its core busy for seconds after the load has ended.
    """
    cases = [("edge", "gzip"), ("bare", "gzip"), ("nginx", "gzip"), ("edge", "304"), ("nginx", "304")]
    cases += [("nginx", "plain"), ("edge", "plain"), ("edge", "paced"), ("nginx", "paced"), ("bare", "paced")]
    cases += [("front", "gzip"), ("nginx", "gzip again"), ("front", "304"), ("nginx", "304 again"), ("front", "paced")]
    results: Runs = {f"{name} {kind}": [] for name, kind in [*cases, ("view", "rows")]}
    for name, kind in cases * ROUNDS + [("view", "rows")] * ROUNDS:
        results[f"{name} {kind}"].append(load(ports[name], kind))
    return results


def load(port: int, kind: str) -> Result:
    """Ask for a while, from the other core."""
    url = f"http://127.0.0.1:{port}/status"
    kind = kind.removesuffix(" again")
    headers = [] if kind in ("plain", "rows") else ["-H", "Accept-Encoding: gzip"]
    if kind == "304":
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as reply:
            headers += ["-H", f"If-None-Match: {reply.headers['ETag']}"]
    if kind == "paced":
        headers += ["-s", _pause()]
    wrk = [
        "taskset",
        "-c",
        LOAD_CORE,
        tool("wrk"),
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{SLOW if kind == 'rows' else SECONDS}s",
        "--latency",
        *headers,
        url,
    ]
    said = subprocess.run(wrk, check=True, capture_output=True, text=True).stdout
    if kind != "304" and "Non-2xx" in said:
        raise RuntimeError(said)
    # At the start of a line: "99.99%" ends another one.
    tail = re.findall(r"^\s*99%\s+(\S+)", said, re.MULTILINE)[0]
    return Result(float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]), _milliseconds(tail))


def lines(found: Runs) -> list[Line]:
    """Return what was found, each against its target: the median of the rounds' ratios."""

    def ratio(name: str, of: str, against: str, must: float | None, aim: float | None) -> Line:
        ratios = [one.rate / (other.rate or 1 / SLOW) for one, other in zip(found[of], found[against], strict=True)]
        rates = [median(run.rate for run in found[name]) for name in (of, against)]
        figure = f"{rates[0]:,.0f}/s against {rates[1]:,.0f}/s"
        return Line(name, figure, median(ratios), must, aim, least=True)

    def tail(against: str, kind: str, must: float | None, aim: float | None) -> Line:
        ours, theirs = (median(run.p99 for run in found[f"{name} {kind}"]) for name in ("edge", against))
        name = {"bare": "a bare ASGI application"}.get(against, against)
        rate = median(run.rate for run in found[f"edge {kind}"])
        figure = f"{ours:.2f} ms against {theirs:.2f} ms"
        how = f"at {rate:,.0f}/s of each" if kind == "paced" else "at all that each can answer"
        return Line(f"/status gzip p99 {how}, against {name}", figure, ours / theirs, must, aim)

    return [
        ratio("/status gzip, against a bare ASGI application", "edge gzip", "bare gzip", 0.9, 0.98),
        ratio("/status plain, against nginx", "edge plain", "nginx plain", None, None),
        ratio("/status gzip, against nginx", "edge gzip", "nginx gzip", 0.42, 0.65),
        ratio("/status 304, against nginx", "edge 304", "nginx 304", 0.32, 0.45),
        tail("nginx", "paced", 1.5, 1.0),
        tail("bare", "paced", None, None),
        tail("nginx", "gzip", None, None),
        tail("bare", "gzip", None, None),
        ratio("/status, against a Django view from rows", "edge plain", "view rows", 100, 200),
        ratio("published folder by nginx, gzip, against a plain file", "front gzip", "nginx gzip again", 0.9, 0.98),
        ratio("published folder by nginx, 304, against a plain file", "front 304", "nginx 304 again", 0.9, 0.98),
        _front_tail(found),
    ]


def _front_tail(found: Runs) -> Line:
    ours, theirs = (median(run.p99 for run in found[f"{name} paced"]) for name in ("front", "nginx"))
    figure = f"{ours:.2f} ms against {theirs:.2f} ms"
    return Line("published folder by nginx, gzip p99, against a plain file", figure, ours / theirs, 1.5, 1.0)


def _pause() -> str:
    """Return the file that tells wrk to wait between requests; it takes no number."""
    script = Path(tempfile.gettempdir()) / "opstatus-bench-pause.lua"
    script.write_text(f"function delay() return math.random(0, {2 * PAUSE}) end")
    return str(script)


def _milliseconds(text: str) -> float:
    number, unit = re.findall(r"([\d.]+)(us|ms|s)", text)[0]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[str(unit)]
