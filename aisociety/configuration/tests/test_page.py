"""The variables as they are written down are those that there are."""

import pytest

from aisociety.configuration import BASE_DIR, configuration
from aisociety.configuration.page import env_example, table
from aisociety.configuration.sections import SECTIONS, Endpoints


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_has_the_table_of_now(language: str) -> None:
    page = BASE_DIR / "docs" / "operations" / language / "variables.md"
    command = f"manage.py variables --language {language} > {page.relative_to(BASE_DIR)}"
    assert (
        page.read_text(encoding="utf-8").splitlines() == "\n".join(table(language)).splitlines()
    ), f"write it again: {command}"


def test_the_example_has_the_variables_of_now() -> None:
    example = BASE_DIR / ".env.example"
    assert example.read_text(encoding="utf-8").splitlines() == list(env_example()), (
        "write it again: manage.py variables --env > .env.example"
    )


def test_everything_says_what_it_is_in_both_languages() -> None:
    for section in SECTIONS:
        for name, field in section.model_fields.items():
            extra = field.json_schema_extra
            assert isinstance(extra, dict)
            assert field.description, name
            assert extra["zh"], name
            assert field.description != extra["zh"]


def test_the_example_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands there in comments are the defaults: set, they mean the same."""
    for section in SECTIONS:
        for name in section.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
    plain = configuration(BASE_DIR / "none")
    for line in env_example():
        name, is_set, value = line.removeprefix("# ").partition("=")
        if is_set and name.isupper() and value:
            monkeypatch.setenv(name, value)
    addresses = set(Endpoints.model_fields)
    told = configuration(BASE_DIR / "none")
    assert told.model_dump(exclude=addresses) == plain.model_dump(exclude=addresses)
