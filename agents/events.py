"""The kinds of events in the lives of residents, with the columns that each uses.

`data` of what a resident whose mind is a model's does: `thought`, the time at which the decision
was asked for, and `step`, which step of its plan this is; or `stand_in`, why instinct decided.
"""

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

MIND_CHANGED = register_event_kind(15, "mind_change", type="agent_state_change", channel="agents")
"""Another mind decides from now on; `data` has its name, and `asked` if a question is withdrawn."""

ASKED = register_event_kind(16, "thought_asked", type="thought", channel="agents")
"""A model is asked what to do; `amount` is the number of the decision, `until` when an answer comes
too late, `reason` a Surprise."""

ANSWERED = register_event_kind(17, "thought_answered", type="thought", channel="agents")
"""Nobody waits any more for the answer to what was asked at `amount`: it is carried out, or
`reason` (a StandIn) says why not."""

MINDS_STATE = register_event_kind(18, "minds_state", type="world_event", channel="world")
"""A model can, or cannot, be asked at present; `data` has its name, `closed` and `cadence`."""

TALK_BEGAN = register_event_kind(
    30, "conversation_start", type="conversation_start", channel="conversations"
)
"""`actor` begins to talk with `other` in `place`; `amount` is the conversation's number, `reason`
a Why."""

SAID = register_event_kind(
    31, "conversation_message", type="conversation_message", channel="conversations"
)
"""`actor` says something to `other`; `amount` is the conversation's number, `reason` an Emotion,
`until` how many sentences were said before it. `data`: `line` (act and key of the grammar), `n`
(the variant) and what its placeholders stand for, and `stand_in` if instinct spoke for a model; or
`text`, the `thought` (when it was asked for) and the points of `impression`, unless none. `news` is
the number of what is told with it, if any."""

TALK_JOINED = register_event_kind(
    32, "conversation_join", type="conversation_join", channel="conversations"
)
"""`actor` joins the conversation `amount`."""

TALK_LEFT = register_event_kind(
    33, "conversation_leave", type="conversation_leave", channel="conversations"
)
"""`actor` leaves the conversation `amount`, which goes on; `reason` is an Ending; `data` has its
`topic` so far."""

TALK_ENDED = register_event_kind(
    34, "conversation_end", type="conversation_end", channel="conversations"
)
"""The conversation `amount`, which `actor` had begun, is over after `until` sentences; `reason` is
an Ending; `data` has its `topic`, and its `people` at the end."""

SPEECH_ASKED = register_event_kind(36, "speech_asked", type="thought", channel="conversations")
"""A model is asked what `actor` says to `other` in the conversation `amount`; `until` is when
nobody waits for it any more."""

ANNOUNCED = register_event_kind(37, "announcement", type="announcement", channel="world")
"""An operator lets something be known: news `amount` of Kind `reason`, about `actor` and `place` if
any; nobody speaks of it after `until`. `data` has its `text` in both languages, its `urgency`, and
when it `starts`."""

NEWS_ROSE = register_event_kind(38, "news", type="news", channel="conversations")
"""Something has come to pass between `actor` and `other` that people will talk about: news `amount`
of Kind `reason`, in `place`."""

NEWS_HEARD = register_event_kind(39, "news_heard", type="news", channel="conversations")
"""`actor` comes to know the news `amount`, from `other` (0: from nobody) in `place`; `reason` is a
How; `data` has the `conversation` in which it was told, if any."""

INTERVIEWED = register_event_kind(40, "interview", type="interview", channel="agents")
"""`actor` was interviewed in `place` and keeps it in mind; `data` has `question` and `answer`."""

REFLECTED = register_event_kind(44, "reflection", type="reflection", channel="agents")
"""`actor` has come to see something by what was asked for at `amount`, or `reason` (a StandIn) says
why instinct must; `data` has the `insights`: their `text`, and as `evidence` the (at, ordinal) of
memories."""

WORDS_HEARD = register_event_kind(41, "words_heard", type="agent_state_change", channel="agents")
"""An operator says something to `actor`, who does with it as they please; `data` has the `text`."""

APPOINTED = register_event_kind(42, "appointment", type="appointment", channel="agents")
"""`actor` and `other` (0: nobody) mean to meet in `place` at `until` to do `activity`; `data` has
the `conversation` in which they agreed on it, or the number of the gathering in `news`, if any."""

APPOINTMENT_OVER = register_event_kind(43, "appointment_over", type="appointment", channel="agents")
"""What `actor` meant to do with `other` (0: nobody) in `place` at `until` is over; `reason` is a
State: both kept it, `actor` missed it, or it lapsed; `data` as of an appointment."""

TIE_CHANGED = register_event_kind(
    35, "relationship_change", type="relationship_change", channel="agents"
)
"""`actor` feels closer to `other`, or less so: by `amount`, and is at `until` now (milli-points);
`reason` is a Change, and `data` has the `conversation` that it comes from, if any."""

HIRED = register_event_kind(50, "hired", type="agent_state_change", channel="economy")
"""`actor` has got work in `place`, of the occupation `until`, for `amount` fen an hour."""

WORK_LOST = register_event_kind(51, "work_lost", type="agent_state_change", channel="economy")
"""`actor` has lost their work in `place`, of the occupation `until`, and got `amount` fen for it;
`reason` is a Loss."""

WARNED = register_event_kind(52, "warned", type="agent_state_change", channel="economy")
"""`actor` was warned at work for the time `amount`: performance is `until` now (milli-points);
`reason` is a Fault."""

ART_MADE = register_event_kind(53, "art_made", type="agent_state_change", channel="economy")
"""`actor` has finished a piece of art, of `amount` that wait for a buyer."""

MOVED_IN = register_event_kind(54, "agent_created", type="agent_created", channel="agents")
"""`actor` has come to live in `place`; `reason` is an Attraction; `data` has who they are."""

MOVED_AWAY = register_event_kind(55, "agent_departed", type="agent_departed", channel="agents")
"""`actor` has moved away from `place`; `reason` is a Departure."""

BEFELL = register_event_kind(56, "chance", type="economic_event", channel="economy")
"""Something befell `actor`: `reason` is a Chance, `amount` the fen that it brought or cost."""

LENT = register_event_kind(57, "loan", type="economic_event", channel="economy")
"""`actor` lends `other` the loan `amount`: `data` has its `fen`, and it is due at `until`."""

LOAN_OVER = register_event_kind(58, "loan_over", type="economic_event", channel="economy")
"""What `actor` owed `other` for the loan `amount` was paid back, or is not paid as it should be:
`reason` is a Loan.State, `until` the fen that were or are still owed."""

TREATED = register_event_kind(59, "treat", type="economic_event", channel="economy")
"""`actor` pays in `place` for `other`, who begins `activity`: `amount` fen."""

MOVED_HOUSE = register_event_kind(60, "moved_house", type="agent_state_change", channel="agents")
"""`actor` has moved from the place `amount` to `place`, where `other` lives."""
