"""How the API behaves, and how its schema looks."""

from __future__ import annotations

from typing import Any

from config import env


def calls_per_minute() -> dict[str, int]:
    """Return how often one caller may read and change things; 0 switches a limit off."""
    return {"read": env.number("API_READS_PER_MINUTE", 1200), "write": env.number("API_WRITES_PER_MINUTE", 300)}


def rest_framework(proxies: int) -> dict[str, Any]:
    """Return the settings of Django REST framework behind so many ``proxies`` that are trusted."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "accounts.api.authentication.KeyAuthentication",
            "accounts.api.authentication.SessionAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.HasAccess"],
        "DEFAULT_PAGINATION_CLASS": "accounts.api.pagination.Pages",
        "DEFAULT_FILTER_BACKENDS": [
            "accounts.api.filters.StrictFilters",
            "accounts.api.filters.StrictSearch",
            "accounts.api.filters.StrictOrdering",
        ],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["accounts.api.parsers.StrictJSONParser"],
        "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttling.CallerThrottle"],
        "DEFAULT_METADATA_CLASS": None,
        "URL_FORMAT_OVERRIDE": None,
        "DEFAULT_SCHEMA_CLASS": "accounts.api.schema.AutoSchema",
        "EXCEPTION_HANDLER": "accounts.api.problems.handle",
        "NUM_PROXIES": proxies,
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
    }


SCHEMA: dict[str, Any] = {
    "TITLE": "OpStatus",
    "DESCRIPTION": "Services, incidents and the public status page.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "accounts.api.schema.without_slashes",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ActionItemStatus": "incidents.models.ActionItem.Status",
        "AlertStatus": "alerts.api.json.STATES",
        "AnalyticsPeriod": "incidents.analytics.stretch.CHOICES",
        "ChannelKind": "notifications.channels.json.OFFERED",
        "ContactWayKind": "oncall.models.ContactWay.Carrier",
        "DeliveryStatus": "notifications.kinds.State",
        "IncidentStatus": "incidents.api.output.STATUSES",
        "PageLanguage": "branding.languages.CHOICES",
        "PostmortemStatus": "incidents.models.Postmortem.Status",
        "KeyState": "accounts.models.api_key.STATES",
        "Light": "services.status.LIGHTS",
        "OncallWarningKind": "oncall.api.current.KINDS",
        "PageReason": "alerts.paging.reasons.Reason",
        "PageState": "alerts.models.Page.State",
        "MaintenanceStatus": "services.maintenance.lifecycle.Stage",
        "Rule": "services.models.Rule",
        "SlaPeriod": "services.models.Service.SlaPeriod",
        "SlaState": "services.api.sla_report.STATES",
        "Source": "services.models.Source",
        "Status": "services.status.CHOICES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
