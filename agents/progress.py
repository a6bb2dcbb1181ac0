"""A bar in the terminal while a town lives without watchers."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from agents.headless import Lived, live
from world.models import World


def live_with_bar(world: World, until: int, *, console: Console, quiet: bool = False) -> Lived:
    """Live a world until a game time, as `agents.headless.live` does, and show how far it is."""
    begins = world.lived_until
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
        disable=quiet,
        transient=True,
    )
    with progress:
        task = progress.add_task(f"{world.name_en} lives", total=until - begins)
        return live(world, until, lambda reached: progress.update(task, completed=reached - begins))
