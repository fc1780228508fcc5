"""The pages of the catalogue in the console."""
