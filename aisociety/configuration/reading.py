"""Reading: the environment, `.env` and files of secrets, into one checked object."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from aisociety.configuration.sections import (
    BASE_DIR,
    Backups,
    Endpoints,
    Engine,
    General,
    Logs,
    Memories,
    Minds,
    Stores,
    Web,
)

SHORTEST_KEY = 50
"""Characters of a secret key in production, as Django's own check has it."""


@dataclass(frozen=True)
class Fault:
    """Something that cannot be as it is set; never says a value, which may be a secret."""

    id: str
    variable: str
    seen: str
    hint: str

    def __str__(self) -> str:
        return f"({self.id}) {self.variable}: {self.seen}.\n    HINT: {self.hint}"


class ConfigurationError(ImproperlyConfigured):
    """The environment does not say how to run; has every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(("The environment cannot be used:", *map(str, faults))))
        self.faults = faults


class _FileOfSecret(EnvSettingsSource):
    """NAME_FILE names a file with the value of NAME, for any variable that is not set itself."""

    def _load_env_vars(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for name in self.settings_cls.model_fields:
            path = os.environ.get(f"{name.upper()}_FILE", "").strip()
            if path:
                found[name] = _content(name.upper(), Path(path))
        return found


def _content(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ConfigurationError(
            [
                Fault(
                    "aisociety.E002",
                    f"{name}_FILE",
                    f"{path} cannot be read: {why}",
                    "See that the file is there, and readable for the user of this process",
                )
            ]
        ) from None


class Configuration(
    General, Stores, Backups, Web, Engine, Minds, Endpoints, Memories, Logs, BaseSettings
):
    """Everything that differs between deployments."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", validate_default=False, frozen=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the files that it names."""
        return init_settings, env_settings, _FileOfSecret(settings_cls)

    @property
    def production(self) -> bool:
        """Whether strangers use it."""
        return self.environment == "production"

    @property
    def only_https(self) -> bool:
        """Whether nothing is served in plain text."""
        return self.production if self.https is None else self.https

    @property
    def json_logs(self) -> bool:
        """Whether logs are for programs."""
        return self.production if self.log_json is None else self.log_json


def configuration(env_file: Path = BASE_DIR / ".env") -> Configuration:
    """What the environment says; `.env` stands in where it says nothing. Raises ConfigurationError.

    What `.env` says enters the environment of this process and of those that it starts, for keys of
    models are looked up there by names that operators choose.
    """
    for name, value in dotenv_values(env_file).items():
        os.environ.setdefault(name, value or "")
    try:
        told = Configuration()
    except ValidationError as error:
        raise ConfigurationError([_fault(each) for each in error.errors()]) from None
    if faults := list(_unfit(told)):
        raise ConfigurationError(faults)
    return told


def _fault(error: Mapping[str, Any]) -> Fault:
    name = str(error["loc"][0])
    field = Configuration.model_fields[name]
    return Fault(
        "aisociety.E001",
        name.upper(),
        str(error["msg"]).removeprefix("Value error, "),
        str(field.description),
    )


def _unfit(told: Configuration) -> Iterator[Fault]:
    """What must not be so where strangers come."""
    if not told.production:
        return
    if len(told.secret_key.get_secret_value()) < SHORTEST_KEY:
        yield Fault(
            "aisociety.E003",
            "SECRET_KEY",
            f"production needs one of at least {SHORTEST_KEY} characters",
            "Set SECRET_KEY or SECRET_KEY_FILE; `openssl rand -base64 48` makes one",
        )
    if "allowed_hosts" not in told.model_fields_set:
        yield Fault(
            "aisociety.E004",
            "ALLOWED_HOSTS",
            "production needs the names by which the town is reached",
            "Set it to the host names in its address, divided by commas",
        )
    elif "*" in told.allowed_hosts:
        yield Fault(
            "aisociety.E004",
            "ALLOWED_HOSTS",
            "* lets anybody give the town a name",
            "Name the hosts in its address, divided by commas",
        )
    if told.debug:
        yield Fault(
            "aisociety.E005",
            "DEBUG",
            "production shows no details of errors to strangers",
            "Leave it unset; the log has them",
        )
