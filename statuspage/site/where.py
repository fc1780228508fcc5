"""What ``PUBLISH_TO`` and ``publish --to`` may say. Settings read it: no Django here."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{2,62}(/[\w./-]{1,200})?", re.ASCII)


def parse(said: str) -> str:
    """Return the absolute path of a folder, or ``s3://bucket/prefix``. Raises ``ValueError`` with what is wrong."""
    if "://" not in said:
        return str(Path(said).expanduser().resolve())
    if not _BUCKET.fullmatch(said):
        # It may hold a key, so it is not shown.
        raise ValueError("must be a folder, or a bucket such as s3://bucket/prefix, whose keys stand elsewhere.")
    if not (find_spec("storages") and find_spec("boto3")):
        raise ValueError(
            "names a bucket, for which packages are missing: pip install -r requirements/s3.txt brings them."
        )
    return said.rstrip("/")
