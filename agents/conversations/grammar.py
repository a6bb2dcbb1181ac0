"""The grammar of talk: what people without a language model say, from the scenario's sentences.

A sentence is a core, to which an opener or a tail of its register may be added. What is stored of
it is which core with which decoration, so it can be written in either language at any time. A
speaker counts the sentences said to each person, and the count says which comes next: none comes
again before WIDTH times the number of cores, which is more than a game week has room for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from world.scenario import Bilingual, Scenario, Section, Strict
from world.sections import Key

Language = Literal["zh", "en"]

OPENERS, TAILS = 15, 16
SIMPLE = 1 + OPENERS + TAILS
WIDTH = 4 * SIMPLE
"""Ways to decorate a core: not at all, by one of the openers or tails, or by both."""

FEWEST_CORES = 8
NOTHING = Bilingual(zh="", en="")

SPOKEN_OF: dict[str, frozenset[str]] = {
    act: frozenset(names.split())
    for act, names in {
        "greet": "you hello",
        "greet-back": "you hello",
        "serve": "you place hello",
        "order": "you place",
        "teach": "you",
        "heed": "you",
        "join": "you",
        "welcome": "you",
        "share": "you person place activity",
        "ask": "you",
        "respond": "you",
        "recall": "you days topic place activity",
        "news": "you person other place when news",
        "thanks": "you",
        "known": "you",
        "quarrel": "you",
        "peace": "you",
        "love": "you",
        "bye": "you place when",
        "bye-back": "you",
        "decline": "you",
        "leave": "you",
        "invite": "you place when activity",
        "accept": "you",
        "turn-down": "you",
        "reproach": "you",
        "excuse": "you",
    }.items()
}
"""What sentences of each act may speak of."""


class Decoration(Strict):
    """Openers and tails of a register."""

    openers: Annotated[list[Bilingual], Field(min_length=OPENERS, max_length=OPENERS)]
    tails: Annotated[list[Bilingual], Field(min_length=TAILS, max_length=TAILS)]


class SentenceSpec(Strict):
    """Sentences that do the same: an act, and which kind of it. style: their register."""

    act: str
    key: Annotated[str, Field(pattern=r"^[a-z][a-z.-]*$")]
    style: str
    lines: Annotated[list[Bilingual], Field(min_length=FEWEST_CORES)]


REGISTERS = Section("registers", dict[Key, Decoration])
PARTS = (
    *("manners", "services", "trades", "topics", "replies", "news", "invitations", "lived"),
    "affairs",
)
"""The files with sentences."""


def _check(scenario: Scenario) -> None:
    """Every sentence is there once, of known acts and registers, and speaks of what is known."""
    registers = scenario["registers"]
    seen: dict[str, str] = {}
    entries: set[tuple[str, str]] = set()
    for part in PARTS:
        for index, spec in enumerate(scenario[part]):
            where = (index,)
            if spec.act not in SPOKEN_OF:
                scenario.problem(part, (*where, "act"), f"expected one of {', '.join(SPOKEN_OF)}")
                continue
            if spec.style not in registers:
                scenario.problem(part, (*where, "style"), "expected a register of registers.yaml")
            if (spec.act, spec.key) in entries:
                scenario.problem(part, where, "expected one entry for the same act and key only")
            entries.add((spec.act, spec.key))
            for position, line in enumerate(spec.lines):
                at = (*where, "lines", position)
                for text in (line.zh, line.en):
                    if text in seen:
                        scenario.problem(part, at, f"expected a sentence of its own ({seen[text]})")
                    seen[text] = f"also in {spec.act}/{spec.key}"
                for unknown in placeholders(line.zh + line.en) - SPOKEN_OF[spec.act]:
                    scenario.problem(part, at, f"expected no placeholder {{{unknown}}} here")
    for act, keys in needed(scenario).items():
        for key in keys:
            if (act, key) not in entries:
                scenario.problem(
                    "manners", (), f"expected sentences for act {act}, key {key}, in any file"
                )


def needed(scenario: Scenario) -> Mapping[str, Sequence[str]]:
    """Every act and key that residents of a town may come to."""
    topics = [topic.key for topic in scenario["talk"].topics]
    complaints = [f"complaint.{need.key}" for need in scenario["needs"].needs]
    return {
        "greet": ["stranger", "meeting", "late"],
        "greet-back": ["stranger"],
        "bye": ["stranger", "duty", "need", "closing", "meeting"],
        "bye-back": ["stranger"],
        "serve": ["other"],
        "order": ["other"],
        "teach": ["any"],
        "heed": ["any"],
        "join": ["any"],
        "welcome": ["any"],
        "leave": ["any"],
        "decline": ["any", "cross"],
        "share": [*complaints, *SHARED],
        "ask": topics,
        "respond": [*topics, "warm", "flat", "cross"],
        "recall": ["any", "meeting"],
        "news": [
            *("announcement", "party", "own-party", "couple", "split", "quarrel"),
            *("own-couple", "own-split", "own-quarrel"),
        ],
        "thanks": ["any", "glad", "sorry"],
        "known": ["any"],
        **{act: ["any"] for act in ("invite", "accept", "turn-down", "reproach", "excuse")},
        "quarrel": ["any", "money", "manners", "retort", "calm"],
        "peace": ["sorry", "forgive", "refuse"],
        "love": ["confess", "yes", "no", "sweet", "end"],
    }


SHARED = (
    *(f"{topic}.any" for topic in ("work", "life", "hobby", "gossip", "plan", "deep", "casual")),
    "plan.later",
    *("help.any", "help.money", "complaint.any", "complaint.money", "complaint.refused"),
    *("relationship.any", "relationship.friend", "relationship.lover", "relationship.lonely"),
    *("relationship.sore", "life.met", "life.party", "complaint.stood-up"),
    *("gossip.seen", "deep.anxious", "deep.hopeful", "recent.done", "recent.home"),
)
"""What is told in every town, whatever its people do."""

SECTIONS = (
    REGISTERS,
    *(Section(part, list[SentenceSpec]) for part in PARTS[:-1]),
    Section(PARTS[-1], list[SentenceSpec], _check),
)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {part.partition("}")[0] for part in text.split("{")[1:]}


@dataclass(frozen=True)
class Grammar:
    """The sentences of one town: cores by (act, key), with the register of each."""

    cores: dict[tuple[str, str], tuple[Bilingual, ...]]
    registers: dict[tuple[str, str], Decoration]

    @classmethod
    def compile(
        cls, parts: Sequence[Sequence[SentenceSpec]], registers: Mapping[str, Decoration]
    ) -> "Grammar":
        """From the sections with sentences and the section `registers`."""
        specs = [spec for part in parts for spec in part]
        return cls(
            cores={(spec.act, spec.key): tuple(spec.lines) for spec in specs},
            registers={(spec.act, spec.key): registers[spec.style] for spec in specs},
        )

    def has(self, act: str, key: str) -> bool:
        """Whether anything can be said for that."""
        return (act, key) in self.cores

    def cores_of(self, act: str, key: str) -> int:
        """How many cores there are; each makes WIDTH different sentences."""
        return len(self.cores[act, key])

    def sentence(
        self, act: str, key: str, variant: int, names: Mapping[str, Mapping[Language, str]]
    ) -> dict[Language, str]:
        """A sentence in both languages. names: what placeholders stand for.

        Different variants below WIDTH times the number of cores are different sentences.
        """
        cores, register = self.cores[act, key], self.registers[act, key]
        core = cores[variant % len(cores)]
        opener, tail = decoration(variant // len(cores) % WIDTH)
        before = register.openers[opener] if opener >= 0 else NOTHING
        after = register.tails[tail] if tail >= 0 else NOTHING
        return {
            "zh": _written(core.zh, before.zh, after.zh, names, "zh"),
            "en": _written(core.en, before.en, after.en, names, "en"),
        }


def decoration(index: int) -> tuple[int, int]:
    """The opener and the tail of a decoration below WIDTH, -1 for none: first none, then single."""
    if index == 0:
        return -1, -1
    if index < SIMPLE:
        single, is_tail = divmod(index - 1, 2)
        return (-1, single) if is_tail or single >= OPENERS else (single, -1)
    both = index - SIMPLE
    return both % OPENERS, both % TAILS


def _written(
    core: str, opener: str, tail: str, names: Mapping[str, Mapping[Language, str]], to: Language
) -> str:
    for name, words in names.items():
        core = core.replace("{" + name + "}", words[to])
    text = opener + core
    if tail:
        text += ("" if to == "zh" else " ") + tail
    return text[:1].upper() + text[1:]
