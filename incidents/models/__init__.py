"""The incidents' rows and their verbs."""

from incidents.models.action_item import ActionItem
from incidents.models.affected import Affected
from incidents.models.incident import Incident
from incidents.models.outage import Outage
from incidents.models.postmortem import Postmortem
from incidents.models.saved_filter import SavedFilter
from incidents.models.template import IncidentTemplate
from incidents.models.update import Update

__all__ = ["ActionItem", "Affected", "Incident", "IncidentTemplate", "Outage", "Postmortem", "SavedFilter", "Update"]
