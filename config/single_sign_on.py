"""The identity provider, read from the environment: all of it or nothing."""

from __future__ import annotations

from typing import Any

from config import env

_NEEDED = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")


def settings(*, production: bool) -> dict[str, Any]:
    """Return the ``OIDC_…`` settings; an empty issuer says that there is no provider."""
    missing = [name for name in _NEEDED if not env.text(name)]
    if missing and len(missing) < len(_NEEDED):
        env.refuse(missing[0], f"must be set, too: single sign-on needs {', '.join(_NEEDED)}.")
    return {
        "OIDC_ISSUER": "" if missing else _issuer(production=production),
        "OIDC_CLIENT_ID": env.text("OIDC_CLIENT_ID"),
        "OIDC_CLIENT_SECRET": env.text("OIDC_CLIENT_SECRET"),
        "OIDC_NAME": env.text("OIDC_NAME", "single sign-on"),
        "OIDC_DEFAULT_ROLE": _role(),
    }


def _role() -> str:
    """Return what whoever has no account here is let in as; empty where they are not. Admins are made by admins."""
    return env.choice("OIDC_DEFAULT_ROLE", ["viewer", "operator"], "viewer") if env.text("OIDC_DEFAULT_ROLE") else ""


def _issuer(*, production: bool) -> str:
    """Return it as it was written: providers compare it letter by letter, a slash at its end included."""
    found = env.address("OIDC_ISSUER", "")
    if production and not found.startswith("https://"):
        env.refuse("OIDC_ISSUER", "must begin with https:// in production: tokens and the client's secret go there.")
    return env.text("OIDC_ISSUER")
