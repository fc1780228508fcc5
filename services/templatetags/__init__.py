"""What templates need of the catalogue."""
