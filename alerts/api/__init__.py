"""Alerts, silences and integrations in the API."""
