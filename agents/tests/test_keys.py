"""Keys: where they are found, and that they are found nowhere else."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from agents.minds.keys import (
    MASK,
    MissingKeyError,
    base_url_of,
    has_key,
    key_of,
    without_secrets,
)
from agents.models import LanguageModel
from agents.tests.models import language_model

VARIABLE = "A_MODEL_OF_TESTS_KEY"
KEY = "sk-0123456789abcdef"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> LanguageModel:
    """A model whose key is in VARIABLE, which is not set."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.delenv(f"{VARIABLE}_FILE", raising=False)
    return LanguageModel(name="keyed", base_url="http://a/v1", key_variable=VARIABLE)


def test_a_key_is_in_the_environment(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f" {KEY}\n")
    assert key_of(model) == KEY
    assert has_key(model)


def test_a_key_is_in_a_file_that_the_environment_names(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(file))
    assert key_of(model) == KEY
    monkeypatch.setenv(VARIABLE, "nearer")
    assert key_of(model) == "nearer"


def test_a_key_is_in_a_file_that_the_model_names(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    assert key_of(LanguageModel(key_variable=str(file))) == KEY


def test_a_model_that_needs_no_key_has_an_empty_one() -> None:
    assert key_of(LanguageModel(key_variable="")) == ""


def test_a_missing_key_says_where_it_was_looked_for(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(MissingKeyError, match=f"neither {VARIABLE} nor {VARIABLE}_FILE in its"):
        key_of(model)
    assert not has_key(model)
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(tmp_path / "nothing"))
    with pytest.raises(MissingKeyError, match=f"{VARIABLE}_FILE cannot be read: No such file"):
        key_of(model)
    (tmp_path / "empty").write_text(" \n")
    monkeypatch.setenv(f"{VARIABLE}_FILE", str(tmp_path / "empty"))
    with pytest.raises(MissingKeyError, match=f"{VARIABLE}_FILE is empty"):
        key_of(model)


def test_a_file_that_is_no_text_is_a_missing_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\xff\xfe\x00k")
    with pytest.raises(MissingKeyError):
        key_of(LanguageModel(key_variable=str(file)))


def test_the_environment_may_say_another_address(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_MODEL_OF_TESTS_URL", "http://b/v1")
    assert base_url_of(model) == "http://a/v1"
    model.base_url_variable = "A_MODEL_OF_TESTS_URL"
    assert base_url_of(model) == "http://b/v1"
    monkeypatch.setenv("A_MODEL_OF_TESTS_URL", " ")
    assert base_url_of(model) == "http://a/v1"


@given(st.text(), st.text(min_size=4), st.text())
@example("Bearer ", "Bearer abcdefgh", "")
@example("", f"{MASK}{MASK}", "")
@example(MASK, f"x{MASK}x", "")
def test_a_key_never_survives_in_a_text(before: str, key: str, after: str) -> None:
    # A key that is a part of the mask itself says nothing.
    if key not in MASK:
        assert key not in without_secrets(f"{before}{key}{after}", key)


@pytest.mark.parametrize(
    "told",
    [
        "Incorrect API key provided: sk-abc***********wxyz.",
        "401: header was 'Authorization: Bearer abcDEF123456=='",
        "api_key=abcdef0123456789 is not valid",
        "no such key: sk-ant-api03-abcdefghijk",
    ],
)
def test_what_looks_like_a_key_is_masked_even_if_it_is_another(told: str) -> None:
    masked = without_secrets(told, "some-other-key")
    assert MASK in masked
    for secret in ("wxyz", "abcDEF123456", "abcdef0123456789", "abcdefghijk"):
        assert secret not in masked


def test_a_text_without_secrets_stays_as_it_is() -> None:
    told = "429: Rate limit reached for requests. Please try again in 1s."
    assert without_secrets(told, KEY) == told
    assert without_secrets(told, "") == told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "pasted",
    [
        KEY,
        "sk-ant-api03-Ab_Cd",
        "key-abc",
        "3f1c9d0a7b5e4d2c8a6f0e1d",
        "gsk_1A2b3C4d5E6f7G8h9I0jKLmn",
        "AIzaSyA1b2C3d4E5f6G7h8I9j0KlMn",
    ],
)
def test_a_key_that_is_pasted_where_its_name_belongs_is_refused(pasted: str) -> None:
    model = language_model()
    model.key_variable = pasted
    with pytest.raises(ValidationError) as refused:
        model.full_clean()
    assert "does not belong here" in str(refused.value)
    assert pasted not in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["", "DEEPSEEK_API_KEY", "OPENAI_API_KEY", "/run/secrets/deepseek"]
)
def test_names_of_variables_and_paths_are_taken(name: str) -> None:
    model = language_model()
    model.key_variable = name
    model.full_clean()
