"""One stack for all drills, with watchers, and a model that residents think with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from deploy.stack.layout import Layout
from deploy.stack.stack import Stack
from tests.chaos.disturbing import Clock, small_disk
from tests.chaos.reporting import Report, Result
from tests.chaos.soundness import assert_sound
from tests.chaos.watching import Watchers
from tests.web_process import free_port

WATCHERS = 12
SCALE = "60"
"""Game minutes in a real one: an hour of a drill is two and a half days."""

Sound = Callable[[Result], None]


@pytest.fixture(scope="session")
def layout() -> Iterator[Layout]:
    # Not in pytest's own folders, which are for one account: stores run as another.
    with TemporaryDirectory(prefix="stack-") as folder:
        Path(folder).chmod(0o711)
        yield Layout(Path(folder) / "s", free_port())


@pytest.fixture(scope="session")
def clock(layout: Layout) -> Clock:
    return Clock(layout)


@pytest.fixture(scope="session")
def stack(layout: Layout, clock: Clock) -> Iterator[Stack]:
    """A town behind nginx, as `make stack` brings it up."""
    stack = Stack(
        layout, fake_model=True, TIME_SCALE=SCALE, REST_RATE="100000/min", **clock.environment()
    )
    with small_disk(layout):
        try:
            stack.up()
            yield stack
        finally:
            if stack.supervisor.answers():
                stack.down()


@pytest.fixture(scope="session")
def watchers(stack: Stack) -> Iterator[Watchers]:
    """Those who watch from the first drill to the last."""
    with Watchers(stack, WATCHERS) as watching:
        watching.await_news()
        yield watching


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Iterator[Report]:
    """Collects results; the pages are written if every drill was run and passed."""
    report = Report()
    yield report
    session = request.session
    if session.testsfailed == 0 and len(report.results) == session.testscollected:
        report.write()


@pytest.fixture(autouse=True)
def everybody_runs(stack: Stack) -> None:
    """No drill inherits what another one left broken."""
    for name in stack.supervisor.states():
        if name != "standby":
            stack.supervisor.run(name)
    stack.wait_for("the town", stack.is_ready, seconds=180)


@pytest.fixture
def sound(stack: Stack, watchers: Watchers, report: Report) -> Sound:
    """Looks whether everything is as if nothing had happened, and keeps the result of a drill."""

    def look(result: Result) -> None:
        result.events = assert_sound(stack, watchers)
        report.results.append(result)

    return look
