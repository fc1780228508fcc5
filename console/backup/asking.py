"""The passphrase of a command: from the environment, or typed."""

from __future__ import annotations

import getpass
import os
import sys

from console.backup.faults import Unusable

VARIABLE = "BACKUP_PASSPHRASE"


def passphrase() -> str:
    """Return it. Raises :class:`Unusable` where there is nobody to ask."""
    if given := os.environ.get(VARIABLE, ""):
        return given
    if not sys.stdin.isatty():
        raise Unusable(f"There is nobody to ask for the passphrase: set {VARIABLE}.")
    return getpass.getpass("Passphrase of the backup: ")
