"""The kinds of events in the life of money, with the columns that each uses."""

from world.registry import register_event_kind

PAID = register_event_kind(20, "payment", type="economic_event", channel="economy")
"""`actor` paid `amount` fen to `other`; `reason` is a Category, `place` and `activity` say what
for."""

SETTLED = register_event_kind(21, "day_settled", type="economic_event", channel="economy")
"""A day of the economy ended; `data` has the fen that moved by category."""
