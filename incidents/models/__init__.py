"""The incidents' rows and their verbs."""

from incidents.models.affected import Affected
from incidents.models.incident import Incident
from incidents.models.outage import Outage
from incidents.models.update import Update

__all__ = ["Affected", "Incident", "Outage", "Update"]
