"""Which static files are collected, how hard they are pressed, and whether there is anything to collect."""

from __future__ import annotations

import hashlib
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from whitenoise.compress import Compressor

LARGE = 100_000


class StaticFiles(StaticFilesConfig):
    """Django's app without the files of pages that this product has not: Redoc, and the API one clicks through."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "redoc", "rest_framework", "*.md"]


class QuickCompressor(Compressor):  # type: ignore[misc]
    """Presses large files less: the last tenth of their size would cost most of the time that collecting takes."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """Return ``data`` pressed."""
        return bytes(brotli.compress(data, quality=5 if len(data) > LARGE else 11))


def fingerprint() -> str:
    """Return what changes whenever a static file, or the way of collecting it, does."""
    digest = hashlib.sha256(settings.VERSION.encode())
    for code in ("static.py", "bundles.py", "settings.py"):
        digest.update((Path(__file__).parent / code).read_bytes())
    for finder in get_finders():
        for name, storage in finder.list(StaticFiles.ignore_patterns):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    return digest.hexdigest()
