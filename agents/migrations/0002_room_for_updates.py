"""Hot tables are rewritten all the time: half-empty pages keep updates in place (HOT)."""

from django.db import migrations

TABLES = ("agents_agentstate", "agents_skills")


class Migration(migrations.Migration):
    dependencies = [("agents", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET (fillfactor = 50)",
            f"ALTER TABLE {table} RESET (fillfactor)",
        )
        for table in TABLES
    ]
