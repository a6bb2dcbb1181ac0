"""Talk: who is in which conversation, what people are to each other, and what was talked."""

from django.db import models
from django.db.models import F, Q

from world.engine.lines import FULL
from world.models import Actor, World


class AgentTalk(models.Model):
    """The hot state of a resident who talks, or does not, written by `world.commit` alone.

    host: on whose row (a number) the conversation stands that one is in, 0 for none; joined_at:
    since when; said: sentences said in it; feeling: the Emotion of the last of them. asked_at: when
    one's model was asked what to say now, 0 while it is not. waits: 1 if one has to decide
    something once it is over.

    On the row of the host, of the conversation: began and initiator, its identity; phase, why,
    topic, ending: codes of `agents.conversations.vocabulary`; turns so far, and how many it is to
    have; speaker: who spoke last, and spoke_at when; turn_of: whose turn is next, 0 if nobody
    was addressed; act: what was done with the last sentence (an Act); angry: angry sentences; news:
    the number of what was told with the last sentence, 0 for none.

    before, before_place: what was done last, and where. emotion, emotion_at: what one felt in the
    last conversation, and when; met, met_in: with whom it was, and where. chats: conversations so
    far, but for those that were service.
    """

    actor = models.OneToOneField(
        Actor, on_delete=models.CASCADE, primary_key=True, related_name="talk"
    )
    joined_at = models.BigIntegerField(default=0)
    asked_at = models.BigIntegerField(default=0)
    began = models.BigIntegerField(default=0)
    spoke_at = models.BigIntegerField(default=0)
    emotion_at = models.BigIntegerField(default=0)
    host = models.IntegerField(default=0)
    initiator = models.IntegerField(default=0)
    speaker = models.IntegerField(default=0)
    turn_of = models.IntegerField(default=0)
    before_place = models.IntegerField(default=0)
    news = models.IntegerField(default=0)
    met = models.IntegerField(default=0)
    met_in = models.IntegerField(default=0)
    said = models.SmallIntegerField(default=0)
    feeling = models.SmallIntegerField(default=0)
    waits = models.SmallIntegerField(default=0)
    phase = models.SmallIntegerField(default=0)
    why = models.SmallIntegerField(default=0)
    topic = models.SmallIntegerField(default=0)
    ending = models.SmallIntegerField(default=0)
    turns = models.SmallIntegerField(default=0)
    limit = models.SmallIntegerField(default=0)
    act = models.SmallIntegerField(default=0)
    angry = models.SmallIntegerField(default=0)
    before = models.SmallIntegerField(default=-1)
    emotion = models.SmallIntegerField(default=0)
    chats = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"talk of {self.actor}"


class Relationship(models.Model):
    """What one is to the other, as the one sees it; written by `world.commit` alone.

    strength: milli-points, 0 to FULL. regard: what the one thinks of the other, milli-points,
    -FULL to FULL. love: a Love. sore: 1 from a quarrel until they are reconciled. known_since,
    met_at: when they first and last talked. talks: how often. lines: sentences that the one has
    said to the other. topic: what they last talked about.
    """

    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="relationships", db_index=False
    )
    other = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="known_by")
    known_since = models.BigIntegerField(default=0)
    met_at = models.BigIntegerField(default=0)
    strength = models.IntegerField(default=0)
    regard = models.IntegerField(default=0)
    talks = models.IntegerField(default=0)
    lines = models.IntegerField(default=0)
    love = models.SmallIntegerField(default=0)
    sore = models.SmallIntegerField(default=0)
    topic = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "other"], name="one_relationship_each_way"),
            models.CheckConstraint(
                name="nobody_is_related_to_themselves", condition=~Q(actor=F("other"))
            ),
            models.CheckConstraint(
                name="strength_and_regard_are_within_bounds",
                condition=Q(
                    strength__gte=0, strength__lte=FULL, regard__gte=-FULL, regard__lte=FULL
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} to {self.other}"


class Conversation(models.Model):
    """A conversation, for those who read; what was said stands in the log.

    number: its identity in its world. began, ended: game times; ended is empty while it goes on.
    first_seq, last_seq: the events between which it lies.
    """

    world = models.ForeignKey(
        World, on_delete=models.CASCADE, related_name="conversations", db_index=False
    )
    number = models.BigIntegerField()
    place = models.IntegerField()
    initiator = models.IntegerField()
    began = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)
    why = models.SmallIntegerField()
    topic = models.SmallIntegerField(default=0)
    ending = models.SmallIntegerField(default=0)
    messages = models.IntegerField(default=0)
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-began", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["world", "number"], name="conversation_in_world"),
        ]
        indexes = [
            models.Index(fields=["world"], condition=Q(ended=None), name="conversations_going_on"),
            models.Index(fields=["world", "began"], name="conversations_by_time"),
        ]

    def __str__(self) -> str:
        return f"conversation {self.number}"


class Participation(models.Model):
    """Somebody's part in a conversation. left: empty while they are in it."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participations", db_index=False
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="participations", db_index=False
    )
    joined = models.BigIntegerField()
    left = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "actor", "joined"], name="one_part_at_a_time"
            ),
        ]
        indexes = [
            # The conversations of somebody, the latest first.
            models.Index(fields=["actor", "-joined"], name="participations_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} in {self.conversation}"
