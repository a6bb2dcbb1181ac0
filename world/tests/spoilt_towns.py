"""Copies of shipped scenarios that a test may spoil."""

from pathlib import Path

import pytest

from world.scenario import Problem, ScenarioError, read
from world.sections import SECTIONS

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
STAGE = {section.name: section for section in SECTIONS}
"""The sections of the stage; what lives above it has tests of its own."""


class Town:
    """A copy of a shipped scenario's stage that a test may spoil."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: str) -> Path:
        return self.folder / f"{file}.yaml"

    def change(self, file: str, old: str, new: str, *, entry: str = "") -> None:
        """Put `new` in the place of the first `old`, or the first in the entry of this key."""
        text = self.path(file).read_text(encoding="utf-8")
        start = self._start(text, entry)
        assert old in text[start:]
        changed = text[:start] + text[start:].replace(old, new, 1)
        self.path(file).write_text(changed, encoding="utf-8")

    def line(self, file: str, told: str) -> int:
        """The line on which `told` ends, which stands only once in the file."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(told) == 1
        return text[: text.index(told) + len(told)].count("\n") + 1

    def problems(self) -> list[Problem]:
        """Why this town is refused."""
        with pytest.raises(ScenarioError) as refusal:
            read(self.folder, STAGE)
        return refusal.value.problems

    @staticmethod
    def _start(text: str, entry: str) -> int:
        return text.index(f"- key: {entry}\n") if entry else 0
