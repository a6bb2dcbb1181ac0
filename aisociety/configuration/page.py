"""The variables as they are written: a table in the guide to operations, and `.env.example`."""

from collections.abc import Iterator
from textwrap import wrap
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from aisociety.configuration.sections import SECTIONS

INTRODUCTIONS = {
    "en": (
        "# Variables",
        "",
        "What may be set in the environment or in `.env` beside manage.py. With `_FILE` behind its",
        "name, a variable names a file that holds the value. Made by `manage.py variables`.",
        "",
    ),
    "zh": (
        "# 变量",
        "",
        "可以写在环境里，也可以写在 manage.py 旁边的 `.env` 里。",
        "名字后面加 `_FILE`，就从那个文件读取它的值。",
        "本页由 `manage.py variables --language zh` 生成。",
        "",
    ),
}
HEADS = {
    "zh": ("变量", "取值", "默认", "含义"),
    "en": ("variable", "values", "default", "meaning"),
}
WORDS = {
    "zh": {
        "made": "自动生成",
        "embedded": "内嵌",
        "as ENVIRONMENT": "随 ENVIRONMENT",
        "secret": "机密",
    },
    "en": {},
}
KINDS = {
    "zh": {"bool": "on、off", "int": "整数", "str": "文本", "Path": "路径", "list": "逗号隔开"},
    "en": {"bool": "on, off", "int": "integer", "str": "text", "Path": "path", "list": "list"},
}


def table(language: str) -> Iterator[str]:
    """Lines of Markdown: a heading and a table for each section."""
    yield from INTRODUCTIONS[language]
    for section in SECTIONS:
        title: tuple[str, str] = section.title  # type: ignore[attr-defined]
        yield f"## {title[language == 'en']}"
        yield ""
        yield f"| {' | '.join(HEADS[language])} |"
        yield "|---|---|---|---|"
        yield from rows(section, language)
        yield ""


def env_example() -> Iterator[str]:
    """Lines of a file of variables, in which everything is as it is without it."""
    yield "# Copy to .env and change what you need; nothing of it has to be set."
    yield "# With _FILE behind its name, a variable names a file that holds the value."
    for section in SECTIONS:
        yield ""
        yield f"## {section.title[1]}"  # type: ignore[attr-defined]
        for name, field in section.model_fields.items():
            yield from wrap(f"# {field.description}", 100, subsequent_indent="# ")
            told = default(field, "en").strip("`") if can_be_written(field) else ""
            yield f"# {name.upper()}={told}"


def can_be_written(field: FieldInfo) -> bool:
    """Whether the default can be written as a value."""
    extra: Any = field.json_schema_extra
    return not extra["unset"] or extra["unset"].startswith("http")


def rows(section: type[BaseModel], language: str) -> Iterator[str]:
    """A row for each variable of a section."""
    for name, field in section.model_fields.items():
        extra: Any = field.json_schema_extra
        about = str(field.description) if language == "en" else extra["zh"]
        cells = (f"`{name.upper()}`", values(field, language), default(field, language), about)
        yield f"| {' | '.join(cells)} |"


def values(field: FieldInfo, language: str) -> str:
    """What may stand in a variable: its type with its bounds, or its words."""
    kind: Any = field.annotation
    if get_origin(kind) in {Union, UnionType}:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(kind))
    if kind is SecretStr:
        return WORDS[language].get("secret", "secret")
    told = KINDS[language][(get_origin(kind) or kind).__name__]
    bounds = [getattr(rule, "ge", None) for rule in field.metadata]
    tops = [getattr(rule, "le", None) for rule in field.metadata]
    low = next((bound for bound in bounds if bound is not None), None)
    high = next((bound for bound in tops if bound is not None), None)
    if low is None:
        return told
    return f"{told} {low}-{high}" if high is not None else f"{told} >= {low}"


def default(field: FieldInfo, language: str) -> str:
    """What holds where a variable is not set."""
    extra: Any = field.json_schema_extra
    if unset := extra["unset"]:
        return str(WORDS[language].get(unset, unset))
    told = field.default
    if isinstance(told, SecretStr) or told == "":
        return ""
    if isinstance(told, bool):
        return "`on`" if told else "`off`"
    if isinstance(told, list):
        return f"`{','.join(f'{part:g}' if isinstance(part, float) else part for part in told)}`"
    return f"`{told}`"
