"""How long the texts of an alert may be, in characters. Pure."""

FINGERPRINT = 255
NAME = 200
MESSAGE = 1024
