"""An ID token counts by its signature under a key that the provider publishes, and by all that it must say."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest

from accounts.oidc.errors import NotAdmitted
from accounts.oidc.token import claims_of
from tests.sign_in.provider import new_key

KEY = new_key()
PUBLIC = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
NOW = int(time.time())
SAID = {"iss": "https://id", "aud": "us", "sub": "1", "iat": NOW, "exp": NOW + 3600, "nonce": "n"}


def read(text: str, *keys: dict[str, Any]) -> Any:
    known = {"keys": list(keys) or [{**PUBLIC, "kid": "one"}]}
    return claims_of(text, known, issuer="https://id", client="us", nonce="n")


def signed(said: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "one") -> str:
    return jwt.encode(said, key, algorithm=algorithm, headers={"kid": kid})


def test_what_is_right_is_read() -> None:
    assert read(signed(SAID))["sub"] == "1"
    assert read(signed({**SAID, "aud": ["us", "them"], "azp": "us"}))["sub"] == "1"
    # The only key is meant where the token names none.
    assert read(jwt.encode(SAID, KEY, algorithm="RS256"), PUBLIC)["sub"] == "1"


@pytest.mark.parametrize(
    "text",
    [
        signed(SAID, None, "none"),
        # The public key is no secret: whoever has it could sign with it.
        signed(SAID, PUBLIC["n"] * 2, "HS256"),
        signed(SAID, kid="another"),
        *(signed({name: value for name, value in SAID.items() if name != left}) for left in SAID),
        signed({**SAID, "aud": ["us", "them"]}),
        *(signed({**SAID, "sub": sub}) for sub in (1, "", "a\x00b", "x" * 256)),
        signed({**SAID, "exp": float("inf")}),
        "",
        "a.b.c",
        "\x00",
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAdmitted, match="cannot be trusted"):
        read(text)


@pytest.mark.parametrize("keys", [[{}], [{"kty": "RSA"}], [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}], ["no key"]])
def test_keys_that_are_none_open_nothing(keys: list[Any]) -> None:
    with pytest.raises(NotAdmitted):
        read(signed(SAID), *keys)
