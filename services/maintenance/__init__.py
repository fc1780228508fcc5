"""Planned windows: their moves, their rules of recurrence, their calendar, their clock."""
