"""The catalogue's rows and their verbs."""

from services.models.change import Rule, Source, StatusChange
from services.models.component import Component
from services.models.group import Group
from services.models.heartbeat import Heartbeat
from services.models.maintenance import Maintenance, MaintenanceSeries, MaintenanceUpdate
from services.models.result import CheckResult, CheckRollup
from services.models.service import Service, ServiceInUse
from services.models.sla import SlaBreach

__all__ = [
    "CheckResult",
    "CheckRollup",
    "Component",
    "Group",
    "Heartbeat",
    "Maintenance",
    "MaintenanceSeries",
    "MaintenanceUpdate",
    "Rule",
    "Service",
    "ServiceInUse",
    "SlaBreach",
    "Source",
    "StatusChange",
]
