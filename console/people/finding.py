"""Finding people, and the word for where they stand."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Invitation, User
from accounts.roles import ROLE_CHOICES

ANY = ("", "Any")
ACTIVE, INVITED, EXPIRED, DEACTIVATED = "active", "invited", "expired", "deactivated"
_OPEN = Q(is_active=False, invitation__isnull=False)
_IN_STATE = {
    ACTIVE: Q(is_active=True),
    INVITED: _OPEN,
    DEACTIVATED: Q(is_active=False, invitation__isnull=True),
}


class PersonFilterForm(forms.Form):
    """Which people to show."""

    q = forms.CharField(max_length=200, required=False, label="Name or address")
    role = forms.ChoiceField(required=False, choices=[ANY, *ROLE_CHOICES])
    state = forms.ChoiceField(required=False, choices=[ANY, *((each, each.capitalize()) for each in _IN_STATE)])

    def found(self) -> QuerySet[User]:
        """Return those asked for, by their usernames; those who can sign in go first."""
        if not self.is_valid():
            return User.objects.none()
        asked = self.cleaned_data
        rows = User.objects.filter(_with_word(asked["q"].strip()), _IN_STATE.get(asked["state"], Q()))
        rows = rows.filter(role=asked["role"]) if asked["role"] else rows
        return (
            rows.select_related("invitation", "second_factor")
            .prefetch_related("teams")
            .order_by("-is_active", "username")
        )

    @property
    def active(self) -> bool:
        """Say whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)


def _with_word(word: str) -> Q:
    return Q(username__icontains=word) | Q(name__icontains=word) | Q(email__icontains=word)


def invitation_of(user: User) -> Invitation | None:
    """Return the open invitation of somebody."""
    found: Invitation | None = getattr(user, "invitation", None)
    return found


def state_of(user: User, now: datetime) -> str:
    """Return ``active``, ``invited``, ``expired`` (an invitation that nobody accepted) or ``deactivated``."""
    if user.is_active:
        return ACTIVE
    invitation = invitation_of(user)
    if invitation is None:
        return DEACTIVATED
    return INVITED if now < invitation.expires_at else EXPIRED
