"""Backup: every row that people have made, as one file of JSON, and back."""
