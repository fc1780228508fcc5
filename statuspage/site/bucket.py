"""A bucket of S3 or of what speaks like it, through django-storages. Keys and endpoint are boto's own settings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from statuspage.addresses import BRAND
from statuspage.entry import CACHING
from statuspage.site.file import File, PlaceRefused
from statuspage.site.form import AS_OF, STATIC

# A bucket chooses no encoding for its reader. Browsers take gzip; what scripts read stays as it is.
PRESSED = ("text/html", "text/css", "text/javascript")
FOREVER = "public, max-age=31536000, immutable"
# In all well below the lease: a write that hangs must not outlive it.
PATIENCE = Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2})
# In one piece each, whose tag is then the sum of its bytes.
WHOLE = TransferConfig(multipart_threshold=5 * 1024**3, use_threads=False)
Done = TypeVar("Done")


def _saying(act: Callable[..., Done]) -> Callable[..., Done]:
    """Turn what boto raises into our sentence."""

    @wraps(act)
    def tried(bucket: Bucket, *arguments: Any) -> Done:
        try:
            return act(bucket, *arguments)
        except (BotoCoreError, ClientError) as error:
            raise PlaceRefused(f"The bucket {bucket.storage.bucket_name} cannot be had: {error}") from error

    return tried


class Bucket:
    """Everything lies below ``prefix``, which may be empty."""

    def __init__(self, name: str, prefix: str) -> None:
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.storage: Any = S3Storage(
            bucket_name=name, location=self.prefix, client_config=PATIENCE, transfer_config=WHOLE
        )
        self._sums: dict[str, str] = {}

    @_saying
    def read(self, name: str) -> bytes:
        """Return an object; nothing if it is not there."""
        with suppress(FileNotFoundError), self.storage.open(name) as held:
            return bytes(held.read())
        return b""

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below a folder, and remember their sums."""
        return iter(self._listed(folder))

    @_saying
    def write(self, file: File) -> None:
        """Write an object, unless it is there as it should be."""
        pressed = file.gzip and file.content_type.startswith(PRESSED)
        body = file.gzip if pressed else file.body
        total = hashlib.md5(body, usedforsecurity=False).hexdigest()
        if self._sums.get(file.name) == total:
            return
        # What django-storages hands on with the next object.
        self.storage.object_parameters = {"ContentType": file.content_type, "CacheControl": caching(file.name)}
        self.storage.object_parameters |= {"ContentEncoding": "gzip"} if pressed else {}
        self.storage.save(file.name, ContentFile(body))
        self._sums[file.name] = total

    @_saying
    def remove(self, name: str) -> None:
        """Remove an object, if it is there."""
        self._sums.pop(name, None)
        self.storage.delete(name)

    def settle(self) -> None:
        """Forget what is known of the bucket."""
        self._sums.clear()

    @_saying
    def _listed(self, folder: str) -> list[str]:
        held = self.storage.bucket.objects.filter(Prefix=f"{self.prefix}{folder}/")
        found = {each.key.removeprefix(self.prefix): each.e_tag.strip('"') for each in held}
        self._sums |= found
        return list(found)


def caching(name: str) -> str:
    """Return how long an object may be kept: what is named by its bytes for good, all else for as long as our own."""
    if name.startswith((f"{STATIC}/", BRAND.removeprefix("/"))):
        return FOREVER
    return "no-cache" if name == AS_OF else CACHING.decode()
