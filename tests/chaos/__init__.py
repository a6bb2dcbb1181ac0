"""Drills: the topology of production is disturbed, and must come back as if nothing had been.

`make drills` runs them and writes what they found into docs/operations.
"""
