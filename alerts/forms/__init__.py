"""What the alerts' pages ask for."""
