"""Who is told, in a backup: messages and what became of them stay at home."""

from django.utils import timezone

from events.sections import Secret, Section

_OFF = {
    "enabled": False,
    "off_because": "Its secrets were not in the backup: enter them again.",
    "off_by": "Import of a backup",
    "off_at": timezone.now,
}
_CHANNEL = Secret(
    sealed=True,
    off=_OFF,
    loss="{count} channels are switched off, because their secrets are not in the file: enter them again.",
)
_TOKEN = Secret(
    off={"token_ends_at": None}, loss="{count} subscribers who had not confirmed yet must ask for the mail once more."
)
_KEYS = Secret(
    sealed=True,
    off={"stopped_at": timezone.now, "stopped_because": "Its secrets were not in the backup."},
    loss="{count} webhooks and browsers are told nothing until they subscribe again: their secrets stayed at home.",
)

SECTIONS = [
    Section("channels", "notifications.Channel", secrets={"sealed": _CHANNEL}),
    Section("subscribers", "notifications.Subscriber", secrets={"token_digest": _TOKEN, "sealed": _KEYS}),
]
