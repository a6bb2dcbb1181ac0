"""Every resident gets a mind; the new hot table is rewritten in place like the others."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agents", "0003_minds")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE agents_agentmind SET (fillfactor = 50)",
            "ALTER TABLE agents_agentmind RESET (fillfactor)",
        ),
        migrations.RunPython(
            lambda apps, _: apps.get_model("agents", "AgentMind").objects.bulk_create(
                apps.get_model("agents", "AgentMind")(actor_id=actor)
                for actor in apps.get_model("agents", "AgentState").objects.values_list(
                    "actor_id", flat=True
                )
            ),
            migrations.RunPython.noop,
        ),
    ]
