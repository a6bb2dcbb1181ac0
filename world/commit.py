"""Commit: what came of some instants, written at once.

The caller holds the world's row lock in an open transaction, in which `world.event_writer` has
written the events. All goes with it or not at all; nothing else in the house writes hot tables.
"""

from collections.abc import Sequence

from world import registry
from world.engine.columns import Columns
from world.engine.events import EventBatch
from world.engine.inbox import Answer, Stamp
from world.engine.outbox import Question
from world.models import InboxEntry, World


def commit(
    world: World,
    columns: Columns,
    events: EventBatch,
    answers: Sequence[Answer],
    questions: Sequence[Question],
    *,
    position: Stamp,
    lived_until: int,
) -> None:
    """Write what changed, and move the world's row on past `events` to `position`, `lived_until`.

    Raises IntegrityError if a recorder finds something that cannot be true.
    """
    for name, table in columns.tables.items():
        registry.hot_tables[name].write(table)
    for record in registry.recorders.values():
        record(world, columns, events)
    for kind in dict.fromkeys(question.kind for question in questions):
        registry.askers[kind](world, [each for each in questions if each.kind == kind])
    _answer(answers)
    world.version += 1
    world.seq += len(events)
    world.instant, world.round = position
    world.lived_until = lived_until
    world.save(update_fields=["version", "seq", "instant", "round", "lived_until"])


def _answer(answers: Sequence[Answer]) -> None:
    """Answers to a model's replies come by the hundred, so they go out in two statements."""
    accepted = [answer.identity for answer in answers if answer.accepted]
    refused = {answer.identity: answer.reason for answer in answers if not answer.accepted}
    if accepted:
        InboxEntry.objects.filter(pk__in=accepted).update(outcome=InboxEntry.Outcome.ACCEPTED)
    for reason in sorted(set(refused.values())):
        identities = [identity for identity, told in refused.items() if told == reason]
        InboxEntry.objects.filter(pk__in=identities).update(
            outcome=InboxEntry.Outcome.REFUSED, reason=reason
        )
