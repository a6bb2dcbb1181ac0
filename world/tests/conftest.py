"""Copies of shipped towns, for tests of the stage."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from world.tests.spoilt_towns import SCENARIOS, STAGE, Town


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Town]:
    """Copies the stage of a shipped scenario: `copy_of("hamlet")`."""

    def copy(name: str) -> Town:
        folder = tmp_path / name
        folder.mkdir()
        for section in STAGE:
            shutil.copy(SCENARIOS / name / f"{section}.yaml", folder)
        return Town(folder)

    return copy


@pytest.fixture
def hamlet_copy(copy_of: Callable[[str], Town]) -> Town:
    return copy_of("hamlet")
