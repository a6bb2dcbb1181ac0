"""The grammar of talk: every variant is another sentence, and a faulty one is told whole."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from agents.conversations import grammar as module
from agents.conversations.grammar import PARTS, SPOKEN_OF, WIDTH, Grammar, decoration
from agents.conversations.presentation import Names
from world.scenario import Bilingual, Scenario, ScenarioError

NAMES: Names = {
    name: {"zh": f"<{name}>", "en": f"<{name}>"}
    for name in sorted(set().union(*SPOKEN_OF.values()))
}
WEEK_OF_TALK = 612
"""Sentences that one can say to one person in a game week: awake for 17.5 h a day, a talk with the
same person once an hour, five of at most ten sentences each."""


@pytest.fixture(scope="module")
def town(read_scenario: Callable[[str], Scenario]) -> Scenario:
    return read_scenario("sunshine")


def test_every_variant_is_another_sentence_in_both_languages(town: Scenario) -> None:
    grammar = Grammar.compile([town[part] for part in PARTS], town["registers"])
    assert len(grammar.cores) > 90
    for act, key in grammar.cores:
        count = grammar.cores_of(act, key) * WIDTH
        assert count > WEEK_OF_TALK
        told = [grammar.sentence(act, key, variant, NAMES) for variant in range(count)]
        for language in ("zh", "en"):
            assert len({each[language] for each in told}) == count, (act, key, language)
            assert not any("{" in each[language] for each in told)


def test_every_way_to_decorate_is_another_one() -> None:
    assert len({decoration(index) for index in range(WIDTH)}) == WIDTH
    assert decoration(0) == (-1, -1)


def faulty(town: Scenario, **changes: str | list[Bilingual]) -> list[str]:
    """What is said of a town whose first sentences of manners.yaml are changed."""
    first, *rest = town["manners"]
    content = town.content | {"manners": [first.model_copy(update=changes), *rest]}
    scenario = replace(town, content=content, problems=[])
    module.SECTIONS[-1].check(scenario)  # type: ignore[misc]
    with pytest.raises(ScenarioError) as told:
        scenario.raise_problems()
    return [str(problem) for problem in told.value.problems]


def test_faults_are_told_with_what_was_expected(town: Scenario) -> None:
    assert any("one of greet, greet-back" in told for told in faulty(town, act="grunt"))
    assert any("a register of registers.yaml" in told for told in faulty(town, style="loud"))
    missing = faulty(town, key="stray")
    assert any("act greet, key stranger" in told for told in missing)
    line = Bilingual(zh="{weather}不错。", en="{weather} is fine.")
    assert any("no placeholder {weather}" in told for told in faulty(town, lines=[line]))
    twice = town["manners"][1].lines[0]
    assert any("a sentence of its own" in told for told in faulty(town, lines=[twice]))
