"""Kinds of heartbeat: a module each, what it can be told, how it asks, what it makes of the answer.

``docs/adding-a-heartbeat-kind.md`` says how to add one. Importing this loads neither the HTTP client nor the resolver:
web processes need the kinds for their forms alone.
"""

from services.probes.clean import clean
from services.probes.codes import CODES
from services.probes.kinds import KINDS
from services.probes.options import Option, Target, Value
from services.probes.outcome import Outcome
from services.probes.probe import Probe
from services.probes.tools import Tools, equipped

__all__ = ["CODES", "KINDS", "Option", "Outcome", "Probe", "Target", "Tools", "Value", "clean", "equipped"]
