"""Traces by OpenTelemetry: from a request to its tasks, their statements and their calls to the outside.

Only what belongs to a request is traced. Spans are made here and not by packages that patch others, so that what leaves
the machine is what is written here: no query, no parameter of a statement, no argument of a task, no text of an error.

Where ``OTEL_EXPORTER_OTLP_ENDPOINT`` is not set nothing is imported but this module.
"""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from django.conf import settings

from config import env

ENDPOINT: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
PROTOCOL: Final = "http/protobuf"
PACKAGES: Final = ("opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http")


def endpoint() -> str:
    """Return the address of the collector; empty where nothing is to be traced. Refuses what cannot work."""
    if not env.text(ENDPOINT):
        return ""
    found = env.address(ENDPOINT, "")
    env.choice("OTEL_EXPORTER_OTLP_PROTOCOL", [PROTOCOL], PROTOCOL)
    try:
        for package in PACKAGES:
            version(package)
    except PackageNotFoundError:
        env.refuse(ENDPOINT, "needs OpenTelemetry, which is not installed: pip install -r requirements/otel.txt.")
    return found


def begin(**_: Any) -> None:
    """Trace this process from now on, where that is asked for; otherwise let nobody else load OpenTelemetry."""
    if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        from config.tracing import beginning

        beginning.begin()
    else:
        # redis loads all of it for figures of its own, wherever it is installed, as in the image.
        sys.modules.setdefault("opentelemetry", None)  # type: ignore[arg-type]
