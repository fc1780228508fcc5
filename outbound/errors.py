"""Turns what the system and TLS say into failures."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from outbound.failures import Failure

# OpenSSL's own words for them are fixed, and known to nobody.
_TLS_REASONS: Final = {
    "WRONG_VERSION_NUMBER": "It does not speak TLS.",
    "HTTP_REQUEST": "It does not speak TLS.",
    "UNEXPECTED_EOF_WHILE_READING": "It closed the connection in the middle of the TLS handshake.",
    "UNSUPPORTED_PROTOCOL": "It speaks only versions of TLS that are no longer safe.",
    "TLSV1_ALERT_PROTOCOL_VERSION": "It speaks only versions of TLS that are no longer safe.",
    "TLSV1_UNRECOGNIZED_NAME": "It knows no certificate for this name.",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "It asks for a client certificate.",
}


@contextmanager
def translated() -> Iterator[None]:
    """Let what goes wrong with a connection come out as a :class:`Failure`."""
    try:
        yield
    except ssl.SSLError as error:
        raise tls_failure(error) from error
    except (EOFError, ConnectionResetError, ConnectionAbortedError, BrokenPipeError) as error:
        raise Failure("connection_closed") from error
    except ConnectionRefusedError as error:
        raise Failure("connection_refused") from error
    except OSError as error:
        raise Failure("unreachable") from error


def tls_failure(error: ssl.SSLError) -> Failure:
    """Say in a sentence why TLS failed: from OpenSSL's fixed words, never from what was sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message.rstrip(".") or "it is not to be trusted"
        if "mismatch" in reason:
            # The name in those words may come from a redirect.
            reason = "it is for another name"
        return Failure("tls_failed", f"The certificate was not accepted: {reason}.")
    return Failure("tls_failed", _TLS_REASONS.get(error.reason or "", ""))
