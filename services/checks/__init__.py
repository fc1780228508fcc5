"""The engine: claims the checks that are due, runs them, stores what they gave, and lets statuses follow.

``docs/adr/0008-checks.md`` has its reasons. The rest of the product needs only these.
"""

from services.checks.asking import run_now
from services.checks.lapsing import wake
from services.checks.pruning import prune
from services.checks.reading import last_ran, late
from services.checks.receiving import receive
from services.checks.rollups import roll_up
from services.checks.runner import run_due
from services.checks.sweeping import sweep

__all__ = ["last_ran", "late", "prune", "receive", "roll_up", "run_due", "run_now", "sweep", "wake"]
