"""Heartbeats of web addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from services.probes import answers, expected, headers, json_path
from services.probes.addresses import web_address
from services.probes.options import Option, Target, Value
from services.probes.outcome import Outcome, failed, passed
from services.probes.probe import Check, Probe

if TYPE_CHECKING:
    from outbound import Guard

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
MOST_REDIRECTS = 10


class Http(Probe):
    """Asks a web address and looks at what comes back."""

    kind = "http"
    label = "Web address"
    about = "An HTTP request is answered with an expected status and, if you say so, with an expected content."
    target = Target(
        "Address",
        "https://example.com/health/ready",
        "Begins with https:// or http://. Best is an endpoint made for this.",
        web_address,
    )
    options = (
        Option("method", "Method", "choice", default="GET", choices=METHODS),
        Option(
            "expected_status",
            "Expected status",
            "text",
            default="2xx",
            help="200, 200-299, 2xx, or several with commas: 200,204.",
            max=200,
            check=expected.statuses,
        ),
        Option(
            "keyword",
            "Keyword",
            "text",
            default="",
            help="A text in the first 64 KB of the answer; upper and lower case differ.",
            max=500,
        ),
        Option(
            "keyword_absent",
            "The keyword must not be there",
            "boolean",
            default=False,
            help="Turns it round: down when the answer holds it.",
        ),
        Option(
            "json_path",
            "JSON path",
            "text",
            default="",
            help="Where in a JSON answer to look: $.database.status, parts.0.name.",
            max=200,
            check=json_path.parse,
        ),
        Option(
            "json_value",
            "JSON value",
            "text",
            default="",
            help="What must stand there, as text or as JSON: ok, true, 3.",
            max=500,
        ),
        Option(
            "headers",
            "Headers",
            "lines",
            default="",
            help="A line each, Name: value. The values are not shown again.",
            secret=True,
            max=8000,
            check=headers.parse,
        ),
        Option(
            "body",
            "Body",
            "lines",
            default="",
            help="What the request carries. Everybody who signs in can read it; secrets belong into headers.",
            max=20_000,
        ),
        Option(
            "verify_tls",
            "Verify the certificate",
            "boolean",
            default=True,
            help="Without it an expired or wrong certificate passes.",
        ),
        Option(
            "redirects",
            "Redirects",
            "integer",
            default=MOST_REDIRECTS,
            help="So many are followed; with 0 the redirect itself is the answer.",
            min=0,
            max=MOST_REDIRECTS,
        ),
    )

    def agree(self, options: Mapping[str, Value], guard: Guard) -> dict[str, str]:  # noqa: ARG002 - nothing to guard
        """Refuse a path without a value, and looking at or sending a body where there is none."""
        wrong = {}
        if options["json_value"] and not options["json_path"]:
            wrong["json_path"] = "Say where in the answer the value stands, such as $.status."
        if options["json_path"] and not options["json_value"]:
            wrong["json_value"] = 'Say what must stand there; write "" for an empty text.'
        if options["method"] == "HEAD":
            told = [name for name in ("keyword", "json_path", "body") if options[name]]
            wrong.update(dict.fromkeys(told, "A HEAD request has no content. Use GET, or leave this empty."))
        return wrong

    async def ask(self, check: Check) -> Outcome:
        """Send the request, and judge the answer."""
        reply = await check.tools.http.fetch(
            check.text("method"),
            check.target,
            headers=headers.parse(check.text("headers")),
            body=check.text("body").encode() or None,
            timeout=check.timeout,
            redirects=check.number("redirects"),
            verify=check.flag("verify_tls"),
            limit=answers.READ,
        )
        fault = answers.fault(check, reply)
        took = reply.timings.total
        return failed(*fault, took) if fault else passed(took, answers.said(reply.status))
