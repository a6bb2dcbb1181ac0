"""The doctor: each thing that can be wrong is found, with what to do, in both languages."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.utils.translation import override

from agents.fake_llm.running import fake_llm
from agents.minds import gate
from agents.minds.catalogue import give_mind
from agents.models import LanguageModel, MindsPolicy, Thought
from agents.tests.models import language_model
from aisociety.doctor import examine
from world import pace
from world.advance import advance
from world.engine.gametime import HOUR
from world.examination import Finding
from world.models import World

Found = Callable[..., World]


@pytest.fixture(autouse=True)
def nothing_is_known() -> Iterator[None]:
    cache.clear()
    with gate.shared() as connection:
        for key in connection.scan_iter("minds:*"):
            connection.delete(key)
    with override("en"):
        yield


def findings(world: World | None) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(world)}


def thinking(found_town: Found, model: LanguageModel) -> World:
    world = found_town()
    give_mind(world=world, model=model)
    advance(world_id=world.pk, until=world.instant + HOUR // 4)
    world.refresh_from_db()
    return world


def test_services_are_well_and_missing_processes_are_named(found_town: Found) -> None:
    found = findings(found_town())
    for name in ("database", "schema", "redis", "embeddings"):
        assert found[name].condition == "well", found[name]
    for name in ("engine worker", "minds worker", "beat"):
        assert found[name].condition == "ill"
        assert found[name].advice
    assert found["clock"].condition == "weak"
    assert found["minds"].condition == "weak"
    assert "manage.py mind all" in found["minds"].advice


def test_without_a_world_it_says_how_to_found_one(db: None) -> None:
    assert "make up" in findings(None)["world"].advice


def test_a_clock_that_runs_without_an_engine_is_ill(found_town: Found) -> None:
    world = found_town()
    pace.resume(world=world)
    world.refresh_from_db()
    assert findings(World.objects.get(pk=world.pk))["clock"].condition == "ill"


def test_a_model_without_key_or_price_is_ill(found_town: Found) -> None:
    keyless = language_model(name="keyless", key_variable="NO_SUCH_KEY")
    found = findings(thinking(found_town, keyless))["model keyless"]
    assert found.condition == "ill"
    assert "NO_SUCH_KEY" in found.seen + found.advice
    unpriced = language_model(name="unpriced", price=None)
    assert findings(thinking(found_town, unpriced))["model unpriced"].condition == "ill"


def test_an_endpoint_is_asked_which_models_it_has(
    found_town: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = findings(thinking(found_town, language_model(name="nowhere")))
    assert nowhere["endpoint of nowhere"].condition == "ill"
    monkeypatch.setenv("DOCTORS_KEY", "sk-wrong-key-12345678")
    with fake_llm(model=["here"], key="sk-the-right-key-1234") as fake:
        wrong = language_model(name="wrong", base_url=fake.base_url, key_variable="DOCTORS_KEY")
        refused = findings(thinking(found_town, wrong))["endpoint of wrong"]
        assert refused.condition == "ill"
        assert "sk-wrong-key" not in refused.seen
        monkeypatch.setenv("DOCTORS_KEY", "sk-the-right-key-1234")
        assert findings(World.objects.latest("pk"))["endpoint of wrong"].condition == "weak"
        LanguageModel.objects.filter(name="wrong").update(remote_name="here")
        assert findings(World.objects.latest("pk"))["endpoint of wrong"].condition == "well"


def test_who_waits_is_named_and_for_how_long(found_town: Found) -> None:
    world = thinking(found_town, language_model())
    waiting = Thought.objects.filter(world=world, status="waiting")
    assert waiting.exists()
    name = waiting.order_by("asked_real")[0].actor.name_en
    found = findings(world)["queue"]
    assert found.condition == "well"
    assert name in found.seen
    waiting.update(asked_real="2020-01-01T00:00:00Z")
    assert findings(world)["queue"].condition == "ill"


def test_the_budget_and_failing_answers_are_told(found_town: Found) -> None:
    world = thinking(found_town, language_model())
    assert findings(world)["budget"].condition == "well"
    MindsPolicy.objects.update_or_create(world=world, defaults={"daily_usd": 0})
    assert findings(world)["budget"].condition == "ill"
    Thought.objects.filter(world=world).update(
        status="answered", failure="timeout", detail="no answer within 1 s"
    )
    found = findings(world)["answers"]
    assert found.condition == "weak"
    assert "no answer within 1 s" in found.advice


def test_everything_is_said_in_chinese_too(found_town: Found) -> None:
    world = thinking(found_town, language_model())
    with override("zh-hans"):
        found = examine(world)
    for finding in found:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in finding.seen), finding
        assert not finding.advice or any("\u4e00" <= x <= "\u9fff" for x in finding.advice), finding
