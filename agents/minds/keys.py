"""Keys: where the secrets of endpoints are found, and how they are kept out of everything told."""

import os
import re
from pathlib import Path

from agents.models import LanguageModel

MASK = "•••"

_BEARER = re.compile(r"(?i)(bearer\s+|api[_ -]?key\W{0,12})[\w.~+/=-]{6,}")
_SHAPED = re.compile(r"\b(?:sk|pk|key)-[\w*.-]{6,}")


class MissingKeyError(LookupError):
    """A model needs a key and there is none; says where it was looked for."""


def key_of(model: LanguageModel) -> str:
    """The key of a model's endpoint, empty where it needs none. Raises MissingKeyError."""
    return secret_of(model.key_variable) if model.key_variable else ""


def secret_of(name: str) -> str:
    """A secret by the name of its variable, or by the path of its file. Raises MissingKeyError."""
    if name.startswith("/"):
        return _read(Path(name), name)
    if value := os.environ.get(name, "").strip():
        return value
    if path := os.environ.get(f"{name}_FILE", ""):
        return _read(Path(path), f"{name}_FILE")
    raise MissingKeyError(f"this process has neither {name} nor {name}_FILE in its environment")


def has_key(model: LanguageModel) -> bool:
    """Whether a model could be asked as far as keys go."""
    try:
        key_of(model)
    except MissingKeyError:
        return False
    return True


def base_url_of(model: LanguageModel) -> str:
    """Where a model's endpoint is."""
    told = os.environ.get(model.base_url_variable, "") if model.base_url_variable else ""
    return told.strip() or model.base_url


def without_secrets(text: str, key: str) -> str:
    """A text from outside, such as an error, without the key or anything that looks like one."""
    if len(key) > 3:
        text = text.replace(key, MASK)
    return _SHAPED.sub(MASK, _BEARER.sub(rf"\1{MASK}", text))


def _read(path: Path, told: str) -> str:
    try:
        value = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise MissingKeyError(f"the file of {told} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MissingKeyError(f"the file of {told} is no text") from None
    if not value:
        raise MissingKeyError(f"the file of {told} is empty")
    return value
