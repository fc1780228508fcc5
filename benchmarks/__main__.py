"""Runs every benchmark that this machine has the tools for, and prints a line for each target.

Absolute figures move from machine to machine and with whatever else runs; ratios of interleaved runs move less.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import alerts, checks, eventlog, mail, product, publishing, serving, streams, view
from benchmarks.report import Line, Missing, table

PARTS: dict[str, Callable[[Path], list[Line]]] = {
    "view": view.measure,
    "serving": serving.measure,
    "publishing": publishing.measure,
    "product": product.measure,
    "eventlog": eventlog.measure,
    "checks": checks.measure,
    "mail": mail.measure,
    "alerts": alerts.measure,
    "streams": streams.measure,
}


def main(names: list[str]) -> int:
    """Run the named parts, or all. Return how many targets were missed."""
    began, lines = time.monotonic(), []
    for name in names or list(PARTS):
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            with tempfile.TemporaryDirectory(prefix=f"opstatus-bench-{name}-") as folder:
                lines += PARTS[name](Path(folder))
        except Missing as missing:
            print(f"NOT MEASURED: {name}: {missing}", flush=True)
    print(table(lines))
    print(f"\n{time.monotonic() - began:.0f} s in all.")
    return sum(line.missed for line in lines)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
