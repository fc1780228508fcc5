"""The words that a result can have, and what each leads to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import outbound


class Lead(StrEnum):
    """What a result leads to; the value is what people read."""

    COUNTED = "A failure, counted."
    AT_ONCE = "A failure, down at once."
    WARNING = "A success, degraded at once."


@dataclass(frozen=True, slots=True)
class Code:
    """What happened, as a sentence, and what it leads to."""

    about: str
    leads: Lead = Lead.COUNTED


CODES: dict[str, Code] = {
    **{name: Code(about) for name, about in outbound.CODES.items()},
    "unexpected_status": Code("The answer came with a status that is not expected."),
    "keyword_missing": Code("The answer does not hold the keyword."),
    "keyword_present": Code("The answer holds the keyword that must not be there."),
    "not_json": Code("The answer is not JSON, so nothing could be looked up in it."),
    "json_missing": Code("The answer has nothing at the JSON path."),
    "json_differs": Code("What stands at the JSON path is not what is expected."),
    "text_missing": Code("The port was open, but what came back does not hold the expected text."),
    "dns_differs": Code("The name has records, and none is the expected one."),
    "unwelcome": Code("The mail server answered, but not as one that takes mail."),
    "starttls_missing": Code("The mail server does not offer STARTTLS."),
    "part_failing": Code("A part of OpStatus does not work; the worker's log says why."),
    "internal_error": Code("The check itself broke, which is a fault of OpStatus; the worker's log says how."),
    "late": Code("The job has not called in time.", Lead.AT_ONCE),
    "reported_failure": Code("The job called and said that it failed.", Lead.AT_ONCE),
    "slow": Code("It was answered, but slower than the threshold.", Lead.WARNING),
    "certificate_ends_soon": Code("The certificate is good, but ends within the days that you set.", Lead.WARNING),
}
