"""The promises in specs/ name the tests that keep them, and those exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPECS = sorted((ROOT / "specs").glob("[0-9]*.md"))


def promises(spec: Path) -> list[tuple[str, str]]:
    """(number, text) of every promise in a file."""
    text = spec.read_text(encoding="utf-8")
    return re.findall(r"^- \*\*([\d.]+)\*\* (.*?)(?=^- \*\*|^#|\Z)", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_every_promise_is_numbered_in_order_and_names_tests_that_exist(spec: Path) -> None:
    found = promises(spec)
    chapter = spec.stem[:2]
    assert [number for number, _ in found] == [f"{chapter}.{n + 1}" for n in range(len(found))]
    assert found
    before = ""
    for number, text in found:
        named = re.findall(r"`([\w/]+(?:\.py|/))`", text)
        same = re.search(r"Same files?|Both files", text)
        assert named or (same and before), f"{number} names no test"
        folder = ""
        for name in named:
            folder = name.rpartition("/")[0] if "/" in name else folder
            path = name if "/" in name else f"{folder}/{name}"
            assert (ROOT / path).exists(), f"{number}: there is no {path}"
        before = number
