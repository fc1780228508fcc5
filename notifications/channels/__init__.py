"""The operators' side of channels: where messages go inside, and whether they arrive."""
