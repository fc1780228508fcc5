"""The order in which the services of a group stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast
from uuid import UUID

from events.actors import Actor
from events.command import command
from events.kinds import Kind
from services.models.order import Placed, arrange

if TYPE_CHECKING:
    from django.db.models import Manager

    from services.models.service import Service


class Arranging(Placed):
    """The verb by which services change places."""

    class Meta:
        abstract = True

    @classmethod
    def reorder(cls, order: Sequence[UUID], *, by: Actor) -> None:
        """Put the named services of one group into this order.

        Raises ``ValidationError`` unless they are all the services of one group (or all those without one).
        """
        with command(by) as tell:
            rows = cast("Manager[Service]", cls._default_manager)
            first = rows.filter(id__in=order).select_related("group").first()
            group = first.group if first else None
            refusal = "Name every service of one group exactly once."
            services = arrange(rows.filter(group=group), order, refusal)
            tell(
                Kind.SERVICES_REORDERED,
                subject=("group", group.id if group else "", group.name if group else "services without a group"),
                # Not public: private ones stand among them.
                services=order,
                after={"order": [service.name for service in services]},
            )
