"""nginx as ``deploy/nginx`` sets it up, on another port, without a certificate, on a folder of our own."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

from benchmarks.processes import ROOT, free_port

GIVEN = ROOT / "deploy/nginx"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
AROUND = """
user {user}; worker_processes 1; daemon off; pid nginx.pid; error_log error.log warn;
events {{ worker_connections 1024; }}
http {{
access_log off; keepalive_requests 100000000; include {types}; {temporary}
{given}
}}
"""


def configured(own: Path, var: Path, upstream: int, port: int) -> Path:
    """Write the configuration into ``own``, which is nginx's prefix then; return its path."""
    for part in GIVEN.glob("opstatus-*.conf"):
        shutil.copy(part, own / part.name)
    given = (GIVEN / "opstatus.conf").read_text()
    for theirs, ours in _here(own, var, upstream, port).items():
        if theirs not in given:
            raise ValueError(f"{theirs} does not stand in {GIVEN}.")
        given = given.replace(theirs, ours)
    temporary = " ".join(f"{name}_temp_path {name};" for name in TEMPORARY)
    config = own / "nginx.conf"
    config.write_text(
        AROUND.format(user=getpass.getuser(), types="/etc/nginx/mime.types", temporary=temporary, given=given)
    )
    return config


def _here(own: Path, var: Path, upstream: int, port: int) -> dict[str, str]:
    return {
        "/var/lib/opstatus": str(var),
        "/var/cache/nginx/opstatus": str(own / "cache"),
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "listen 80 default_server": f"listen 127.0.0.1:{free_port()}",
        "listen 443 ssl http2 default_server": f"listen 127.0.0.1:{port} backlog=2048",
        "    ssl_certificate /etc/ssl/status.example.com.pem;\n": "",
        "    ssl_certificate_key /etc/ssl/status.example.com.key;\n": "",
    }
