"""The incidents' pages in the console."""
