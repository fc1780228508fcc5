"""A copy in a bucket of a server that speaks S3: types, encodings, how long each is kept; what is hidden goes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import boto3
import pytest
from moto.server import ThreadedMotoServer

from statuspage.document import HTML, JSON, SVG, Document, document
from statuspage.models import Generation
from statuspage.site.bucket import FOREVER
from statuspage.site.file import PlaceRefused
from statuspage.site.opening import site
from statuspage.site.site import Site
from tests.product import free_port
from tests.statuspage.copies import collected

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STORE = UUID("00000000-0000-4000-8000-000000000001")
WHERE = "s3://pages/company"


def page(path: str, words: str = "words " * 100) -> Document:
    return document(path, HTML, f'<link href="/static/public.css"><main data-live>{words}</main>'.encode())


DOCUMENTS = [page("/status"), page("/status/services/a"), document("/api/v1/status", JSON, b'{"a": 1}' * 100)]
DOCUMENTS += [document("/status/badge.svg", SVG, b"<svg/>")]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The bucket, by boto itself."""
    keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**keys, "AWS_ENDPOINT_URL_S3": endpoint}.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3").create_bucket(Bucket="pages")
    with collected():
        yield made
    made.objects.all().delete()


@pytest.fixture
def copy(bucket: Any) -> Site:
    made = site(WHERE)
    publish(made, 1, DOCUMENTS)
    return made


def publish(made: Site, number: int, documents: list[Document]) -> None:
    Generation.objects.update_or_create(id=Generation.ONLY, defaults={"store": STORE, "number": number})
    made.fill(STORE, number, documents)


def names(bucket: Any) -> set[str]:
    return {each.key for each in bucket.objects.all()}


def test_browsers_get_it_pressed_and_scripts_as_it_is(copy: Site, bucket: Any) -> None:
    held = bucket.Object("company/status/index.html").get()
    assert (held["ContentType"], held["ContentEncoding"]) == (HTML, "gzip")
    assert b'href="../static/public.css"' in gzip.decompress(held["Body"].read())
    assert "max-age=1," in held["CacheControl"]
    data = bucket.Object("company/api/v1/status.json").get()
    assert (data["ContentType"], data.get("ContentEncoding")) == (JSON, None)
    assert data["Body"].read() == DOCUMENTS[2].body
    assert bucket.Object("company/status/badge.svg").content_type == SVG
    style = bucket.Object("company/static/public.css").get()
    assert (style["ContentType"], style["CacheControl"]) == ("text/css", FOREVER)
    age = bucket.Object("company/status/as-of.json").get()
    assert age["CacheControl"] == "no-cache"
    assert json.loads(age["Body"].read())["generation"] == 1


def test_what_is_hidden_goes_and_what_is_somebody_elses_stays(copy: Site, bucket: Any) -> None:
    bucket.put_object(Key="company/CNAME", Body=b"x")
    bucket.put_object(Key="status/index.html", Body=b"of another")
    before = bucket.Object("company/api/v1/status.json").last_modified
    Generation.objects.update(number=2)
    assert copy.change(STORE, 1, 2, [page("/status", "new")], ["/status/services/a"])
    assert "company/status/services/a/index.html" not in names(bucket)
    assert {"company/CNAME", "status/index.html"} <= names(bucket)
    assert b"new" in bucket.Object("company/index.html").get()["Body"].read()
    assert bucket.Object("company/api/v1/status.json").last_modified == before


def test_another_process_finds_what_to_remove_and_what_to_mend(copy: Site, bucket: Any) -> None:
    bucket.put_object(Key="company/status/index.html", Body=b"damaged")
    publish(site(WHERE, doubted=True), 3, [DOCUMENTS[0], *DOCUMENTS[2:]])
    assert "company/status/services/a/index.html" not in names(bucket)
    assert bucket.Object("company/status/index.html").content_encoding == "gzip"


def test_a_bucket_that_is_not_there_is_said(bucket: Any) -> None:
    with pytest.raises(PlaceRefused, match="The bucket other-pages cannot be had"):
        publish(site("s3://other-pages"), 1, DOCUMENTS)
