"""The audit: do the books of a world add up?"""

from dataclasses import dataclass

from django.db import connection

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


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found. Amounts are in fen.

    accounts, transfers: how many were looked at. differences: (actor's number, balance, sum of its
    transfers) of every account that is wrong. stranger: number of the first transfer of which a
    side has no account, None if there is none. total: the sum of all balances.
    """

    accounts: int
    transfers: int
    differences: tuple[tuple[int, int, int], ...]
    stranger: int | None
    total: int

    @property
    def passed(self) -> bool:
        """Whether every balance equals its transfers and no money came from nowhere."""
        return not self.differences and self.stranger is None and self.total == 0


def audit(world: World) -> Audit:
    """Add up every transfer of a world and compare with the balances."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES, {"world": world.pk})
        differences = tuple((number, held, int(due)) for number, held, due in cursor.fetchall())
        cursor.execute(_STRANGERS, {"world": world.pk})
        stranger = cursor.fetchone()
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
        stranger=stranger[0] if stranger else None,
        total=int(total),
    )
