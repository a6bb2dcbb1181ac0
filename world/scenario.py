"""Reading a scenario: a folder of YAML files, one for each registered section.

A scenario is taken whole or not at all. Whatever is wrong with it is told as file, line, field and
what was expected, all of it at once.
"""

import json
import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

Location = tuple[str | int, ...]
"""Where in a section's content: keys and indices from its top."""


class Strict(BaseModel):
    """A part of a scenario: unknown fields and values of another type are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Bilingual(Strict):
    """What people are shown, in Chinese and English."""

    zh: str
    en: str


def check_names(key: str, text: Bilingual, known: set[str]) -> None:
    """Raises ValueError if a text of this key names something else in braces, or none rightly."""
    for words in (text.zh, text.en):
        try:
            named = {name for _, name, _, _ in string.Formatter().parse(words) if name}
        except ValueError as error:
            raise ValueError(f"{key}: {error} (found {words!r})") from None
        if unknown := named - known:
            raise ValueError(
                f"{key} may name {', '.join(sorted(known))} (found {', '.join(sorted(unknown))})"
            )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    line: int
    where: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return (
            f"{place}: {self.where}: {self.expected}" if self.where else f"{place}: {self.expected}"
        )


class ScenarioError(Exception):
    """A scenario was refused; `problems` says why, in the order of files and lines."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.file, problem.line))
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"The scenario {folder} cannot be used:\n{lines}")


@dataclass(frozen=True)
class Section:
    """One file of a scenario, `<name>.yaml`.

    schema: what its content must be, a pydantic model or a type made of them.
    check: looks at the whole scenario when every file is valid by itself, and reports what does
    not fit together.
    """

    name: str
    schema: Any
    check: Callable[["Scenario"], None] | None = None


@dataclass
class Scenario:
    """A scenario that was read: the validated content of each section.

    based_on: the scenario beside this one from which files are taken that this one lacks.
    """

    folder: Path = Path()
    content: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    based_on: str | None = None
    _nodes: dict[str, yaml.Node | None] = field(default_factory=dict)

    def __getitem__(self, section: str) -> Any:
        return self.content[section]

    def path_of(self, section: str) -> Path:
        """The file of a section: in the folder, or in that of the town it is based on."""
        own = self.folder / f"{section}.yaml"
        if own.exists() or self.based_on is None:
            return own
        return self.folder.parent / self.based_on / f"{section}.yaml"

    def problem(self, section: str, where: Location, expected: str) -> None:
        """Report that what stands at `where` in a section is not as expected."""
        self.problems.append(
            Problem(
                file=str(self.path_of(section).relative_to(self.folder.parent)),
                line=_line_of(self._nodes.get(section), where),
                where=".".join(str(part) for part in where),
                expected=expected,
            )
        )

    def raise_problems(self) -> None:
        """Raise ScenarioError if anything was reported."""
        if self.problems:
            raise ScenarioError(self.folder, self.problems)


def read(folder: Path, sections: Mapping[str, Section]) -> Scenario:
    """Read and check a scenario folder. Raises ScenarioError, naming every problem found."""
    scenario = Scenario(folder)
    if not folder.is_dir():
        raise ScenarioError(folder, [Problem(str(folder), 0, "", "there is no such folder")])
    town = _read_section(scenario, sections["town"])
    if isinstance(town, dict) and _is_name(town.get("based_on")):
        scenario.based_on = town.get("based_on")
    else:
        # Without it nobody knows which of the other files should be here.
        scenario.raise_problems()
    for name, section in sections.items():
        if name != "town":
            _read_section(scenario, section)
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in sections:
            known = ", ".join(f"{name}.yaml" for name in sections)
            scenario.problems.append(
                Problem(
                    f"{folder.name}/{path.name}",
                    0,
                    "",
                    f"nobody reads this file; expected are {known}",
                )
            )
    scenario.raise_problems()
    for section in sections.values():
        if section.check is not None:
            section.check(scenario)
    scenario.raise_problems()
    return scenario


def to_plain(section: Section, content: Any) -> Any:
    """The content of a section as JSON can hold it; `from_plain` makes it what it was."""
    return TypeAdapter(section.schema).dump_python(content, mode="json", exclude_unset=True)


def from_plain(section: Section, plain: Any) -> Any:
    """The content of a section that was stored by `to_plain`."""
    return _validate(section, plain)


def _is_name(based_on: Any) -> bool:
    """Whether a town can be based on this: nothing, or a folder beside its own."""
    return based_on is None or (isinstance(based_on, str) and Path(based_on).name == based_on)


def _read_section(scenario: Scenario, section: Section) -> Any:
    """Take in a file; returns what it holds, valid or not, or None if it cannot be read at all."""
    path = scenario.path_of(section.name)
    name = str(path.relative_to(scenario.folder.parent))
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        scenario.problems.append(Problem(name, 0, "", "this file is missing"))
        return None
    except (OSError, UnicodeDecodeError) as error:
        scenario.problems.append(Problem(name, 0, "", f"it cannot be read: {error}"))
        return None
    try:
        node, plain = _parsed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        what = " ".join(part for part in (error.context, error.problem) if part)
        scenario.problems.append(Problem(name, line, "", f"this is not YAML: {what}"))
        return None
    except (yaml.YAMLError, ValueError) as error:
        scenario.problems.append(Problem(name, 0, "", f"this is not YAML: {error}"))
        return None
    scenario._nodes[section.name] = node
    try:
        scenario.content[section.name] = _validate(section, plain)
    except ValidationError as error:
        for detail in error.errors():
            told = detail["input"]
            found = "" if detail["type"] == "missing" else f" (found {_short(told)})"
            scenario.problem(section.name, detail["loc"], f"{detail['msg']}{found}")
    except (TypeError, ValueError) as error:
        scenario.problem(section.name, (), f"this is no plain content: {error}")
        return None
    for line, key in _repeated_keys(node):
        scenario.problems.append(Problem(name, line, key, "expected this key only once"))
    return plain


_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which is ten times as fast, where PyYAML comes with it."""


def _parsed(text: str) -> tuple[yaml.Node | None, Any]:
    """What a file holds, with its lines and plain. Raises yaml.YAMLError and ValueError."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


class _Loader(_SAFE_LOADER):  # type: ignore[misc, valid-type]
    """YAML without its own idea of dates, so that a wrong one is told with its line and field."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _validate(section: Section, plain: Any) -> Any:
    """The content of a section. Strict, but in JSON a list may be a tuple, and a text a date."""
    return TypeAdapter(section.schema).validate_json(json.dumps(plain))


def _repeated_keys(node: yaml.Node | None, where: str = "") -> Iterator[tuple[int, str]]:
    """The line and the path of every key that stands again in its mapping."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            path = f"{where}.{key.value}".lstrip(".")
            if key.value in seen:
                yield key.start_mark.line + 1, path
            seen.add(key.value)
            yield from _repeated_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _repeated_keys(value, f"{where}.{index}".lstrip("."))


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _line_of(node: yaml.Node | None, where: Location) -> int:
    """The line of the deepest part of `where` that exists; 0 for an empty file."""
    if node is None:
        return 0
    line = node.start_mark.line + 1
    for part in where:
        if isinstance(node, yaml.MappingNode):
            below = {key.value: (key, value) for key, value in node.value}
            if str(part) not in below:
                break
            key, node = below[str(part)]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
