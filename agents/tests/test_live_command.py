"""`manage.py live`, as somebody at a terminal meets it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from world.models import World

pytestmark = pytest.mark.django_db


def live(**options: Any) -> str:
    out = StringIO()
    call_command("live", stdout=out, scenario="hamlet", **options)
    return out.getvalue()


def test_json_says_everything_in_one_line_and_the_same_twice() -> None:
    first, again = (json.loads(live(days=0.2, seed=4, json=True)) for _ in range(2))
    assert first["residents"] == 12
    assert first["lived_until"] == 21_600 + 17_280
    assert first["events"]["activity_start"] > 12
    assert len(first["hash"]) == 64
    assert first["society"]["conversations"] == first["events"]["conversation_start"]
    assert first["society"]["sentences"] == first["events"]["conversation_message"]
    assert first["society"]["memories"] > 0
    del first["seconds"], again["seconds"]
    assert first == again
    assert not World.objects.exists(), "a town that is not kept leaves nothing behind"


def test_other_seeds_make_other_histories() -> None:
    hashes = {json.loads(live(days=0.1, seed=seed, json=True))["hash"] for seed in (1, 2, 3)}
    assert len(hashes) == 3


def test_a_kept_town_can_go_on() -> None:
    assert "/?world=hamlet-4" in live(days=0.1, seed=4, keep=True)
    more = json.loads(live(days=0.1, world="hamlet-4", json=True))
    whole = json.loads(live(days=0.2, seed=5, json=True))
    assert more["lived_until"] == whole["lived_until"]
    assert World.objects.filter(slug="hamlet-4").exists()


def test_the_table_is_for_people() -> None:
    told = live(days=1.1, seed=4)
    assert "12 residents" in told
    assert "unemployed" in told, "a day of the economy is shown"
    assert "the books add up" in told
    assert "conversations, sentences" in told
    assert "sleep a day, median" in told
    assert "history " in told
    assert "kept" not in told


def test_less_than_a_day_is_too_short_to_judge() -> None:
    told = live(days=0.2, seed=4)
    assert "sleep a day" not in told
    assert "at least a day" in told


def test_more_residents_make_districts() -> None:
    assert json.loads(live(days=0.05, seed=4, agents=30, json=True))["residents"] == 30


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"days": 0}, "--days must be more than 0"),
        ({"days": -1}, "--days must be more than 0"),
        ({"world": "atlantis"}, "there is no world 'atlantis'"),
        ({"agents": 0}, "at least one resident"),
        ({"seed": 2**32}, "4294967295"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(options: dict[str, Any], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        live(**options)
    assert not World.objects.exists()


def test_a_broken_scenario_is_refused_whole(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    folder.mkdir()
    (folder / "town.yaml").write_text("slug: nowhere\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"nowhere/town.yaml, line 1: name: Field required"):
        call_command("live", scenario=str(folder))
    assert not World.objects.exists()
