"""News: what there is to know, and who knows it from whom."""

from django.db import models

from world.models import Actor, World


class News(models.Model):
    """Something that people tell each other; its columns are written by `world.commit` alone.

    number: its identity in its world. kind: a `Kind` of `agents.news.vocabulary`. at: when it came
    up; until: when nobody speaks of it any more. about, other: the numbers of those whom it is
    about, 0 for nobody; other of an announcement: who alone is told. place, starts: where it was or
    will be, and when that begins, 0 for none. urgency: an `Urgency`. text: the words of an
    announcement.
    """

    world = models.ForeignKey(World, on_delete=models.CASCADE, related_name="news", db_index=False)
    number = models.IntegerField()
    at = models.BigIntegerField(default=0)
    until = models.BigIntegerField(default=0)
    starts = models.BigIntegerField(default=0)
    about = models.IntegerField(default=0)
    other = models.IntegerField(default=0)
    place = models.IntegerField(default=0)
    kind = models.SmallIntegerField(default=0)
    urgency = models.SmallIntegerField(default=0)
    text_zh = models.TextField(db_default="")
    text_en = models.TextField(db_default="")

    class Meta:
        ordering = ["-number"]
        verbose_name_plural = "news"
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="news_in_world"),
        ]

    def __str__(self) -> str:
        return f"news {self.number}"


class Knowledge(models.Model):
    """That somebody knows something new; written by `world.commit` alone.

    how: a `How` of `agents.news.vocabulary`. heard_at: since when; source: the number of who told
    it, 0 for nobody. told, told_at: how often one has passed it on, and when last.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="knowledge", db_index=False
    )
    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="knowledge")
    heard_at = models.BigIntegerField(default=0)
    told_at = models.BigIntegerField(default=0)
    source = models.IntegerField(default=0)
    told = models.IntegerField(default=0)
    how = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "knowledge"
        constraints = [
            models.UniqueConstraint(fields=["actor", "news"], name="known_once"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} knows {self.news}"
