"""The embedding model: reads memories in the background, and searches by its vectors alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.core.cache import cache
from django.test import Client
from structlog.testing import capture_logs

from agents.fake_llm.running import FakeModel
from agents.remembering import embedder, reader
from agents.remembering.embedder import EmbeddingError
from agents.remembering.reader import FAILURE, FIRST_PAUSE, PAUSE, Reader, read_on
from agents.tests.endpoints import endpoint
from agents.tests.pages import told
from memory.models import Memory, ModelVector
from memory.writing import Impression, remember
from world.models import Actor, World

KEY = "sk-of-nobody-0123456789"
TEXTS = [f"第{index}次在时光咖啡馆喝咖啡" for index in range(40)]
MATTER = TEXTS[7]

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(small_town: Callable[..., World]) -> World:
    """A hamlet in which one remembers TEXTS and nothing else is remembered."""
    world = small_town()
    Memory.objects.all().delete()
    lay_down(world, TEXTS)
    return world


@pytest.fixture
def model(fake: FakeModel, settings: Any, monkeypatch: pytest.MonkeyPatch) -> FakeModel:
    """The fake model makes vectors, and nothing failed before."""
    settings.EMBEDDING_MODEL = "fake-chat"
    settings.EMBEDDING_BASE_URL = fake.base_url
    monkeypatch.setenv("EMBEDDING_API_KEY", KEY)
    cache.delete(FAILURE)
    return fake


def lay_down(world: World, texts: list[str]) -> None:
    who = Actor.objects.get(world=world, number=1)
    remember([Impression(who.pk, 0, 1, 50, "", {"zh": text}) for text in texts])


def read_everything(one: Reader) -> int:
    """Returns in how many steps."""
    return next(steps for steps in range(100) if not one.step())


def search(client: Client, world: World, asked: str = MATTER) -> Any:
    return told(client, f"memories/search?world={world.slug}&q={asked}&limit=5")


def test_it_reads_everything_once_also_after_a_kill(
    town: World, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "AT_ONCE", 16)
    assert Reader().step() == 16
    again = Reader()
    assert read_everything(again) == 2
    asked = [body["input"] for body in model.requests()]
    assert [len(each) for each in asked] == [1, 16, 1, 16, 8]
    assert [text for each in asked for text in each if text in TEXTS] == TEXTS
    kept = ModelVector.objects.select_related("embedder").order_by("memory")
    assert {(each.embedder.name, each.embedder.dimension) for each in kept} == {("fake-chat", 256)}
    expected = embedder.embed(TEXTS, seconds=10)
    for each, vector in zip(kept, expected, strict=True):
        assert np.array(each.vector) == pytest.approx(vector, abs=1e-3)
    lay_down(town, ["新的一天"])
    assert again.step() == 1


def test_both_languages_are_read(town: World, model: FakeModel) -> None:
    who = Actor.objects.get(world=town, number=1)
    remember([Impression(who.pk, 0, 1, 50, "", {"zh": "下雨了", "en": "It rained."})])
    read_everything(Reader())
    assert model.requests()[-1]["input"][-1] == "下雨了\nIt rained."


def test_searches_go_by_the_model_and_say_so(
    town: World, model: FakeModel, admin_client: Client
) -> None:
    assert search(admin_client, town)["embedder"] == "lexical"
    read_everything(Reader())
    answer = search(admin_client, town)
    assert (answer["embedder"], answer["exact"]) == ("fake-chat", True)
    assert answer["memories"][0]["text"] == MATTER
    page = told(admin_client, f"agents/1/memories?world={town.slug}&q={MATTER}&limit=3")
    assert page["embedder"] == "fake-chat"
    assert page["memories"][0]["text"] == MATTER
    assert page["memories"][0]["scores"]["relevance"] == pytest.approx(1, abs=1e-2)
    assert told(admin_client, f"agents/1/memories?world={town.slug}")["embedder"] is None


def test_what_it_has_not_read_is_told_or_decides_for_the_lexical_vectors(
    town: World, model: FakeModel, admin_client: Client
) -> None:
    read_everything(Reader())
    lay_down(town, ["a"])
    answer = search(admin_client, town)
    assert (answer["embedder"], answer["exact"]) == ("fake-chat", False)
    lay_down(town, ["b", "c"])
    answer = search(admin_client, town)
    assert (answer["embedder"], answer["exact"]) == ("lexical", True)
    assert answer["memories"][0]["text"] == MATTER


def test_another_model_reads_everything_again(
    town: World, model: FakeModel, settings: Any, admin_client: Client
) -> None:
    one = Reader()
    read_everything(one)
    settings.EMBEDDING_MODEL = "fake-reasoner"
    assert search(admin_client, town)["embedder"] == "lexical"
    read_everything(one)
    makers = ModelVector.objects.values_list("embedder__name", flat=True)
    assert set(makers) == {"fake-reasoner"}
    assert len(makers) == len(TEXTS)
    assert search(admin_client, town)["embedder"] == "fake-reasoner"
    settings.EMBEDDING_DIMENSIONS = 100
    assert search(admin_client, town)["embedder"] == "lexical"
    read_everything(Reader())
    assert set(ModelVector.objects.values_list("embedder__dimension", flat=True)) == {100}
    assert search(admin_client, town)["embedder"] == "fake-reasoner"


def test_while_the_endpoint_fails_the_lexical_vectors_answer(
    town: World, model: FakeModel, admin_client: Client
) -> None:
    read_everything(Reader())
    model.control(**{"500": 1})
    answer = search(admin_client, town)
    assert (answer["embedder"], answer["exact"]) == ("lexical", True)
    assert answer["memories"][0]["text"] == MATTER
    asked = model.counters()["requests"]
    assert search(admin_client, town)["embedder"] == "lexical"
    assert model.counters()["requests"] == asked, "one who waited for it is enough"


def test_the_reader_backs_off_is_seen_to_fail_and_recovers(
    town: World, model: FakeModel, client: Client
) -> None:
    def state() -> str:
        told_: str = told(client, f"world/status?world={town.slug}")["memory"]["state"]
        return told_

    assert state() == "waiting"
    model.control(**{"500": 1})
    waited, states = [], []

    def waits(seconds: float) -> bool:
        waited.append(seconds)
        states.append(state())
        if len(waited) == 3:
            model.control()
        return len(waited) == 5

    with capture_logs() as logs:
        read_on(waits)
    assert waited == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 0, PAUSE]
    assert states == ["failing"] * 3 + ["reading"] * 2
    assert [each["event"] for each in logs].count("memories_not_read") == 3
    assert ModelVector.objects.count() == len(TEXTS)


def test_two_workers_do_not_read_at_once(town: World, model: FakeModel) -> None:
    from django.db import connection
    from psycopg import connect

    told_ = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    with connect(**{name: told_[name] for name in names if name in told_}) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [reader._LOCK])
        assert reader._step_alone(Reader()) == 0
        other.execute("SELECT pg_advisory_unlock(%s)", [reader._LOCK])
    assert model.counters()["requests"] == 0
    assert reader._step_alone(Reader()) == len(TEXTS)


def test_the_key_is_sent_and_told_to_nobody(
    town: World,
    model: FakeModel,
    settings: Any,
    admin_client: Client,
    capfd: pytest.CaptureFixture[str],
) -> None:
    seen = []

    def refuse(headers: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        seen.append(headers["authorization"])
        return 401, {"error": {"message": f"wrong key: {KEY}", "code": KEY}}

    with endpoint(refuse) as url:
        settings.EMBEDDING_BASE_URL = url
        with pytest.raises(EmbeddingError) as caught:
            embedder.embed(["x"], seconds=5)
        with capture_logs() as logs:
            read_on(lambda seconds: True)
        kept = cache.get(FAILURE)
        answer = search(admin_client, town)
    assert seen == [f"Bearer {KEY}"] * 2
    assert "401" in kept
    everything = (str(caught.value), str(logs), kept, str(answer), *capfd.readouterr())
    assert not any(KEY in each for each in everything)


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{"index": 0, "embedding": [0.0, 0.0]}],
        [{"index": 0, "embedding": []}],
        [{"index": 0, "embedding": [1.0] * 4001}],
        [{"index": 0, "embedding": ["x"]}],
        None,
    ],
)
def test_what_is_no_vector_is_refused(model: FakeModel, settings: Any, data: Any) -> None:
    with endpoint(lambda *_: (200, {"object": "list", "data": data, "model": "m"})) as url:
        settings.EMBEDDING_BASE_URL = url
        with pytest.raises(EmbeddingError):
            embedder.embed(["x"], seconds=5)


def test_without_a_model_nothing_is_read(town: World) -> None:
    reader.start_reading()
    assert not any(each.name == reader.EMBED for each in reader.threading.enumerate())
