"""Hot tables are rewritten all the time: half-empty pages keep updates in place (HOT)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("economy", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE economy_account SET (fillfactor = 50)",
            "ALTER TABLE economy_account RESET (fillfactor)",
        )
    ]
