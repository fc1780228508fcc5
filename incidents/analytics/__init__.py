"""How it went: uptime, incidents, how soon they were answered and ended. Pure, but for ``reading``."""
