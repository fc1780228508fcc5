"""Who has shown the first proof and waits for the second: remembered in a session that nobody is signed in to."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.models import User

KEY: Final = "second_step"
# In seconds; then one begins anew with the password.
LASTING: Final = 600
Way = Literal["password", "oidc"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign-in under way.

    ``username`` as it was typed, which failures are counted for; ``zone`` the browser's; ``next`` a path of ours;
    ``vouched`` says that the provider asked for a second factor, ``first`` that this is their first sign-in. ``stamp``
    changes with the password and when sessions are ended, so that a first proof of before is worth nothing then.
    """

    user_id: str
    stamp: str
    way: Way = "password"
    username: str = ""
    zone: str = ""
    next: str = ""
    vouched: bool = False
    first: bool = False
    until: float = 0.0

    @classmethod
    def of(cls, user: User, **said: Any) -> Entry:
        """Begin one."""
        stamp, first = user.get_session_auth_hash(), user.last_login is None
        return cls(user_id=str(user.pk), stamp=stamp, first=first, **said)

    @property
    def user(self) -> User | None:
        """Return who it is, if what was shown is still true."""
        user = User.objects.filter(pk=self.user_id, is_active=True).first()
        return user if user and constant_time_compare(user.get_session_auth_hash(), self.stamp) else None

    def remember(self, request: HttpRequest) -> None:
        """Keep it, under another name of the session than whoever may have planted one knows."""
        request.session.cycle_key()
        request.session[KEY] = asdict(replace(self, until=time.time() + LASTING))


def entry_of(request: HttpRequest) -> Entry | None:
    """Return the sign-in that waits in this session."""
    kept = request.session.get(KEY)
    entry = Entry(**kept) if kept else None
    return entry if entry and time.time() < entry.until else None
