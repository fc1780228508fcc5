"""Planned windows of maintenance: their rows, and their verbs by what they are about."""

from services.models.maintenance.maintenance import Maintenance
from services.models.maintenance.series import MaintenanceSeries
from services.models.maintenance.update import MaintenanceUpdate

__all__ = ["Maintenance", "MaintenanceSeries", "MaintenanceUpdate"]
