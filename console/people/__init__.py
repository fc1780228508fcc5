"""People: who may come in, what they may, and what it means when somebody leaves."""
