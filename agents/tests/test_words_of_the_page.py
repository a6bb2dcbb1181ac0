"""What the page must have words for: every code that events of work, money and ties may carry."""

import re
from enum import IntEnum
from pathlib import Path

import pytest

from agents.conversations.vocabulary import Change
from agents.employment.vocabulary import Fault, Loss
from agents.household.chances import Chance
from agents.population.vocabulary import Attraction, Departure
from agents.provenance import Refusal
from agents.statistics.series import UNITS
from economy.models import Loan
from economy.money import Category, Cause
from world.happenings import Kind

WORDS = Path(__file__).resolve().parents[2] / "static" / "src" / "words"

CODES: list[tuple[str, str, type[IntEnum]]] = [
    ("money", "payment", Category),
    ("money", "work_lost", Loss),
    ("money", "warned", Fault),
    ("money", "agent_created", Attraction),
    ("money", "agent_departed", Departure),
    ("money", "chance", Chance),
    ("money", "happening", Kind),
    ("money", "cause", Cause),
    ("people", "change", Change),
]


def keys_of(file: str, block: str, language: str) -> set[str]:
    """The keys of every block of this name in a file of words."""
    text = (WORDS / f"{file}.{language}.ts").read_text(encoding="utf-8")
    blocks = re.findall(rf"^( *){block}: {{\n(.*?)^\1}},", text, re.MULTILINE | re.DOTALL)
    assert blocks, f"{file}.{language}.ts has no {block}"
    return {key for _, body in blocks for key in re.findall(r"^ *(\w+):", body, re.MULTILINE)}


def names(codes: type[IntEnum]) -> set[str]:
    return {code.name.lower() for code in codes}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("file", "block", "codes"), CODES, ids=[block for _, block, _ in CODES])
def test_every_code_has_words(file: str, block: str, codes: type[IntEnum], language: str) -> None:
    assert names(codes) - keys_of(file, block, language) == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_refusals_loans_and_units_have_words(language: str) -> None:
    text = (WORDS / f"{language}.ts").read_text(encoding="utf-8")
    block = re.search(r"^  refusal: {\n(.*?)^  },", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    assert set(re.findall(r"^ *(\w+):", block[1], re.MULTILINE)) == names(Refusal)
    # A loan is told by its state, and so is its end.
    assert keys_of("money", "loan", language) == names(Loan.State)
    assert keys_of("money", "loan_over", language) == names(Loan.State) - {"active"}
    assert set(UNITS.values()) <= keys_of("money", "unit", language)
