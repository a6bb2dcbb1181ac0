"""What Prometheus collects: of each process what it did, and of the town how it stands.

Every process has a port of its own for it (METRICS_PORT), which no proxy passes on: `/metrics` is
the process, `/town` what the database and Redis say, which is the same wherever it is asked. What
is measured is named beside the code that does it (`measures.py` of each app).
"""
