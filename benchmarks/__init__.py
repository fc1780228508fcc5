"""``python -m benchmarks``: how fast it is, as ratios taken in one run. Needs nothing but wrk, nginx and PostgreSQL."""
