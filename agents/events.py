"""The kinds of events in the lives of residents, with the columns that each uses."""

from world.registry import register_event_kind

MOVED = register_event_kind(10, "agent_move", type="agent_move", channel="agents")
"""Set out for `place` to do `activity` there; `amount` is the cell of departure, `until` when one
arrives; `reason` is a Motive."""

STARTED = register_event_kind(11, "activity_start", type="agent_state_change", channel="agents")
"""Began `activity` in `place` (0: in the street), planned to end at `until`; `reason` is a
Motive."""

REFUSED = register_event_kind(12, "agent_refused", type="agent_state_change", channel="agents")
"""Was not let into `place`; `reason` is a Refusal."""

EDITED = register_event_kind(14, "agent_edited", type="agent_state_change", channel="agents")
"""An operator changed something about a resident; `data` has the new values, in points."""

NEEDED = register_event_kind(13, "need_alert", type="agent_state_change", channel="agents")
"""A need became pressing: `reason` is its number in Motive, `amount` its value in milli-points."""
