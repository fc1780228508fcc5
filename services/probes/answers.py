"""What is made of an HTTP answer: its status, a keyword, a value in JSON. Never repeats what was sent."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from services.probes import expected, json_path
from services.probes.probe import Check

if TYPE_CHECKING:
    from outbound import Reply

# What is read of an answer at most.
READ = 64 * 1024
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
# Those of the web: Python knows others that do more than read, or take long over it.
_CHARSET = re.compile(
    r"charset=[\"' ]*(?P<name>utf-?(?:8|16|32)|us-ascii|(?:iso-?|windows-|koi8-|gb|big|euc-|shift_)[\w-]{1,10})\b",
    re.ASCII | re.IGNORECASE,
)


def fault(check: Check, reply: Reply) -> tuple[str, str] | None:
    """Return code and sentence of the first thing that is wrong with the answer; ``None`` where it is good."""
    return _status(check, reply) or _keyword(check, reply) or _json(check, reply)


def said(status: int) -> str:
    """Return number and name of a status."""
    return f"{status} {_PHRASES.get(status, '')}".strip()


def _status(check: Check, reply: Reply) -> tuple[str, str] | None:
    wanted = check.text("expected_status")
    if reply.status in expected.statuses(wanted):
        return None
    return "unexpected_status", f"The answer was {said(reply.status)}; expected was {wanted}."


def _keyword(check: Check, reply: Reply) -> tuple[str, str] | None:
    keyword, absent = check.text("keyword"), check.flag("keyword_absent")
    if not keyword or (keyword in _text(reply)) is not absent:
        return None
    if absent:
        return "keyword_present", f"The answer holds “{keyword}”."
    return "keyword_missing", f"{_what(reply)} does not hold “{keyword}”."


def _json(check: Check, reply: Reply) -> tuple[str, str] | None:
    path, wanted = check.text("json_path"), check.text("json_value")
    if not path:
        return None
    try:
        value: Any = json_path.find(json.loads(reply.body), json_path.parse(path))
    except json_path.Missing:
        return "json_missing", f"The answer has nothing at {path}."
    except (ValueError, RecursionError):
        return "not_json", f"{_what(reply)} is not JSON."
    return None if json_path.equal(value, wanted) else ("json_differs", f"What stands at {path} is not “{wanted}”.")


def _what(reply: Reply) -> str:
    return "The answer" if len(reply.body) < READ else "What was read of the answer, its first 64 KB,"


def _text(reply: Reply) -> str:
    """An encoding that is unknown or lies must not break the check: what cannot be read matches nothing."""
    charset = _CHARSET.search(reply.headers.get("Content-Type", ""))
    try:
        return reply.body.decode(charset["name"] if charset else "utf-8", "replace")
    except LookupError:
        return reply.body.decode("utf-8", "replace")
