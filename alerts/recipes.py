"""What to paste into whatever reports, so that it reports here. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

# Stands where the key goes, once it is shown no more.
NO_KEY = "<the key>"


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to connect: ``slug`` is an id for the page, ``where`` says where the text goes, ``note`` what to mind."""

    slug: str
    name: str
    where: str
    text: str
    note: str = ""


def recipes(site: str, key: str = NO_KEY) -> list[Recipe]:
    """Return all of them; ``site`` is the address of this installation, without a slash at its end."""
    return [
        Recipe(
            "alertmanager",
            "Alertmanager",
            "Among the receivers of alertmanager.yml. Name it in the route.",
            _ALERTMANAGER.format(site=site, key=key),
            "Leave send_resolved on. What is not heard of for as long as the integration waits is closed, so that must "
            "be longer than repeat_interval.",
        ),
        Recipe(
            "prometheus",
            "Prometheus without an Alertmanager",
            "In prometheus.yml.",
            _prometheus(site, key),
            "Its clock and ours must agree within some minutes: each alert holds until its endsAt.",
        ),
        Recipe(
            "pagerduty",
            "What speaks PagerDuty's Events API v2",
            "In place of PagerDuty's address and routing key. Here for Alertmanager's pagerduty_configs.",
            _PAGERDUTY.format(site=site, key=key, severity=_SEVERITY),
            "Of a whole group Alertmanager sends one event: prefer its webhook, above, where you have the choice.",
        ),
        Recipe("curl", "A script", "In a shell.", curl(site, key), "Send it again with `status` `resolved` to end it."),
    ]


def curl(site: str, key: str = NO_KEY) -> str:
    """Return a command that reports a first alert."""
    return _CURL.format(site=site, key=key)


def _prometheus(site: str, key: str) -> str:
    parts = urlsplit(site)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = f"[{parts.hostname}]" if ":" in str(parts.hostname) else str(parts.hostname)
    prefix = f"      path_prefix: {parts.path}\n" if parts.path else ""
    return _PROMETHEUS.format(scheme=parts.scheme, prefix=prefix, key=key, target=f"{host}:{port}")


_ALERTMANAGER = """\
receivers:
  - name: opstatus
    webhook_configs:
      - url: {site}/api/v1/alerts/alertmanager
        http_config:
          authorization:
            credentials: "{key}"
"""
_PROMETHEUS = """\
alerting:
  alertmanagers:
    - scheme: {scheme}
{prefix}      authorization:
        credentials: "{key}"
      static_configs:
        - targets: ["{target}"]
"""
_PAGERDUTY = """\
receivers:
  - name: opstatus
    pagerduty_configs:
      - url: {site}/v2/enqueue
        routing_key: "{key}"
        severity: '{severity}'
        component: '{{{{ .CommonLabels.service }}}}'
"""
# PagerDuty knows four words and refuses an event with another for good.
_SEVERITY = (
    '{{ with .CommonLabels.severity }}{{ if eq . "high" }}error{{ else if eq . "medium" }}warning'
    '{{ else if eq . "low" }}info{{ else }}{{ . }}{{ end }}{{ else }}warning{{ end }}'
)
_CURL = """\
curl -s {site}/api/v1/alerts \\
  -H "Authorization: Bearer {key}" -H "Content-Type: application/json" \\
  -d '{{"service": "Checkout", "severity": "low", "message": "A first alert"}}'
"""
