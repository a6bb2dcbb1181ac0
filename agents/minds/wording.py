"""Wording: what a resident thinks, in words, from what moved the choice.

Instinct decides by numbers; the reason that it gives is a line of the scenario's thoughts.yaml for
what spoke most for the choice. Which of the variants it is, is drawn with the resident's own luck,
so the same moment always has the same words, in either language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from agents.needs import NEEDS
from agents.provenance import Motive
from world.engine.draws import Draws, purpose
from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Key

VARIANT = purpose("agents.wording.variant")

Language = Literal["zh", "en"]
Names = Mapping[Language, str]
Moment = Literal["going", "doing", "refused", "alert"]

NOTHING: Names = {"zh": "", "en": ""}

PLACEHOLDERS = {"going": {"place", "activity"}, "doing": {"activity"}, "refused": {"place"}}
"""What lines of a moment may speak of; in others nothing."""

MOTIVES = tuple(motive.name.lower() for motive in Motive)
CAUSES: dict[str, tuple[str, ...]] = {
    "going": MOTIVES,
    "doing": MOTIVES,
    "refused": ("closed", "full", "unaffordable"),
    "alert": NEEDS,
}
"""What may have brought each moment about: the names that entries give as their motive."""


class ThoughtSpec(Strict):
    """An entry of thoughts.yaml; without an activity it serves every one."""

    motive: str
    moment: Moment
    activity: Key | None = None
    lines: Annotated[list[Bilingual], Field(min_length=3)]


def check_thoughts(scenario: Scenario) -> None:
    """There are words for everything, once, of known activities, with known placeholders only."""
    activities = {activity.key for activity in scenario["activities"]}
    seen = set()
    for index, entry in enumerate(scenario["thoughts"]):
        if entry.motive not in CAUSES[entry.moment]:
            known = ", ".join(CAUSES[entry.moment])
            scenario.problem("thoughts", (index, "motive"), f"expected one of {known}")
        if entry.activity is not None and entry.activity not in activities:
            scenario.problem(
                "thoughts",
                (index, "activity"),
                f"expected an activity of activities.yaml (found {entry.activity!r})",
            )
        key = (entry.moment, entry.motive, entry.activity)
        if key in seen:
            scenario.problem("thoughts", (index,), "expected one entry for the same moment only")
        seen.add(key)
        _check_lines(scenario, index, entry)
    for moment, causes in CAUSES.items():
        for cause in causes:
            if (moment, cause, None) not in seen:
                scenario.problem(
                    "thoughts",
                    (),
                    f"expected an entry without activity for motive {cause}, moment {moment}",
                )


def _check_lines(scenario: Scenario, index: int, entry: ThoughtSpec) -> None:
    allowed = PLACEHOLDERS.get(entry.moment, set())
    for position, line in enumerate(entry.lines):
        used = set(re.findall(r"\{(.*?)\}", line.zh + line.en))
        if used - allowed:
            scenario.problem(
                "thoughts",
                (index, "lines", position),
                f"expected no placeholders but {', '.join(sorted(allowed)) or 'none'}"
                f" (found {', '.join(sorted(used - allowed))})",
            )


SECTION = Section("thoughts", list[ThoughtSpec], check_thoughts)


@dataclass(frozen=True)
class Wording:
    """The words of one town: lines by (moment, cause, activity or None)."""

    seed: int
    lines: dict[tuple[str, str, str | None], tuple[Bilingual, ...]]

    @classmethod
    def compile(
        cls, specs: Sequence[ThoughtSpec], refused: Mapping[str, Sequence[Bilingual]], seed: int
    ) -> "Wording":
        """From the sections `thoughts` and `fortunes` (refused: lines by Refusal), and the seed of
        the world."""
        lines: dict[tuple[str, str, str | None], tuple[Bilingual, ...]] = {
            ("refused", cause, None): tuple(told) for cause, told in refused.items()
        }
        for spec in specs:
            lines[spec.moment, spec.motive, spec.activity] = tuple(spec.lines)
        return cls(seed, lines)

    def thought(
        self,
        *,
        moment: Moment,
        cause: str,
        activity: str,
        who: int,
        when: int,
        place_name: Names = NOTHING,
        activity_name: Names = NOTHING,
    ) -> dict[Language, str]:
        """What the resident `who` thinks at the game time `when`, in both languages.

        cause: a name of CAUSES[moment]. activity: its key.
        """
        lines = self.lines.get((moment, cause, activity)) or self.lines[moment, cause, None]
        index = int(Draws(self.seed, when).below(len(lines), who, VARIANT)[0])
        return {
            "zh": _filled(lines[index].zh, place_name["zh"], activity_name["zh"]),
            "en": _filled(lines[index].en, place_name["en"], activity_name["en"]),
        }


def _filled(line: str, place: str, activity: str) -> str:
    sentence = line.replace("{place}", place).replace("{activity}", activity)
    return sentence[:1].upper() + sentence[1:]
