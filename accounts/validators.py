"""What a profile may hold. Migrations name this module."""

from branding.zones import validate_timezone, zones

__all__ = ["validate_timezone", "zones"]
