"""The audit: do the books of a world add up, and are they what was told when money moved?"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from economy import events
from world.integrity import stop_broken_world
from world.models import World

_DIFFERENCES = """
SELECT actor.number, account.balance, coalesce(entries.total, 0)
FROM economy_account account
JOIN world_actor actor ON actor.id = account.actor_id
LEFT JOIN (
    SELECT party, sum(amount) AS total
    FROM (
        SELECT payee AS party, amount FROM economy_transfer WHERE world_id = %(world)s
        UNION ALL
        SELECT payer, -amount FROM economy_transfer WHERE world_id = %(world)s
    ) AS side
    GROUP BY party
) AS entries ON entries.party = actor.number
WHERE actor.world_id = %(world)s AND account.balance <> coalesce(entries.total, 0)
ORDER BY actor.number
"""

_STRANGERS = """
SELECT transfer.seq
FROM economy_transfer transfer
WHERE transfer.world_id = %(world)s AND (
    SELECT count(*) FROM world_actor actor
    JOIN economy_account account ON account.actor_id = actor.id
    WHERE actor.world_id = transfer.world_id
      AND actor.number IN (transfer.payer, transfer.payee)
) <> 2
ORDER BY transfer.seq
LIMIT 1
"""

_FALSE = """
SELECT coalesce(told.seq, kept.seq)
FROM (
    SELECT seq, world_time, actor, other, place, activity, reason, amount
    FROM world_event WHERE world_id = %(world)s AND kind = %(paid)s
) AS told
FULL JOIN (
    SELECT seq, world_time, payer, payee, place, activity, category, amount
    FROM economy_transfer WHERE world_id = %(world)s
) AS kept ON kept.seq = told.seq
WHERE (told.world_time, told.actor, told.other, told.place, told.activity, told.reason, told.amount)
    IS DISTINCT FROM
    (kept.world_time, kept.payer, kept.payee, kept.place, kept.activity, kept.category, kept.amount)
ORDER BY 1
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found. Amounts are in fen.

    accounts, transfers: how many were looked at. differences: (actor's number, balance, sum of its
    transfers) of every account that is wrong. false: number of the first transfer that is not what
    history told, was never told, or is missing; stranger: of the first of which a side has no
    account; None if there is none. total: the sum of all balances.
    """

    accounts: int
    transfers: int
    differences: tuple[tuple[int, int, int], ...]
    false: int | None
    stranger: int | None
    total: int

    @property
    def passed(self) -> bool:
        """Whether balances equal transfers, these equal history, and all money came from within."""
        nothing = self.false is None and self.stranger is None
        return nothing and not self.differences and self.total == 0

    @property
    def complaint(self) -> str:
        """What is wrong, the first wrong entry named; empty if nothing is."""
        if self.false is not None:
            return f"transfer {self.false} is not what history told"
        if self.stranger is not None:
            return f"transfer {self.stranger} has a side without an account"
        if self.differences:
            number, held, due = self.differences[0]
            return f"actor {number} holds {held} fen, but its transfers make {due}"
        return f"all balances sum up to {self.total} fen instead of 0" if self.total else ""


def audit(world: World) -> Audit:
    """Add up every transfer of a world and compare with the balances, and with the log."""
    parameters = {"world": world.pk, "paid": events.PAID}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES, parameters)
        differences = tuple((number, held, int(due)) for number, held, due in cursor.fetchall())
        false, stranger = _first(cursor, _FALSE, parameters), _first(cursor, _STRANGERS, parameters)
        cursor.execute(
            "SELECT count(*), coalesce(sum(balance), 0) FROM economy_account account"
            " JOIN world_actor actor ON actor.id = account.actor_id WHERE actor.world_id = %s",
            [world.pk],
        )
        accounts, total = cursor.fetchone()
    return Audit(
        accounts=accounts,
        transfers=world.transfers.count(),
        differences=differences,
        false=false,
        stranger=stranger,
        total=int(total),
    )


def audit_and_stop(world: World) -> Audit:
    """Audit a world, and stop it if its books are wrong: it must not live on a lie."""
    found = audit(world)
    if not found.passed and world.status == World.Status.ACTIVE:
        stop_broken_world(world_id=world.pk, reason=found.complaint)
    return found


def _first(cursor: Any, query: str, parameters: dict[str, int]) -> int | None:
    cursor.execute(query, parameters)
    row = cursor.fetchone()
    return row[0] if row else None
