"""The ways to a recipient, a module each."""
