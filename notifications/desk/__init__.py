"""The operators' side of deliveries: what went out, what did not and why, and sending it again."""
