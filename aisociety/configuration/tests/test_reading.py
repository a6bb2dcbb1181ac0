"""The environment: what it may say, how it is read, and what is told of what cannot be."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aisociety.configuration import BASE_DIR, ConfigurationError, configuration
from aisociety.configuration.sections import SECTIONS

KEY = "k" * 50


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for section in SECTIONS:
        for name in section.model_fields:
            monkeypatch.delenv(name.upper(), raising=False)
            monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)


@pytest.fixture
def no_file(tmp_path: Path) -> Path:
    return tmp_path / "none"


def faults_of(no_file: Path) -> list[tuple[str, str]]:
    with pytest.raises(ConfigurationError) as raised:
        configuration(no_file)
    return [(fault.id, fault.variable) for fault in raised.value.faults]


def test_nothing_has_to_be_set(no_file: Path) -> None:
    told = configuration(no_file)
    assert told.rest_rate == "100/min"
    assert not told.production
    assert not told.only_https


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", "on", True),
        ("PUBLIC", "off", False),
        ("PUBLIC", "", True),
        ("ALLOWED_HOSTS", "a.example, b.example", ["a.example", "b.example"]),
        ("MEMORY_WEIGHTS", "0,0.5,2", [0.0, 0.5, 2.0]),
        ("DATABASE_POOL", "3", 3),
        ("EXPORT_RATE", "3/min", "3/min"),
        ("HTTPS", "on", True),
    ],
)
def test_a_variable_has_a_type(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, name: str, value: str, expected: Any
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(configuration(no_file), name.lower()) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("ENVIRONMENT", "staging"),
        ("DATABASE_POOL", "0"),
        ("DATABASE_URL", "mysql://root:sesame@here/town"),
        ("DATABASE_URL", "postgres://root:sesame@here"),
        ("REDIS_URL", "http://:sesame@here"),
        ("REST_RATE", "often"),
        ("REST_RATE", "0/min"),
        ("STREAM_OUTBOX", "sesame"),
        ("MEMORY_WEIGHTS", "1,2"),
        ("MEMORY_WEIGHTS", "1,2,-3"),
        ("EMBEDDING_MODEL", "lexical"),
        ("EMBEDDING_MODEL", "x" * 129),
        ("EMBEDDING_DIMENSIONS", "4001"),
        ("EMBEDDING_BASE_URL", "ftp://here"),
        ("LLM_CASSETTE", "sesame"),
        ("TIME_SCALE", "-1"),
    ],
)
def test_what_cannot_be_is_told_by_name_and_not_by_value(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as raised:
        configuration(no_file)
    assert [(fault.id, fault.variable) for fault in raised.value.faults] == [
        ("aisociety.E001", name)
    ]
    assert raised.value.faults[0].hint
    assert "sesame" not in str(raised.value)


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    monkeypatch.setenv("PROXIES", "many")
    monkeypatch.setenv("DEBUG", "perhaps")
    assert {name for _, name in faults_of(no_file)} == {"PROXIES", "DEBUG"}


def test_a_secret_may_stand_in_a_file(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, tmp_path: Path
) -> None:
    held = tmp_path / "secret"
    held.write_text(f"{KEY}\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(held))
    assert configuration(no_file).secret_key.get_secret_value() == KEY
    monkeypatch.setenv("SECRET_KEY", "of the environment")
    assert configuration(no_file).secret_key.get_secret_value() == "of the environment"


def test_a_file_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, no_file: Path, tmp_path: Path
) -> None:
    monkeypatch.setenv("REDIS_URL_FILE", str(tmp_path / "nowhere"))
    assert faults_of(no_file) == [("aisociety.E002", "REDIS_URL_FILE")]


def test_a_file_of_variables_stands_in_for_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "variables"
    file.write_text("PROXIES=2\nSTREAM_OUTBOX=9\nSOME_MODEL_KEY=sk-1\n")
    monkeypatch.setenv("STREAM_OUTBOX", "8")
    monkeypatch.setattr(os, "environ", os.environ.copy())
    told = configuration(file)
    assert (told.proxies, told.stream_outbox) == (2, 8)
    assert os.environ["SOME_MODEL_KEY"] == "sk-1", "keys of models are looked up by their names"


def test_a_secret_is_never_written_out(monkeypatch: pytest.MonkeyPatch, no_file: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://town:sesame@db/town")
    monkeypatch.setenv("SECRET_KEY", "sesame")
    assert "sesame" not in repr(configuration(no_file))


class TestProduction:
    @pytest.fixture(autouse=True)
    def production(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("ENVIRONMENT", "production")

    def test_it_is_refused_without_a_key_and_names(self, no_file: Path) -> None:
        assert faults_of(no_file) == [
            ("aisociety.E003", "SECRET_KEY"),
            ("aisociety.E004", "ALLOWED_HOSTS"),
        ]

    def test_nor_with_a_short_key_any_name_or_details_for_strangers(
        self, monkeypatch: pytest.MonkeyPatch, no_file: Path
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", "short")
        monkeypatch.setenv("ALLOWED_HOSTS", "*")
        monkeypatch.setenv("DEBUG", "on")
        assert [name for _, name in faults_of(no_file)] == ["SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"]

    def test_it_serves_https_and_logs_for_programs(
        self, monkeypatch: pytest.MonkeyPatch, no_file: Path
    ) -> None:
        monkeypatch.setenv("SECRET_KEY", KEY)
        monkeypatch.setenv("ALLOWED_HOSTS", "town.example.org")
        told = configuration(no_file)
        assert told.only_https
        assert told.json_logs
        monkeypatch.setenv("HTTPS", "off")
        assert not configuration(no_file).only_https


def check(**environment: str) -> "subprocess.CompletedProcess[str]":
    """What `manage.py check --deploy` says in a production."""
    fit = {
        "ENVIRONMENT": "production",
        "SECRET_KEY": os.urandom(40).hex(),
        "ALLOWED_HOSTS": "town.example.org",
        "DATABASE_URL": "postgres://town:sesame@127.0.0.1:1/town",
        "REDIS_URL": "redis://:sesame@127.0.0.1:1/0",
        "PROXIES": "1",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=BASE_DIR,
        env=os.environ | fit | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_production_that_is_as_it_should_be_is_clean() -> None:
    done = check()
    assert "no issues" in done.stdout, done.stderr


def test_a_production_that_could_be_better_is_told_how() -> None:
    done = check(REDIS_URL="redis://127.0.0.1:1/0", PROXIES="0")
    assert done.returncode == 0
    assert "aisociety.W004" in done.stderr
    assert "aisociety.W005" in done.stderr


def test_a_production_that_cannot_be_does_not_start() -> None:
    done = check(SECRET_KEY="short")
    assert done.returncode != 0
    assert "(aisociety.E003) SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr
