"""The public API of Atlassian Statuspage, version 2, from the same snapshot as our own page."""
