"""What a caller lacks who was refused, in a sentence: the role, or the scope of the key."""

from __future__ import annotations

from rest_framework.request import Request

from accounts.models import ApiKey
from accounts.roles import Role, role_of, scope_for


def shortfall(request: Request, needed: Role) -> str:
    """Return what this needs and what the caller has."""
    if isinstance(request.auth, ApiKey):
        return _of_key(request.auth, needed)
    return f"This needs the role {needed}; yours is {getattr(request.user, 'role', 'none')}."


def _of_key(key: ApiKey, needed: Role) -> str:
    role = role_of(key.scopes)
    if key.owner is not None and role is not None and role.includes(needed):
        return (
            f"This needs the role {needed}, and the key's owner has the role {key.owner.role}: "
            "a key may no more than its owner."
        )
    return f"This needs an API key with the scope {scope_for(needed)}; this one has {', '.join(key.scopes)}."
