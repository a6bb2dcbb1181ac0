"""Law 9: in a real browser the page shows the town, people move, a pause stops them."""

import datetime as dt
import html
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from agents.fake_llm.running import FakeModel, fake_llm
from tests.running import Running

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed")

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"

PIXELS = """() => {
  const canvas = document.querySelector("canvas");
  const gl = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  const pixels = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);
  gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE,
                pixels);
  const words = new Uint32Array(pixels.buffer);
  const colours = new Set(words);
  let hash = 0;
  for (const word of words) hash = (Math.imul(hash, 31) + word) | 0;
  return { count: words.length, colours: colours.size, hash };
}"""


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeModel]:
    with fake_llm(latency=0.3) as model:
        yield model


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, fake: FakeModel) -> Iterator[Running]:
    """Sunshine Town, running, its residents thinking with a model."""
    running = Running(
        tmp_path_factory.mktemp("page") / "data",
        OPENAI_BASE_URL=fake.base_url,
        OPENAI_API_KEY="anything",
    )
    try:
        running.await_answer()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complains of; empty at the end of every test."""
    return []


@pytest.fixture
def open_page(
    town: Running, browser: Browser, complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens the page as a newcomer: `open_page(lang="en", operator=True)`."""
    opened = []

    def open_one(*, lang: str = "zh", operator: bool = False, width: int = 800) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 500})
        opened.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        base = f"http://localhost:{town.port}"
        if operator:
            user, password = town.login()
            page.goto(f"{base}/admin/login/?next=/api/health/live")
            page.locator("input[name=username]").fill(user)
            page.locator("input[name=password]").fill(password)
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url("**/health/live")
        page.goto(f"{base}/?quality=low&lang={lang}")
        until(lambda: page.evaluate("document.documentElement.dataset.ready") == "true")
        return page

    yield open_one
    for context in opened:
        context.close()
    assert complaints == []


def until(holds: Callable[[], Any], seconds: float = 20) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def clock(page: Page) -> str:
    return page.get_by_test_id("clock").inner_text()


def test_the_page_shows_the_town_under_a_strict_policy(open_page: Callable[..., Page]) -> None:
    page = open_page()
    drawn = page.evaluate(PIXELS)
    assert drawn["count"] > 100_000
    assert drawn["colours"] > 50, "the map is blank"
    assert page.get_by_test_id("resident").count() >= 50, "somebody may have moved in"
    first = page.get_by_test_id("resident").first.inner_text()
    assert len(first.splitlines()) >= 3, "a name, a deed and a thought"
    answer = page.request.get(page.url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_people_move_and_a_pause_stops_them(town: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(operator=True)
    page.get_by_role("button", name="60 倍速").click()
    until(lambda: page.get_by_test_id("event").count() > 0 if _show_events(page) else False)
    before, then = page.evaluate(PIXELS)["hash"], clock(page)
    until(lambda: page.evaluate(PIXELS)["hash"] != before and clock(page) != then)
    page.get_by_test_id("pause").click()
    until(lambda: "已暂停" in page.get_by_test_id("banner").inner_text())
    time.sleep(2)
    stands, at = page.evaluate(PIXELS)["hash"], clock(page)
    seq = town.get("/api/world/status")["seq"]
    time.sleep(3)
    assert (page.evaluate(PIXELS)["hash"], clock(page)) == (stands, at)
    assert town.get("/api/world/status")["seq"] == seq
    page.get_by_test_id("pause").click()
    until(lambda: clock(page) != at)
    page.get_by_role("button", name="1 倍速", exact=True).click()
    until(lambda: town.get("/api/world/status")["time_scale"] == 10)


def _show_events(page: Page) -> bool:
    page.get_by_test_id("tab-events").click()
    return True


def test_the_other_language_works(open_page: Callable[..., Page]) -> None:
    page = open_page()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert "居民" in page.get_by_test_id("tab-residents").inner_text()
    chinese = page.get_by_test_id("resident").first.inner_text()
    page.get_by_test_id("language").click()
    until(lambda: page.locator("html").get_attribute("lang") == "en")
    english = page.get_by_test_id("resident").first.inner_text()
    assert english != chinese
    assert english.isascii() or "·" in english
    assert "Residents" in page.get_by_test_id("tab-residents").inner_text()
    page.reload()
    until(lambda: page.evaluate("document.documentElement.dataset.ready") == "true")
    assert page.locator("html").get_attribute("lang") == "zh-Hans", "the address says so"


def test_somebody_can_be_chosen_by_keyboard_and_followed(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en")
    page.get_by_role("searchbox").fill("Li Ming")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card = page.get_by_test_id("card")
    assert "Li Ming" in card.inner_text()
    assert "Decided by" in card.inner_text()
    card.get_by_role("button", name="Follow").press("Enter")
    assert card.get_by_role("button", name="Stop following").is_visible()


def test_it_shows_who_thinks_and_operators_read_prompt_and_reply(
    town: Running, open_page: Callable[..., Page]
) -> None:
    page = open_page(lang="en", operator=True, width=1280)
    page.get_by_role("button", name="Speed ×60").click()
    decided = page.get_by_test_id("resident").filter(has=page.get_by_test_id("thinks"))
    assert decided.count() + page.get_by_test_id("thinks-now").count() > 40
    until(lambda: thinker(town) is not None, seconds=60)
    number = thinker(town)
    page.get_by_test_id("resident").nth((number or 1) - 1).click()
    card = page.get_by_test_id("card")
    until(lambda: card.get_by_test_id("plan").count() > 0)
    # Who talks meanwhile goes on talking by rule, and by their model again when that is over.
    until(lambda: "openai" in card.get_by_test_id("decided").inner_text(), seconds=60)
    assert "$" in card.get_by_test_id("spent").inner_text()
    assert "$" in page.get_by_test_id("spending").inner_text()
    page.get_by_role("button", name="Speed ×1", exact=True).click()
    card.get_by_role("button", name="Thoughts").press("Enter")
    decisions = page.get_by_test_id("thought").filter(has_text=re.compile("what to do|a plan"))
    until(lambda: decisions.count() > 0)
    assert barriers(page) == []
    decisions.last.press("Enter")
    whole = page.get_by_test_id("whole-thought")
    until(lambda: whole.count() > 0 and "JSON" in whole.inner_text())
    assert '"steps"' in whole.inner_text()
    assert "What came to mind" in whole.inner_text()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    until(lambda: page.get_by_test_id("whole-thought").count() == 0)


def test_the_town_as_a_whole_and_files_of_it(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en", width=1280)
    page.get_by_test_id("tab-society").press("Enter")
    figures = page.get_by_test_id("figures")
    until(lambda: figures.count() > 0 and page.get_by_test_id("hot-place").count() > 0)
    assert "ties of acquaintances and closer" in figures.inner_text()
    hottest = page.get_by_test_id("hot-place").first
    hottest.press("Enter")
    name = hottest.locator("strong").inner_text()
    assert name in page.get_by_test_id("card").inner_text()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="All that was said, as CSV").press("Enter")
    table = Path(arriving.value.path()).read_text(encoding="utf-8")
    assert arriving.value.suggested_filename.endswith(".csv")
    assert "good morning" in table.lower(), "it is in the language of the page"
    page.get_by_test_id("language").click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="人际关系网，GraphML 格式").click()
    assert "熟人" in html.unescape(Path(arriving.value.path()).read_text(encoding="utf-8"))


DAYS = {
    "world_time": "2026-03-05T01:00:00",
    "days": ["2026-03-02", "2026-03-03", "2026-03-04"],
    "series": {
        "income": {"unit": "yuan", "values": [1000, 1200, 900]},
        "spending": {"unit": "yuan", "values": [800, 1100, 950]},
        "share_stable": {"unit": "part", "values": [0.9, 0.8, 0.75]},
        "share_tight": {"unit": "part", "values": [0.1, 0.2, 0.25]},
    },
    "known": [],
}
"""What a town might tell of three days."""


@pytest.mark.parametrize(("lang", "width"), [("en", 1280), ("zh", 390)])
def test_the_economy_is_shown_in_figures_charts_and_books(
    open_page: Callable[..., Page], lang: str, width: int
) -> None:
    page = open_page(lang=lang, width=width)
    page.get_by_test_id("tab-society").press("Enter")
    until(lambda: page.get_by_test_id("means").count() > 0)
    assert {"en": "Gini", "zh": "基尼系数"}[lang] in page.get_by_test_id("means").inner_text()
    answers = [DAYS, {**DAYS, "days": [], "series": {}}]
    page.route(
        "**/api/stats/timeseries*", lambda route: route.fulfill(json={"data": answers.pop()})
    )
    page.get_by_test_id("days").press("Enter")
    dialog, none = page.get_by_role("dialog"), {"en": "No day has been", "zh": "还没有结算过"}
    until(lambda: none[lang] in dialog.inner_text() and dialog.get_by_test_id("business").count())
    assert page.get_by_test_id("chart").count() == 0
    page.keyboard.press("Escape")

    page.get_by_test_id("days").press("Enter")
    until(lambda: page.get_by_test_id("chart").count() == 2)
    flow = page.get_by_test_id("chart").first
    told = str(flow.locator("svg").get_attribute("aria-label"))
    assert {"en": "income from 1,000 to 900", "zh": "收入从 1,000 到 900"}[lang] in told
    assert page.locator("svg polyline").count() == page.locator("svg polygon").count() == 2
    flow.locator("summary").press("Enter")
    rows = flow.locator("tbody tr")
    assert rows.count() == 3
    assert "1,200" in rows.nth(1).inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []
    page.keyboard.press("Escape")

    page.get_by_test_id("connected").first.press("Enter")
    page.get_by_test_id("money").press("Enter")
    books = page.get_by_test_id("finances")
    until(lambda: books.get_by_test_id("transaction").count() > 0)
    assert {"en": "money to begin with", "zh": "起步的钱"}[lang] in books.inner_text()
    assert barriers(page) == []


def test_operators_announce_and_everybody_reads_who_knows(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en", operator=True)
    page.get_by_test_id("tab-news").press("Enter")
    page.get_by_test_id("announce").press("Enter")
    form = page.get_by_test_id("announcing")
    form.get_by_role("button", name="Announce").press("Enter")
    until(lambda: "Write something" in form.inner_text())
    page.keyboard.type("No water tomorrow.")
    form.get_by_label("urgent", exact=True).check()
    assert barriers(page) == []
    form.get_by_role("button", name="Announce").press("Enter")
    until(lambda: "announced at" in page.get_by_test_id("announced").inner_text())
    page.keyboard.press("Escape")
    announced = page.get_by_test_id("news").filter(has_text="No water tomorrow.")
    until(lambda: announced.count() > 0 and re.search(r"(\d+) of \1\b", announced.inner_text()))
    announced.press("Enter")
    knows = page.get_by_test_id("knows")
    until(lambda: knows.count() >= 50)
    assert barriers(page) == []
    name = knows.first.inner_text()
    knows.first.press("Enter")
    until(lambda: name in page.get_by_test_id("card").inner_text())


GATHERING = {
    "zh": ("人们会说起它多少天", "请填 1 到 60 之间的整数", "紧急程度：高", "是主办人，自然知道："),
    "en": ("For how many days", "a whole number of days", "urgency: high", "knows, as the host: "),
}
"""In each language: the field of days, what is wrong with it, how the urgency is told, and why the
host knows."""


@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_operators_plan_a_gathering_with_keys_alone(
    town: Running, open_page: Callable[..., Page], lang: str, width: int
) -> None:
    page, words = open_page(lang=lang, operator=True, width=width), f"party-{lang}"
    field, fault, urgency, hosting = GATHERING[lang]
    page.get_by_test_id("tab-news").press("Enter")
    page.get_by_test_id("announce").press("Enter")
    form = page.get_by_test_id("announcing")
    for keys in (
        "Tab ArrowDown",  # a gathering
        "Tab ArrowDown",  # the host: the first by name
        "Tab ArrowDown",  # the place
        "Tab ArrowDown ArrowDown ArrowDown ArrowDown",  # in three days
        "Tab 0 6 0 0 p Tab",  # six in the evening; past the button with a clock
        "Tab ArrowDown ArrowDown",  # who else is told: the second by name
        f"Tab Tab {' '.join(words)} Tab ArrowDown",  # in English; urgency high
        "Tab s o o n Tab Enter",
    ):
        for key in keys.split():
            page.keyboard.press(key)
    until(lambda: fault in form.inner_text())
    days = form.get_by_label(field)
    assert days.input_value() == "soon", "what was typed is lost"
    assert days.evaluate("node => node === document.activeElement")
    assert barriers(page) == []
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= width
    for key in ("Control+A", "2", "Enter"):
        page.keyboard.press(key)
    until(lambda: ":" in page.get_by_test_id("announced").inner_text())
    page.keyboard.press("Escape")
    until(lambda: page.get_by_test_id("news").filter(has_text=words).count() == 1)
    assert urgency in page.get_by_test_id("news").filter(has_text=words).inner_text()
    (line,) = (each for each in town.get("/api/world/news")["news"] if each["text"] == words)
    told = {each: dt.datetime.fromisoformat(line[each]) for each in ("time", "spoken_of_until")}
    assert told["spoken_of_until"] - told["time"] == dt.timedelta(days=2)
    starts = dt.datetime.fromisoformat(line["starts_at"])
    assert (starts.date() - told["time"].date(), starts.hour) == (dt.timedelta(days=3), 18)
    spread = town.get(f"/api/world/news/{line['id']}")["spread"]
    assert {each["how"] for each in spread if not each["source"]} == {"hosting", "announced"}
    page.get_by_test_id("tab-events").press("Enter")
    until(lambda: page.get_by_test_id("event").filter(has_text=hosting + words).count() == 1)


def thinker(town: Running) -> int | None:
    """Somebody whose present deed is a model's decision."""
    for number in range(1, 51):
        if town.get(f"/api/agents/{number}")["state"]["thinking"]["source"] == "model":
            return number
    return None


def test_strangers_can_neither_touch_the_clock_nor_announce(open_page: Callable[..., Page]) -> None:
    page = open_page(lang="en")
    assert page.get_by_test_id("pause").is_disabled()
    assert page.get_by_role("link", name="Log in").is_visible()
    page.get_by_test_id("tab-news").click()
    assert "Only operators" in page.get_by_role("tabpanel").inner_text()
    assert page.get_by_test_id("announce").count() == 0


def test_on_a_phone_nothing_is_out_of_reach(open_page: Callable[..., Page]) -> None:
    page = open_page(width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for name in ("clock", "pause", "language", "tab-news", "tab-events", "tab-society"):
        box = page.get_by_test_id(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def barriers(page: Page) -> list[str]:
    """What keeps people from using a page, as axe-core finds it: impact, rule and first element."""
    page.evaluate(AXE.read_text() + ";0")
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in found["violations"]
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_bars_those_who_cannot_see_or_point(
    open_page: Callable[..., Page], lang: str, width: int
) -> None:
    page = open_page(lang=lang, width=width)
    assert barriers(page) == []
    page.get_by_test_id("tab-events").click()
    assert barriers(page) == []
    page.get_by_test_id("tab-society").click()
    until(lambda: page.get_by_test_id("figures").count() > 0)
    assert barriers(page) == []
    page.get_by_test_id("tab-residents").click()
    page.get_by_test_id("resident").first.click()
    until(lambda: page.get_by_test_id("card").is_visible())
    assert barriers(page) == []


def test_nothing_bars_operators_either(town: Running, open_page: Callable[..., Page]) -> None:
    """The theme has no main landmark, which axe finds moderate; nothing is worse."""
    page = open_page(operator=True)
    for path in ("admin/", "admin/agents/agent/", "admin/world/world/"):
        page.goto(f"http://localhost:{town.port}/{path}")
        grave = [each for each in barriers(page) if not each.startswith(("minor", "moderate"))]
        assert grave == []
