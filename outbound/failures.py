"""Why a call to the outside came to nothing: fixed codes, a sentence each. Pure.

Texts are ours alone: what a target sent may be somebody's secret, and stands in no failure.
"""

from __future__ import annotations

from typing import Final

CODES: Final[dict[str, str]] = {
    "bad_url": "The address cannot be read.",
    "bad_request": "The request cannot be sent: a header or the method holds a character that HTTP does not allow.",
    "bad_redirect": "It redirects to something that is no web address.",
    "refused_address": "It leads to an address that may not be reached from here.",
    "dns_failed": "The name cannot be resolved.",
    "connection_refused": "It refused the connection: nothing listens there.",
    "unreachable": "There is no way to it: the network says that it cannot be reached.",
    "connection_closed": "It closed the connection before it had answered in full.",
    "tls_failed": "No secure connection came about.",
    "timeout": "It did not answer in time.",
    "too_slow": "It began to answer, and did not end in time.",
    "too_many_redirects": "It redirects too often.",
    "protocol_error": "What it answered is not HTTP.",
}


class Failure(Exception):
    """A call came to nothing. ``code`` is one of :data:`CODES`, ``detail`` a sentence for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail or CODES[code]
        super().__init__(self.detail)


class Refused(Failure):
    """A call that is not even tried: the sentence goes to whoever typed the address."""

    def __init__(self, sentence: str, code: str = "refused_address") -> None:
        super().__init__(code, sentence)
