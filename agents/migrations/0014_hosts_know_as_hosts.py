"""Who gave a gathering knew of it as its host, not from an announcement."""

from django.db import migrations

ANNOUNCED, HOSTING, GATHERING = 2, 4, 2


class Migration(migrations.Migration):
    dependencies = [("agents", "0013_appointments")]

    operations = [
        migrations.RunSQL(
            f"""
            UPDATE agents_knowledge AS known SET how = {HOSTING}
            FROM agents_news AS news, world_actor AS actor
            WHERE news.id = known.news_id AND actor.id = known.actor_id
              AND news.kind = {GATHERING} AND news.about = actor.number
              AND known.how = {ANNOUNCED}
            """,
            f"UPDATE agents_knowledge SET how = {ANNOUNCED} WHERE how = {HOSTING}",
        ),
    ]
