"""Reading a picture from the body of a request: as it is, or as the one file of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Final

from rest_framework.parsers import BaseParser, MultiPartParser

from accounts.api.parsers import refuse_encoded
from accounts.api.problems import Problem
from branding.logo import LARGEST

# What a form writes around its file.
_AROUND: Final = 16 * 1024


class _Picture(BaseParser):
    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF calls it so
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the bytes; raises ``Problem`` (413, 415)."""
        refuse_encoded(parser_context)
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise Problem(413, f"The picture is larger than {LARGEST // 1024} KB.")
        return body


class AnyPicture(_Picture):
    """``image/png`` and the like: what it truly is, the picture says."""

    media_type = "image/*"


class AnyBytes(_Picture):
    """What ``curl --data-binary`` is told to say."""

    media_type = "application/octet-stream"


class FormWithPicture(MultiPartParser):
    """A form with the file in the field ``logo``."""

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return the bytes of the file; raises ``Problem`` (400, 413)."""
        if int((parser_context or {})["request"].headers.get("Content-Length") or 0) > LARGEST + _AROUND:
            raise Problem(413, f"The picture is larger than {LARGEST // 1024} KB.")
        file = super().parse(stream, media_type, parser_context).files.get("logo")
        if file is None:
            raise Problem(400, "Send the picture in the field “logo”.")
        return bytes(file.read())


PARSERS: Final = (AnyPicture, AnyBytes, FormWithPicture)
