"""``/api/v1/export``, ``export/logs`` and ``import``."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.parsers import refuse_encoded
from accounts.api.permissions import ADMIN
from accounts.api.problems import Problem
from accounts.api.views import ApiView
from console.backup.box import Box
from console.backup.bringing import bring
from console.backup.faults import Unusable
from console.backup.storing import Clash
from console.backup.writing import lines, log_lines

HEADER = "Backup-Passphrase"
MAX_FILE = 32 * 1024 * 1024
_PIECE = 1024 * 1024
_PARAMETER = OpenApiParameter(HEADER, str, OpenApiParameter.HEADER, description="What encrypts the secrets.")


class Upload:
    """A body on the disk. As text it is its digest, by which a POST that is sent again is known."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.file = tempfile.TemporaryFile(dir=settings.VAR_DIR)  # noqa: SIM115 - closed by the view
        digest = hashlib.sha256()
        while piece := stream.read(_PIECE):
            digest.update(piece)
            if self.file.tell() + len(piece) > MAX_FILE:
                self.file.close()
                raise Problem(413, f"The file is larger than {MAX_FILE} bytes. “manage.py import” has no limit.")
            self.file.write(piece)
        self._digest = digest.hexdigest()

    def __str__(self) -> str:
        return self._digest


class UploadParser(BaseParser):
    """Takes a body as it is."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF calls it so
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the :class:`Upload`; raises ``Problem`` (413, 415)."""
        refuse_encoded(parser_context)
        return Upload(stream)


class ImportQuery(serializers.Serializer[Any]):
    """How to bring a file in."""

    dry_run = serializers.BooleanField(default=False, help_text="Do it all, and undo it.")
    replace = serializers.BooleanField(default=False, help_text="Delete what the file does not hold.")


class ExportQuery(serializers.Serializer[Any]):
    """What to write."""

    secrets = serializers.BooleanField(default=False, help_text="With the secrets, encrypted with the passphrase.")


class SectionCountsSerializer(serializers.Serializer[Any]):
    """What became of the rows of a section."""

    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class OutcomeSerializer(serializers.Serializer[Any]):
    """What an import did."""

    dry_run = serializers.BooleanField()
    made_at = serializers.CharField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    deleted = serializers.IntegerField()
    sections = serializers.DictField(child=SectionCountsSerializer())
    notes = serializers.ListField(child=serializers.CharField())


class Export(ApiView):
    """Everything that people have made, as one file of JSON."""

    access = ADMIN

    @extend_schema(parameters=[ExportQuery, _PARAMETER], responses={200: OpenApiResponse(OpenApiTypes.OBJECT)})
    def get(self, request: Request) -> FileResponse:
        """Answer with the file. It is written to the disk first, so that what is sent is whole."""
        return _file(lines(_box(request)), "opstatus-{}.json", "application/json")


class ExportLogs(ApiView):
    """The event log as JSON lines."""

    access = ADMIN

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiTypes.STR})
    def get(self, _request: Request) -> FileResponse:
        """Answer with the log, the oldest event first."""
        return _file(log_lines(), "opstatus-log-{}.jsonl", "application/x-ndjson")


class Import(ApiView):
    """A backup, back: all of it or nothing."""

    access = ADMIN
    parser_classes = [UploadParser]
    refusals = ("409", "413")

    @extend_schema(
        request={"application/json": OpenApiTypes.OBJECT},
        parameters=[ImportQuery, _PARAMETER],
        responses=OutcomeSerializer,
    )
    def post(self, request: Request) -> Response:  # type: ignore[override]  # the base wraps what stands here
        """Bring it in and answer with what that did."""
        asked = _asked(request, ImportQuery)
        if not isinstance(request.data, Upload):
            raise Problem(400, "Send the file as the body.")
        try:
            with request.data.file as file:
                outcome = bring(file, by=self.actor, passphrase=_passphrase(request), **asked)
        except Clash as clash:
            raise Problem(409, str(clash), code="clash") from clash
        except Unusable as error:
            raise Problem(400, error.faults[0], code="bad_backup", errors={"file": list(error.faults)}) from error
        return Response({"dry_run": asked["dry_run"], **outcome.as_json()})


def _asked(request: Request, query: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    checked = query(data=request.query_params.dict())
    if unknown := request.query_params.keys() - checked.fields.keys():
        raise Problem(400, "There is no such parameter.", errors={name: ["Unknown."] for name in unknown})
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _passphrase(request: Request) -> str:
    """Return it as a command reads it: a server hands on as Latin-1 what most who have an ö in it send as UTF-8."""
    said = str(request.headers.get(HEADER, ""))
    try:
        return said.encode("latin-1").decode()
    except UnicodeError:
        return said


def _box(request: Request) -> Box | None:
    wanted, passphrase = _asked(request, ExportQuery)["secrets"], _passphrase(request)
    if wanted != bool(passphrase):
        raise Problem(400, f"Secrets go along with “?secrets=true” and a passphrase in the header {HEADER}.")
    try:
        return Box.new(passphrase) if wanted else None
    except Unusable as error:
        raise Problem(400, str(error)) from error


def _file(text: Iterable[str], name: str, kind: str) -> FileResponse:
    file = tempfile.TemporaryFile(dir=settings.VAR_DIR)  # noqa: SIM115 - closed by the answer
    for line in text:
        file.write(line.encode())
    file.seek(0)
    named = name.format(f"{timezone.now():%Y%m%d-%H%M}")
    return FileResponse(
        file, as_attachment=True, filename=named, content_type=kind, headers={"Cache-Control": "no-store"}
    )
