"""A small OpenID Connect provider on this machine, which does as a test says and is as strict as a good one."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT, SECRET = "opstatus", "s3cret/with:signs"


def new_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


@dataclass
class Provider:
    """``claims`` go into the token over what is right, ``doors`` likewise; ``more`` is what the userinfo says."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    doors: dict[str, Any] = field(default_factory=dict)
    key: RSAPrivateKey = field(default_factory=new_key)
    # Signs instead of the key that is published.
    forged: RSAPrivateKey | None = None
    asked: dict[str, str] = field(default_factory=dict)

    def authorize(self, url: str) -> dict[str, str]:
        """Let somebody in, as its page would; return what their browser brings back."""
        self.asked = dict(parse_qsl(urlsplit(url).query))
        assert url.startswith(f"{self.issuer}/authorize?")
        assert self.asked["code_challenge_method"] == "S256"
        return {"code": "the-code", "state": self.asked["state"], "iss": self.issuer}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, str] | None:
        """Return the tokens for a code, once and to our client alone."""
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        asked, self.asked = self.asked, {}
        basic = base64.b64encode(f"{CLIENT}:s3cret%2Fwith%3Asigns".encode()).decode()
        right = {"code_challenge": digest, "redirect_uri": form["redirect_uri"], "client_id": CLIENT}
        if authorization != f"Basic {basic}" or form["code"] != "the-code" or not right.items() <= asked.items():
            return None
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": "person-1", "iat": now, "exp": now + 60}
        said |= {"nonce": asked["nonce"], **self.claims}
        signed = jwt.encode(said, self.forged or self.key, algorithm="RS256", headers={"kid": "one"})
        return {"id_token": signed, "access_token": "the-token", "token_type": "Bearer"}

    def get(self, path: str, authorization: str) -> dict[str, Any] | None:
        """Return what stands at its other doors."""
        if path == "/.well-known/openid-configuration":
            doors = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
            doors |= {"userinfo_endpoint": "userinfo"}
            found = {"issuer": self.issuer, **{name: f"{self.issuer}/{door}" for name, door in doors.items()}}
            return found | self.doors
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [{**public, "kid": "one", "use": "sig"}]}
        return self.more if path == "/userinfo" and authorization == "Bearer the-token" else None


@contextmanager
def running() -> Iterator[Provider]:
    """Serve on a free port of 127.0.0.1."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(provider.get(self.path, self.headers.get("Authorization", "")))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, said: dict[str, Any] | None) -> None:
            body = json.dumps(said or {"error": "invalid_request"}).encode()
            self.send_response(400 if said is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Be silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
