"""A bar in the terminal while a town lives without watchers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from world.models import World


@contextmanager
def bar_of(
    world: World, until: int, *, console: Console, quiet: bool = False
) -> Iterator[Callable[[int], None]]:
    """Show how far a world is on its way to a game time; gives what is to be told the time."""
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
        yield lambda reached: progress.update(task, completed=reached - begins)
