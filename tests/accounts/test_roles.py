"""The order of roles and what scopes amount to."""

from __future__ import annotations

import pytest

from accounts.roles import Role, role_of


def test_each_role_includes_those_before_it() -> None:
    assert [[role.includes(other) for other in Role] for role in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


@pytest.mark.parametrize(
    ("scopes", "role"),
    [
        ([], None),
        (["alerts"], None),
        (["read"], Role.VIEWER),
        (["write"], Role.OPERATOR),
        (["read", "write", "alerts"], Role.OPERATOR),
        (["admin"], Role.ADMIN),
    ],
)
def test_scopes_stand_for_a_role(scopes: list[str], role: Role | None) -> None:
    assert role_of(scopes) == role


def test_the_owner_is_the_ceiling() -> None:
    assert role_of(["admin"], Role.OPERATOR) == Role.OPERATOR
    assert role_of(["read"], Role.ADMIN) == Role.VIEWER
