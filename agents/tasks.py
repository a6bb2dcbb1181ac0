"""What the workers do for residents."""

from celery import shared_task

from agents.minds.governor import GOVERN, govern_all
from agents.minds.waking import THINK


# The row is the queue: a message that is lost costs nothing, and one that comes twice does nothing.
@shared_task(name=THINK, ignore_result=True, acks_late=False)
def think() -> None:
    """Put to their models all thoughts that wait."""
    # The client is large, and only one of the workers needs it.
    from agents.minds.worker import ask_everything

    ask_everything()


@shared_task(name=GOVERN, ignore_result=True)
def govern() -> None:
    """Tell worlds how it stands with their models, and call for whoever should ask."""
    govern_all()
