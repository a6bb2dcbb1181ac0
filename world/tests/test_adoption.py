"""Worlds of an earlier version take over the rules that nobody had thought of then."""

from collections.abc import Callable

import pytest

from world import residence
from world.adoption import adopt_new_sections
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import World


@pytest.mark.django_db
def test_a_world_without_a_section_takes_it_from_its_scenario_once(
    found_town: Callable[..., World],
) -> None:
    world = found_town()
    talk = world.rulebooks.get(section="talk")
    content = talk.content
    talk.delete()
    world.rulebooks.filter(section="weather").update(content={"own": 1})
    adopt_new_sections()
    assert world.rulebooks.get(section="talk").content == content
    assert world.rulebooks.get(section="weather").content == {"own": 1}


@pytest.mark.django_db
def test_it_lives_on_with_them(found_town: Callable[..., World]) -> None:
    world = found_town()
    world.rulebooks.filter(section__in=["talk", "manners", "ties"]).delete()
    adopt_new_sections()
    residence.forget_all()
    assert advance(world_id=world.pk, until=world.instant + HOUR).done
