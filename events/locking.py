"""Taking the row that a verb is about to change."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from events.errors import Gone


def lock(row: models.Model) -> None:
    """Read ``row`` anew and hold it until the transaction ends. Raises :class:`Gone` when it has been deleted.

    Locks are taken in one order everywhere, so that two verbs never wait for each other: incident; series, then window
    of maintenance; services by id; components; heartbeats. A row that is held may be pointed at by new ones: the
    results of checks need not wait.
    """
    try:
        row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update(no_key=True))
    except ObjectDoesNotExist:
        raise Gone(f"This {row._meta.verbose_name} has been deleted meanwhile.") from None
