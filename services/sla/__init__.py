"""What is promised of a service and what of it is left. Pure, but for ``metrics``."""
