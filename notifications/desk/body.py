"""What a webhook is sent, but for the links that are its own."""

from __future__ import annotations

import json

from django.core.serializers.json import DjangoJSONEncoder

from notifications.kinds import Purpose
from notifications.models import Delivery
from notifications.transports.outcome import Parcel
from notifications.transports.webhook import Webhook, payload

OWN = "{{own_link}}"


def body(row: Delivery) -> str:
    """Return the JSON, laid out to be read; empty for what is no webhook of ours. Own links stand as ``{{…}}``."""
    if row.transport != Webhook.kind:
        return ""
    own = OWN if row.subscriber_id else ""
    parcel = Parcel(
        delivery=row.pk,
        words=row.announcement.words(),
        address=row.address,
        manage_url=own,
        leave_url=own,
        test=row.purpose == Purpose.TEST,
    )
    return json.dumps(payload(parcel), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
