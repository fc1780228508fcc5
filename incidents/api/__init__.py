"""Incidents in the API: what goes out, what comes in, what can be asked, and the verbs."""
