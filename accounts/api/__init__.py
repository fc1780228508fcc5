"""The doors of the API: who calls, what they may, how often, once only, and how a refusal looks."""
