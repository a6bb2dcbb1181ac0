"""The words of reflection: reflections.yaml."""

from typing import Annotated

from pydantic import Field, model_validator

from agents.remembering.rules import Importance
from world.scenario import Bilingual, Section, Strict, check_names

INSIGHTS = {
    "glad": {"who"},
    "familiar": {"who"},
    "strained": {"who"},
    "hurt": {"who"},
    "let_down": {"who"},
    "drifted": {"who"},
    "heartache": {"who"},
    "made_up": {"who"},
    "closer": {"who"},
    "in_love": {"who"},
    "topic": {"topic"},
    "lonely": set[str](),
    "worn": {"need"},
    "shut_out": {"place"},
    "short": {"place"},
    "haunt": {"place"},
    "newsmonger": {"who"},
    "abuzz": set[str](),
    "round": set[str](),
}
"""What instinct can come to see, with what its words may name."""

COUNTED = ("reflection", "hearsay")
"""What summaries count, beside talks and the moments of memory.yaml."""


class InsightSpec(Strict):
    """An insight: how much it matters, and in which words it may be put."""

    importance: Importance
    lines: Annotated[list[Bilingual], Field(min_length=3)]


class ReflectionsSpec(Strict):
    """reflections.yaml. counted: how a summary tells of several (COUNTED) that have faded."""

    counted: dict[str, Bilingual]
    insights: dict[str, InsightSpec]

    @model_validator(mode="after")
    def words_are_there(self) -> "ReflectionsSpec":
        """Every insight is there, and its words name what they may."""
        if set(self.insights) != set(INSIGHTS):
            raise ValueError(f"expected exactly {', '.join(INSIGHTS)}")
        for key, insight in self.insights.items():
            for line in insight.lines:
                check_names(key, line, INSIGHTS[key])
        if set(self.counted) != set(COUNTED):
            raise ValueError(f"expected exactly {', '.join(COUNTED)}")
        for key, text in self.counted.items():
            check_names(key, text, {"n"})
        return self


SECTION = Section("reflections", ReflectionsSpec)
