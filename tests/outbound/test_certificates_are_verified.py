"""TLS is verified unless somebody says otherwise, and the end of the certificate is told either way."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime

import pytest

from outbound import Failure, certificate_expires, connect
from tests.outbound.servers import (
    AMPLE,
    CERTIFICATES,
    EVERYWHERE,
    SHORT,
    Handler,
    answering,
    failure,
    fetched,
    serving,
    shown_by,
)

HTTPS = "https://127.0.0.1:PORT/"


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.usefixtures("trusting")
def test_a_good_one() -> None:
    reply = fetched(answering(), HTTPS, context=shown_by("good"))
    assert reply.status == 200
    assert reply.certificate_expires == datetime(2126, 1, 1, tzinfo=UTC)
    assert reply.timings.tls > 0


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("self-signed", "self-signed certificate"),
        ("expired", "certificate has expired"),
        ("other-name", "it is for another name"),
    ],
)
def test_a_bad_one(name: str, reason: str) -> None:
    failed = failure(answering(), HTTPS, context=shown_by(name))
    assert (failed.code, failed.detail) == ("tls_failed", f"The certificate was not accepted: {reason}.")


def test_one_of_an_authority_that_nobody_knows() -> None:
    assert failure(answering(), HTTPS, context=shown_by("good")).code == "tls_failed"


@pytest.mark.parametrize("name", ["good", "self-signed", "expired", "other-name"])
def test_any_passes_where_nobody_looks_and_its_end_is_told(name: str) -> None:
    reply = fetched(answering(), HTTPS, context=shown_by(name), verify=False)
    assert reply.status == 200
    told = ssl._ssl._test_decode_cert(str(CERTIFICATES / f"{name}.pem"))["notAfter"]  # type: ignore[attr-defined]
    assert reply.certificate_expires == datetime.fromtimestamp(ssl.cert_time_to_seconds(told), UTC)


def test_without_tls_there_is_no_end() -> None:
    assert fetched(answering()).certificate_expires is None


def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> asyncio.Future[None]:
    writer.write(b"220 mail.example.com hunter2\r\n")
    return asyncio.ensure_future(asyncio.sleep(0))


def test_what_greets_in_plain_text() -> None:
    assert (failure(plain, HTTPS).code, failure(plain, HTTPS).detail) == ("tls_failed", "It does not speak TLS.")


def test_a_handshake_that_never_ends() -> None:
    failed = failure(hang, HTTPS, timeout=SHORT)
    assert (failed.code, failed.detail) == ("timeout", "Nothing within 0.3 s: no secure connection came about.")


@pytest.mark.usefixtures("trusting")
def test_a_raw_connection_tells_the_end_too() -> None:
    async def end(handler: Handler) -> tuple[datetime | None, datetime | None]:
        async with serving(handler, shown_by("good")) as port:
            _, secure = await connect(EVERYWHERE, "localhost", port, timeout=AMPLE, tls=True)
            secure.close()
            told = certificate_expires(secure)
        async with serving(handler) as port:
            _, plain = await connect(EVERYWHERE, "127.0.0.1", port, timeout=AMPLE)
            plain.close()
            return told, certificate_expires(plain)

    assert asyncio.run(end(hang)) == (datetime(2126, 1, 1, tzinfo=UTC), None)


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(("name", "fits"), [("good.test", True), ("good.test.", True), ("other.test", False)])
def test_the_name_asked_for_is_the_one_verified(name: str, *, fits: bool) -> None:
    async def shake_hands() -> None:
        async with serving(hang, shown_by("good")) as port:
            _, writer = await connect(EVERYWHERE, "127.0.0.1", port, timeout=AMPLE, tls=True, server_name=name)
            writer.close()

    if fits:
        asyncio.run(shake_hands())
    else:
        with pytest.raises(Failure, match="it is for another name"):
            asyncio.run(shake_hands())
