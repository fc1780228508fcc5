"""The rows of alerts and their verbs."""

from alerts.models.alert import Alert
from alerts.models.correlation import Correlation
from alerts.models.integration import Integration
from alerts.models.page import Page, Paged
from alerts.models.raw_signal import RawSignal
from alerts.models.silence import Silence
from alerts.models.tally import PageTally, SignalTally

__all__ = [
    "Alert",
    "Correlation",
    "Integration",
    "Page",
    "PageTally",
    "Paged",
    "RawSignal",
    "SignalTally",
    "Silence",
]
