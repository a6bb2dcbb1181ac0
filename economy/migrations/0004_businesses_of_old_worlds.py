"""Worlds that were founded before go on: institutions keep shop, and balances are what they were."""

from django.db import migrations

TABLES = ("economy_business", "economy_loan")


class Migration(migrations.Migration):
    dependencies = [("economy", "0003_books_and_businesses")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET (fillfactor = 50)",
                f"ALTER TABLE {table} RESET (fillfactor)",
            )
            for table in TABLES
        ),
        migrations.RunSQL("UPDATE economy_account SET entered = balance", migrations.RunSQL.noop),
        migrations.RunSQL(
            """
            INSERT INTO economy_business (actor_id, place, owner, closed_at, stock, sales, usual,
                payroll, settled_at, customers, price, losing, free)
            SELECT actor.id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 0, 0 FROM world_actor actor
            WHERE actor.kind IN ('treasury', 'bank', 'landlord')
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            """
            UPDATE economy_business SET settled_at = world.lived_until
            FROM world_actor actor JOIN world_world world ON world.id = actor.world_id
            WHERE actor.id = economy_business.actor_id
            """,
            migrations.RunSQL.noop,
        ),
    ]
