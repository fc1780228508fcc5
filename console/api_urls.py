"""The addresses of the console's rooms in the API."""

from __future__ import annotations

from accounts.api.routers import ApiRouter
from console.backup.api import Export, ExportLogs, Import
from console.settings.api import Logo, Settings


def register(router: ApiRouter) -> None:
    """Add them."""
    router.add("export", Export.as_view(), name="export")
    router.add("export/logs", ExportLogs.as_view(), name="export-logs")
    router.add("settings", Settings.as_view(), name="settings")
    router.add("settings/logo", Logo.as_view(), name="settings-logo")
    router.add("import", Import.as_view(), name="import")
