"""Whatever goes wrong with a model, the town lives on, and says so."""

from collections.abc import Callable, Iterator

import pytest

from agents import events
from agents.fake_llm.running import FakeModel, fake_llm
from agents.minds.catalogue import give_mind
from agents.minds.headless import advance_thinking
from agents.models import Spending, Thought
from agents.provenance import Source
from tests.laws.models import model_at
from world import residence
from world.engine.gametime import HOUR, NEVER
from world.models import Event, World

Found = Callable[..., World]

pytestmark = pytest.mark.django_db(transaction=True)

SPAN = 2 * HOUR


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeModel]:
    with fake_llm() as running:
        yield running


def live(world: World, until: int) -> None:
    advance_thinking(world=world, until=until)
    world.refresh_from_db()
    pipeline = residence.kept_pipeline(world.pk, world.version)
    assert pipeline is not None
    due = pipeline.columns[residence.ACTORS].due_at()
    assert due.min() > world.instant
    assert due.max() < NEVER, "somebody waits for nothing"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("429", {"timeout", "unreachable"}),
        ("500", {"unreachable"}),
        ("timeout", {"timeout", "unreachable"}),
        ("slow_first_byte", {"timeout", "unreachable"}),
        ("malformed", {"invalid"}),
        ("blank", {"invalid"}),
        ("wrong_schema", {"invalid"}),
        ("empty", {"invalid"}),
        ("dropped", {"unreachable"}),
        ("impossible", {"impossible"}),
        ("unauthorized", {"unreachable"}),
    ],
)
def test_with_every_call_failing_the_town_lives_on_and_every_fallback_is_marked(
    found_town: Found,
    fake: FakeModel,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    expected: set[str],
) -> None:
    fake.control(**{fault: 1.0})
    model = model_at(fake, name=f"fake-{fault}", timeout_seconds=1)
    world = found_town(seed=5)
    give_mind(world=world, model=model)
    # An endpoint that is busy asks for a second's patience each time.
    live(world, world.instant + (HOUR // 2 if fault == "429" else HOUR))

    # What cannot be done is a matter of decisions: whatever is said is said.
    purposes = ["decide"] if expected == {"impossible"} else ["decide", "speak"]
    thoughts = Thought.objects.filter(world=world, purpose__in=purposes)
    failures = set(thoughts.values_list("failure", flat=True))
    assert failures
    assert failures <= expected
    said = Event.objects.filter(world=world, kind=events.SAID)
    if "speak" in purposes:
        assert not said.filter(source=Source.MODEL).exists()
    told = set(said.filter(data__has_key="stand_in").values_list("data__stand_in", flat=True))
    assert told <= expected
    deeds = Event.objects.filter(world=world, kind__in=(events.MOVED, events.STARTED))
    assert deeds.filter(source=Source.INSTINCT).count() > (5 if fault == "429" else 10)
    assert not deeds.filter(source=Source.MODEL).exists()
    unmarked = deeds.filter(source=Source.INSTINCT).exclude(data__has_key="stand_in")
    assert not unmarked.exists()
    marks = set(deeds.filter(source=Source.INSTINCT).values_list("data__stand_in", flat=True))
    assert marks <= expected | {"soon"}
    assert not Spending.objects.exclude(reserved=0).exists()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_model_that_fails_now_and_then_and_comes_back_is_followed_again(
    found_town: Found, fake: FakeModel
) -> None:
    fake.control(**{"500": 0.2, "malformed": 0.2, "impossible": 0.2, "dropped": 0.1})
    world = found_town(seed=6)
    give_mind(world=world, model=model_at(fake, name="fake-moody"))
    live(world, world.instant + SPAN)
    deeds = Event.objects.filter(world=world, kind__in=(events.MOVED, events.STARTED))
    assert deeds.filter(source=Source.MODEL).exists()
    fake.control()
    before = world.seq
    live(world, world.lived_until + SPAN)
    later = deeds.filter(seq__gt=before)
    assert later.filter(source=Source.MODEL).count() > later.filter(source=Source.INSTINCT).count()
