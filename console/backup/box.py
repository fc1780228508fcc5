"""Secrets under a passphrase: a key by scrypt, each row's secrets by AES-GCM, bound to the row that they belong to."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any, Self

from console.backup.faults import Unusable

SHORTEST = 12
# RFC 7914; 32 MB and a tenth of a second.
_N = 2**15
COST: dict[str, object] = {"kdf": "scrypt", "n": _N, "r": 8, "p": 1}
_NONCE, _MEMORY = 12, 64 * 1024 * 1024
_PROOF = "opstatus backup"


class Box:
    """Encrypts and opens; made by :meth:`new` or, from the head of a file, by :meth:`of`."""

    def __init__(self, passphrase: str, salt: bytes) -> None:
        # Costs some memory, and few processes need it.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.salt = salt
        self._aes = AESGCM(hashlib.scrypt(passphrase.encode(), salt=salt, n=_N, r=8, p=1, maxmem=_MEMORY, dklen=32))

    @classmethod
    def new(cls, passphrase: str) -> Self:
        """Return a box for a new file. Raises :class:`Unusable` for a passphrase that is short."""
        if len(passphrase) < SHORTEST:
            raise Unusable(f"The passphrase needs {SHORTEST} characters or more.")
        return cls(passphrase, os.urandom(16))

    @classmethod
    def of(cls, head: object, passphrase: str) -> Self:
        """Return the box of a file. Raises :class:`Unusable` where the passphrase is another."""
        try:
            if not isinstance(head, dict) or {name: head.get(name) for name in COST} != COST:
                raise ValueError
            box = cls(passphrase, base64.b64decode(head["salt"], validate=True))
            box.open(head["proof"], "")
        except (ValueError, KeyError, TypeError):
            raise Unusable("The passphrase does not open the secrets of this file.") from None
        return box

    @property
    def head(self) -> dict[str, Any]:
        """Return what the head of the file says about it."""
        return {**COST, "salt": base64.b64encode(self.salt).decode(), "proof": self.close({}, "")}

    def close(self, secrets: dict[str, Any], place: str) -> str:
        """Return the secrets of the row at ``place`` as a text."""
        nonce = os.urandom(_NONCE)
        closed = self._aes.encrypt(nonce, json.dumps(secrets).encode(), (_PROOF + place).encode())
        return base64.b64encode(nonce + closed).decode()

    def open(self, text: str, place: str) -> dict[str, Any]:
        """Return them. Raises ``ValueError`` for what was changed, or belongs elsewhere."""
        from cryptography.exceptions import InvalidTag

        sent = base64.b64decode(text, validate=True)
        try:
            opened: dict[str, Any] = json.loads(
                self._aes.decrypt(sent[:_NONCE], sent[_NONCE:], (_PROOF + place).encode())
            )
        except InvalidTag:
            raise ValueError("its secrets were changed, or belong to another row.") from None
        return opened
