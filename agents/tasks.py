"""What the workers do for residents."""

from celery import shared_task

from agents.minds.governor import GOVERN, govern_all
from agents.minds.waking import THINK
from agents.remembering.reader import EMBED, start_reading


# The row is the queue: a message that is lost costs nothing, and one that comes twice does nothing.
@shared_task(name=THINK, ignore_result=True, acks_late=False)
def think() -> None:
    """Put to their models all thoughts that wait."""
    # The client is large, and only one of the workers needs it.
    from agents.minds.worker import ask_everything

    ask_everything()


# The loop that asks models may keep this worker for hours, so the reading goes on beside it.
@shared_task(name=EMBED, ignore_result=True, acks_late=False)
def embed() -> None:
    """See to it that this worker lets the embedding model read memories."""
    start_reading()


@shared_task(name=GOVERN, ignore_result=True)
def govern() -> None:
    """Tell worlds how it stands with their models, and call for whoever should ask."""
    govern_all()
