"""People and keys in a backup."""

from django.utils import timezone

from events.sections import Secret, Section

_PASSWORD = Secret(
    fresh=lambda: "!",
    loss="{count} people have no password: “Forgotten your password?” mails them a link to set one, and "
    "`manage.py changepassword NAME` sets it where no mail goes out.",
)
_FACTOR = Secret(
    sealed=True,
    loss="{count} people are asked for no second factor, because its secrets are not in the file: they set it up anew.",
)
_DIGEST = Secret(
    off={"revoked_at": timezone.now},
    loss="{count} API keys came in revoked, because their secrets are not in the file: make new ones.",
)

SECTIONS = [
    # Eras stay at home: one of before would wake the sessions that have been ended since.
    Section("users", "accounts.User", left_out=("era",), secrets={"password": _PASSWORD}),
    Section("second_factors", "accounts.SecondFactor", secrets={"sealed": _FACTOR}),
    Section("identities", "accounts.Identity"),
    Section("api_keys", "accounts.ApiKey", secrets={"digest": _DIGEST}),
]
