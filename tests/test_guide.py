"""The guide of operations says the same in both languages, and names what there is."""

import re
from pathlib import Path

import pytest

from aisociety.configuration import BASE_DIR
from aisociety.configuration.sections import SECTIONS

GUIDE = BASE_DIR / "docs" / "operations"
PAGES = sorted(path.name for path in (GUIDE / "en").glob("*.md"))
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for app in ("aisociety", "agents", "economy", "memory", "world")
    for path in sorted((BASE_DIR / app).rglob("*.py"))
    if "tests" not in path.parts
)
CHAPTERS = (
    "简介",
    "项目结构",
    "核心组件",
    "架构总览",
    "详细组件分析",
    "依赖关系分析",
    "性能考虑",
    "运维部署指南",
    "监控与日志",
    "故障排除指南",
    "结论",
    "附录",
)
"""Of the document that the user wrote, in its order."""


def read(language: str, page: str = "README.md") -> str:
    return (GUIDE / language / page).read_text(encoding="utf-8")


def shape(text: str) -> list[str]:
    """What a page consists of, whatever its language: headings, rows, lists and code, in order."""
    marks = re.compile(r"^(#+ |\| |```\w*|\d+\. |- |    \S)", re.MULTILINE)
    return [mark.strip()[:1] + str(len(mark)) for mark in marks.findall(text)]


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in (GUIDE / "zh").glob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_say_as_much(page: str) -> None:
    english, chinese = shape(read("en", page)), shape(read("zh", page))
    assert english == chinese


def test_the_chapters_are_those_of_the_users_document() -> None:
    assert tuple(re.findall(r"^## (.+)$", read("zh"), re.MULTILINE)) == CHAPTERS


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(language: str, page: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", read(language, page)):
        if not target.startswith(("https:", "http:")):
            assert (GUIDE / language / target).exists(), target


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_it_names_exists(language: str) -> None:
    text = read(language)
    for script in set(re.findall(r"deploy/scripts/(\w+)", text)):
        assert (BASE_DIR / "deploy" / "scripts" / script).exists(), script
    for command in set(re.findall(r"manage\.py (\w+)", text)) - {"check", "migrate"}:
        found = list(BASE_DIR.glob(f"*/management/commands/{command}.py"))
        assert found, command
    for measure in set(re.findall(r"`aisociety_(\w+?)(?:_total)?`", text)):
        assert re.search(rf'"(aisociety_)?{measure}"', CODE), measure
    logged = re.search(r"\| (?:event|事件) \|.*?\n\n", text, re.DOTALL)
    assert logged
    for event in re.findall(r"^\| `(\w+)`", logged[0], re.MULTILINE):
        assert f'"{event}"' in CODE, event
    for path in set(re.findall(r"`((?:deploy|tests|docs|aisociety|\.github)/[\w./-]+)`", text)):
        assert Path(BASE_DIR / path).exists(), path


@pytest.mark.parametrize("language", ["en", "zh"])
def test_variables_that_it_names_are_known(language: str) -> None:
    known = {name.upper() for section in SECTIONS for name in section.model_fields}
    compose = (BASE_DIR / "docker-compose.yml").read_text(encoding="utf-8")
    scripts = "".join(path.read_text() for path in (BASE_DIR / "deploy" / "scripts").iterdir())
    for name in set(re.findall(r"`([A-Z][A-Z]+_[A-Z_]+)(?:=[^`]*)?`", read(language))):
        assert name in known or name in compose or name in scripts, name
