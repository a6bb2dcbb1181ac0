"""The pure heart of the simulation: integers in, integers out.

Nothing in here knows of Django, a database, a network or a clock on the wall. A world is a function
of its seed and its inbox; this package is that function's machinery: game time, keyed draws, lines,
columns, routes, the step of one instant and the pipeline of systems that live it.
"""
