"""What residents think, in words."""

import re
from collections.abc import Callable

import pytest

from agents.minds.wording import (
    CAUSES,
    PLACEHOLDERS,
    Language,
    Wording,
    check_thoughts,
)
from world.advance import advance
from world.engine.gametime import HOUR
from world.models import World
from world.scenario import Scenario, ScenarioError
from world.stream.snapshot import snapshot

Found = Callable[..., World]


@pytest.fixture
def wording(hamlet: Scenario) -> Wording:
    return Wording.compile(hamlet["thoughts"], hamlet["fortunes"].refused, seed=1)


def test_everybody_thinks_something_in_both_languages(found_town: Found) -> None:
    world = found_town()
    advance(world_id=world.pk, until=world.instant + 3 * HOUR)
    agents = snapshot(world_id=world.pk)["agents"]
    thoughts = dict(zip(agents["id"], agents["thought"], strict=True))
    chinese, english = (
        {number: thought[language] for number, thought in thoughts.items()}
        for language in ("zh", "en")
    )
    assert set(chinese) == set(english) == set(range(1, 13))
    for thought in chinese.values():
        assert re.search("[\u4e00-\u9fff]", thought)
        assert not re.search("[{}]", thought)
    for thought in english.values():
        assert re.search("[a-z]", thought)
        assert not re.search("[{}\u4e00-\u9fff]", thought)
        assert thought[0] == thought[0].upper()
    assert len(set(english.values())) > 5


def test_there_are_words_for_every_cause_of_every_moment(wording: Wording) -> None:
    for moment, causes in CAUSES.items():
        for cause in causes:
            said = {
                wording.thought(
                    moment=moment,  # type: ignore[arg-type]
                    cause=cause,
                    activity="rest",
                    who=who,
                    when=60,
                )["en"]
                for who in range(40)
            }
            assert len(said) >= 3, f"{moment} {cause}: always the same words"


def test_the_same_moment_has_the_same_words_in_either_language(wording: Wording) -> None:
    def said(who: int, when: int, language: Language) -> str:
        return wording.thought(moment="doing", cause="none", activity="idle", who=who, when=when)[
            language
        ]

    lines = {line.zh: line.en for line in wording.lines["doing", "none", None]}
    for who in range(20):
        assert lines[said(who, 60, "zh")] == said(who, 60, "en")
        assert said(who, 60, "zh") == said(who, 60, "zh")
    assert len({said(7, when, "zh") for when in range(0, 3000, 30)}) > 1


def test_lines_speak_only_of_what_is_known_then(hamlet: Scenario) -> None:
    for entry in hamlet["thoughts"]:
        for line in entry.lines:
            used = set(re.findall(r"\{(.*?)\}", line.zh + line.en))
            assert used <= PLACEHOLDERS.get(entry.moment, set())


def test_missing_words_are_told(hamlet: Scenario) -> None:
    kept = [entry for entry in hamlet["thoughts"] if entry.motive != "order"]
    broken = Scenario(hamlet.folder, {**hamlet.content, "thoughts": kept})
    check_thoughts(broken)
    assert {problem.expected for problem in broken.problems} == {
        f"expected an entry without activity for motive order, moment {moment}"
        for moment in ("going", "doing")
    }
    with pytest.raises(ScenarioError, match="motive order"):
        broken.raise_problems()
