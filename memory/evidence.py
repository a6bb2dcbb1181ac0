"""Evidence: what reflections were drawn from, as far as it is still remembered.

A reflection names memories of its owner by (at, ordinal). What was forgotten since leads to the
summary that it gave way to.
"""

from collections.abc import Collection, Sequence

from memory.models import Memory


def evidence_of(reflections: Collection[Memory]) -> dict[int, list[Memory]]:
    """What each of these (by primary key) was drawn from, in order, nothing twice."""
    cited = {
        (memory.actor_id, at, ordinal)
        for memory in reflections
        for at, ordinal in memory.evidence or ()
    }
    known = _by_identity(cited)
    forgotten = {(actor, at) for actor, at, ordinal in cited - known.keys()}
    summaries = _summaries({actor for actor, _ in forgotten})
    drawn: dict[int, list[Memory]] = {}
    for memory in reflections:
        found = {}
        for at, ordinal in memory.evidence or ():
            each = known.get((memory.actor_id, at, ordinal)) or _standing_for(
                summaries.get(memory.actor_id, ()), at
            )
            if each is not None:
                found[each.at, each.ordinal] = each
        drawn[memory.pk] = [found[key] for key in sorted(found)]
    return drawn


def _by_identity(cited: Collection[tuple[int, int, int]]) -> dict[tuple[int, int, int], Memory]:
    if not cited:
        return {}
    columns = [list(column) for column in zip(*cited, strict=True)]
    found = Memory.objects.raw(
        "SELECT * FROM memory_memory WHERE (actor_id, at, ordinal) IN"
        " (SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[]))",
        columns,
    )
    return {(each.actor_id, each.at, each.ordinal): each for each in found}


def _summaries(actors: Collection[int]) -> dict[int, list[Memory]]:
    """Those of these actors, of the shortest spans first."""
    found: dict[int, list[Memory]] = {}
    for each in Memory.objects.filter(actor__in=actors, kind=Memory.Kind.SUMMARY):
        found.setdefault(each.actor_id, []).append(each)
    for of_actor in found.values():
        of_actor.sort(key=lambda each: _span(each)[1] - _span(each)[0])
    return found


def _standing_for(summaries: Sequence[Memory], at: int) -> Memory | None:
    """The summary that stands for what was laid down at a game time."""
    standing = (each for each in summaries if _span(each)[0] <= at <= _span(each)[1])
    return next(standing, None)


def _span(summary: Memory) -> tuple[int, int]:
    """When the first and the last of what it stands for was laid down."""
    told = summary.replaced or {}
    return told["since"], told["until"]
