import pytest

from statuspage.negotiation import accepted, matches


@pytest.mark.parametrize(
    ("header", "best"),
    [
        (b"", ("",)),
        (b"gzip", ("gzip", "")),
        (b"gzip, deflate, br", ("br", "gzip", "")),
        (b"gzip, deflate, br, zstd", ("br", "gzip", "")),
        (b"br;q=0.5, gzip;q=0.8", ("gzip", "br", "")),
        (b"br;q=0, gzip", ("gzip", "")),
        (b"gzip;q=0", ("",)),
        (b"*", ("br", "gzip", "")),
        (b"*;q=0", ("",)),
        (b"*, br;q=0", ("gzip", "")),
        (b"identity, gzip;q=0.5", ("",)),
        (b"GZIP ; Q=1", ("gzip", "")),
        (b"gzip;q=many", ("",)),
        (b",,;;", ("",)),
        (b"\xff\xfe", ("",)),
    ],
)
def test_the_clients_weights_decide(header: bytes, best: tuple[str, ...]) -> None:
    assert accepted(header) == best


@pytest.mark.parametrize("header", [b'"abc"', b'W/"abc"', b'"x", W/"abc"', b"*", b' "abc" ', b'"x","abc","y"'])
def test_a_known_tag_matches(header: bytes) -> None:
    assert matches(header, b'"abc"')


@pytest.mark.parametrize("header", [b'"abcd"', b"abc", b'"x"', b"", b'W/"x", "y"'])
def test_another_tag_does_not(header: bytes) -> None:
    assert not matches(header, b'"abc"')
