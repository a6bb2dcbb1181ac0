"""The results of drills, as pages of the guide."""

from dataclasses import dataclass, field
from pathlib import Path

from aisociety.configuration import BASE_DIR

PAGES = {
    language: BASE_DIR / "docs" / "operations" / language / "drills.md" for language in ("en", "zh")
}
MARK = "<!-- results: written by make drills -->"


@dataclass
class Result:
    """What a drill did and found, in both languages. recovered: seconds until news came again."""

    zh: str
    en: str
    recovered: float = 0.0
    events: int = 0
    found_zh: str = ""
    found_en: str = ""


@dataclass
class Report:
    """The results of one run, in the order of the drills."""

    results: list[Result] = field(default_factory=list)

    def write(self) -> None:
        """Put the results in the place of those before, below the mark of each page."""
        heads = {
            "zh": "| 演练 | 恢复（秒） | 核对的事件 | 结果 |",
            "en": "| Drill | Recovered (s) | Events compared | Found |",
        }
        for language, page in PAGES.items():
            rows = [heads[language], "|---|---|---|---|"]
            for result in self.results:
                what = getattr(result, language)
                found = getattr(result, f"found_{language}")
                rows.append(f"| {what} | {result.recovered:.1f} | {result.events:,} | {found} |")
            _replace_below(page, MARK, "\n".join(rows))


def _replace_below(page: Path, mark: str, text: str) -> None:
    before, found, _ = page.read_text(encoding="utf-8").partition(mark)
    if not found:
        raise ValueError(f"{page} has no place for results")
    page.write_text(f"{before}{mark}\n\n{text}\n", encoding="utf-8")
