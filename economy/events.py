"""The kinds of events in the life of money, with the columns that each uses."""

from world.registry import register_event_kind

PAID = register_event_kind(20, "payment", type="economic_event", channel="economy")
"""`actor` paid `amount` fen to `other`; `reason` is a Category, `place` and `activity` say what
for, and `until` which one of the category's Cause it comes from."""

SETTLED = register_event_kind(21, "day_settled", type="economic_event", channel="economy")
"""A day of the economy ended; `data` has its figures, see `economy.figures`."""

BUSINESS_CLOSED = register_event_kind(
    22, "business_closed", type="economic_event", channel="economy"
)
"""The business `actor` gave up its `place`, `amount` fen in debt, which the bank wrote off."""

BUSINESS_OPENED = register_event_kind(
    23, "business_opened", type="economic_event", channel="economy"
)
"""The business `actor` opened in `place` with `amount` fen of capital from `other`, its owner."""
