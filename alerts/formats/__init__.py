"""One pure module for each language that machines speak to us."""
