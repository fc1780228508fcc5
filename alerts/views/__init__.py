"""The alerts' pages in the console."""
