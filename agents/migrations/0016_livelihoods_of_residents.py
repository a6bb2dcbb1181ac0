"""Every resident makes a living; the new hot tables are rewritten in place like the others."""

from django.db import migrations

TABLES = ("agents_livelihood", "agents_position")


class Migration(migrations.Migration):
    dependencies = [("agents", "0015_livelihoods")]

    operations = [
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET (fillfactor = 50)",
                f"ALTER TABLE {table} RESET (fillfactor)",
            )
            for table in TABLES
        ),
        migrations.RunPython(
            lambda apps, _: apps.get_model("agents", "Livelihood").objects.bulk_create(
                apps.get_model("agents", "Livelihood")(actor_id=actor)
                for actor in apps.get_model("agents", "AgentState").objects.values_list(
                    "actor_id", flat=True
                )
            ),
            migrations.RunPython.noop,
        ),
    ]
