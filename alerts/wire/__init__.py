"""The addresses at which machines report that were made for others."""
