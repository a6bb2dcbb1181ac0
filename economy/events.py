"""The kinds of events in the life of money, with the columns that each uses."""

from world.registry import register_event_kind

PAID = register_event_kind(20, "payment")
"""`actor` paid `amount` fen to `other`; `reason` is a Category, `place` and `activity` say what
for."""

SETTLED = register_event_kind(21, "day_settled")
"""A day of the economy ended; `data` has the fen that moved by category."""
