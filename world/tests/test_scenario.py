"""Scenarios: taken whole or refused whole, with everything that is wrong and where it stands."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.gametime import DAY, HOUR, MINUTE
from world.scenario import Problem, Scenario, ScenarioError, Section, from_plain, read, to_plain
from world.sections import (
    SECTIONS,
    parse_hours,
    parse_time_of_day,
    parse_week,
    write_hours,
    write_time_of_day,
    write_week,
)

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
STAGE = {section.name: section for section in SECTIONS}
"""The sections of the stage; what lives above it has tests of its own."""


class Town:
    """A copy of a shipped scenario's stage that a test may spoil."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: str) -> Path:
        return self.folder / f"{file}.yaml"

    def change(self, file: str, old: str, new: str, *, entry: str = "") -> None:
        """Put `new` in the place of the first `old`, or the first in the entry of this key."""
        text = self.path(file).read_text(encoding="utf-8")
        start = self._start(text, entry)
        assert old in text[start:]
        changed = text[:start] + text[start:].replace(old, new, 1)
        self.path(file).write_text(changed, encoding="utf-8")

    def line(self, file: str, told: str) -> int:
        """The line on which `told` ends, which stands only once in the file."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(told) == 1
        return text[: text.index(told) + len(told)].count("\n") + 1

    def problems(self) -> list[Problem]:
        """Why this town is refused."""
        with pytest.raises(ScenarioError) as refusal:
            read(self.folder, STAGE)
        return refusal.value.problems

    @staticmethod
    def _start(text: str, entry: str) -> int:
        return text.index(f"- key: {entry}\n") if entry else 0


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Town]:
    """Copies the stage of a shipped scenario: `copy_of("hamlet")`."""

    def copy(name: str) -> Town:
        folder = tmp_path / name
        folder.mkdir()
        for section in STAGE:
            shutil.copy(SCENARIOS / name / f"{section}.yaml", folder)
        return Town(folder)

    return copy


@pytest.fixture
def hamlet(copy_of: Callable[[str], Town]) -> Town:
    return copy_of("hamlet")


@pytest.mark.parametrize("name", ["hamlet", "sunshine"])
def test_the_towns_that_are_shipped_are_accepted(copy_of: Callable[[str], Town], name: str) -> None:
    scenario = read(copy_of(name).folder, STAGE)
    assert scenario["town"].slug == name
    assert scenario.problems == []
    assert {place.zone for place in scenario["places"]} <= {zone.key for zone in scenario["zones"]}


@pytest.mark.parametrize("name", ["hamlet", "sunshine"])
def test_a_town_is_the_same_after_it_was_stored_as_json(
    copy_of: Callable[[str], Town], name: str
) -> None:
    scenario = read(copy_of(name).folder, STAGE)
    for section in SECTIONS:
        stored = json.dumps(to_plain(section, scenario[section.name]))
        assert from_plain(section, json.loads(stored)) == scenario[section.name]


def test_what_a_town_tells_is_read_as_it_is_meant(hamlet: Town) -> None:
    scenario = read(hamlet.folder, STAGE)
    hours = {place.key: place.open for place in scenario["places"]}
    assert scenario["town"].starts_at == 6 * HOUR
    assert hours["corner-store"] == [(0, DAY)] * 7
    assert hours["time-cafe"] == [(7 * HOUR, 23 * HOUR)] * 7
    assert hours["innovate-tech"] == [(9 * HOUR, 18 * HOUR)] * 5 + [(0, 0)] * 2


class Fault(NamedTuple):
    """One fault put into the hamlet, and how it must be told."""

    file: str
    entry: str
    """The key of the entry in which to change something, if the file has entries."""
    old: str
    new: str
    where: str
    on: str
    """What ends on the line that is told, and stands only once in its file."""
    expected: str
    """A regular expression."""
    told_in: str = ""
    """The file that is told, where it is not the one that was changed."""


FAULTS = {
    "wrong type": Fault(
        file="places",
        entry="time-cafe",
        old="capacity: 15",
        new="capacity: many",
        where="1.capacity",
        on="capacity: many",
        expected=r"should be a valid integer \(found 'many'\)$",
    ),
    "out of range": Fault(
        file="places",
        entry="time-cafe",
        old="capacity: 15",
        new="capacity: 0",
        where="1.capacity",
        on="capacity: 0",
        expected=r"should be greater than 0 \(found 0\)$",
    ),
    "unknown field": Fault(
        file="places",
        entry="time-cafe",
        old="outdoor: false",
        new="outdoor: false\n  roof: red",
        where="1.roof",
        on="roof: red",
        expected=r"^Extra inputs are not permitted \(found 'red'\)$",
    ),
    "missing field": Fault(
        file="places",
        entry="time-cafe",
        old="  capacity: 15\n",
        new="",
        where="1.capacity",
        on="- key: time-cafe",
        expected="^Field required$",
    ),
    "missing translation": Fault(
        file="places",
        entry="time-cafe",
        old=', en: "Time Cafe"',
        new="",
        where="1.name.en",
        on='name: {zh: "时光咖啡馆"}',
        expected="^Field required$",
    ),
    "unknown side of a building": Fault(
        file="places",
        entry="time-cafe",
        old="door: south",
        new="door: upstairs",
        where="1.door",
        on="door: upstairs",
        expected=r"'north', 'south', 'east', 'west' or 'centre' \(found 'upstairs'\)$",
    ),
    "key that is not in kebab case": Fault(
        file="places",
        entry="time-cafe",
        old="key: time-cafe",
        new="key: Time Cafe",
        where="1.key",
        on="key: Time Cafe",
        expected=r"should match pattern .* \(found 'Time Cafe'\)$",
    ),
    "key of another place": Fault(
        file="places",
        entry="home-kitchen",
        old="key: home-kitchen",
        new="key: time-cafe",
        where="2.key",
        on="[eat, coffee, rest, talk, work]\n\n- key: time-cafe",
        expected="^'time-cafe' is taken already$",
    ),
    "key of another road": Fault(
        file="roads",
        entry="south-avenue",
        old="key: south-avenue",
        new="key: north-avenue",
        where="1.key",
        on="[1000, 880]]\n\n- key: north-avenue",
        expected="^'north-avenue' is taken already$",
    ),
    "key of another zone": Fault(
        file="zones",
        entry="leisure",
        old="- key: leisure",
        new="- key: plaza\n  name: {zh: 湖, en: lake}\n  kind: leisure\n"
        "  x: 0\n  y: 0\n  width: 20\n  height: 20\n\n- key: leisure",
        where="3.key",
        on="height: 280\n\n- key: plaza",
        expected="^'plaza' is taken already$",
    ),
    "zone that does not exist": Fault(
        file="places",
        entry="time-cafe",
        old="zone: commercial",
        new="zone: harbour",
        where="1.zone",
        on="zone: harbour",
        expected=r"^expected a zone of zones\.yaml \(found 'harbour'\)$",
    ),
    "buildings that overlap": Fault(
        file="places",
        entry="time-cafe",
        old="x: 1200\n  y: 200",
        new="x: 340\n  y: 390",
        where="",
        on="- key: sunshine-apartments",
        expected=r"at \(200, 200\) of 150 x 200 px overlaps the .* at \(340, 390\) of 100 x 80 px$",
    ),
    "pond off the map": Fault(
        file="ponds",
        entry="mirror-pond",
        old="x: 360",
        new="x: 1990",
        told_in="places",
        where="",
        on="- key: sunshine-apartments",
        expected=r"pond at \(1990, 1320\) of 60 x 60 px is off the map$",
    ),
    "pond before the door": Fault(
        file="ponds",
        entry="mirror-pond",
        old="x: 360\n  y: 1320",
        new="x: 1220\n  y: 280",
        told_in="places",
        where="1.door",
        on="capacity: 15\n  door: south",
        expected=r"^the south door of the .* at \(1200, 200\) .* is blocked$",
    ),
    "door inside a building": Fault(
        file="places",
        entry="time-cafe",
        old="door: south",
        new="door: centre",
        where="1.door",
        on="capacity: 15\n  door: centre",
        expected=r"^the centre door of the .* at \(1200, 200\) .* is blocked$",
    ),
    "gate off the map": Fault(
        file="town",
        entry="",
        old="east: [1990, 1010]",
        new="east: [2010, 1010]",
        where="gates.east",
        on="east: [2010, 1010]",
        expected=r"^expected a point at the east edge \(found \[2010, 1010\]\)$",
    ),
    "gate at another edge": Fault(
        file="town",
        entry="",
        old="north: [1010, 10]",
        new="north: [1010, 400]",
        where="gates.north",
        on="north: [1010, 400]",
        expected="^expected a point at the north edge",
    ),
    "yes for a number": Fault(
        file="town",
        entry="",
        old="time_scale: 10",
        new="time_scale: yes",
        where="time_scale",
        on="time_scale: yes",
        expected=r"valid integer \(found True\)$",
    ),
    "number in quotes": Fault(
        file="places",
        entry="time-cafe",
        old="capacity: 15",
        new='capacity: "15"',
        where="1.capacity",
        on='capacity: "15"',
        expected=r"valid integer \(found '15'\)$",
    ),
    "date that does not exist": Fault(
        file="town",
        entry="",
        old="first_day: 2026-03-02",
        new="first_day: 2026-02-30",
        where="first_day",
        on="first_day: 2026-02-30",
        expected=r"date.*\(found '2026-02-30'\)$",
    ),
    "key told twice": Fault(
        file="places",
        entry="time-cafe",
        old="  capacity: 15\n",
        new="  capacity: 15\n  zone: commercial\n",
        where="zone",
        on="capacity: 15\n  zone: commercial",
        expected="^expected this key only once$",
    ),
    "door off the map": Fault(
        file="places",
        entry="central-plaza",
        old="x: 900",
        new="x: 1950",
        where="7.door",
        on="capacity: 50\n  door: centre",
        expected="^the centre door .* is off the map$",
    ),
    "hours reversed": Fault(
        file="places",
        entry="time-cafe",
        old='"07:00-23:00"',
        new='"23:00-07:00"',
        where="1.open",
        on='open: {daily: "23:00-07:00"}',
        expected="expected hours within one day .*found .*23:00-07:00",
    ),
    "hours of days that do not exist": Fault(
        file="places",
        entry="time-cafe",
        old="daily:",
        new="mondays:",
        where="1.open",
        on="open: {mondays:",
        expected="expected always, .* or seven hours .*found .*mondays",
    ),
    "time without quotes": Fault(
        file="town",
        entry="",
        old='"06:00"',
        new="10:30",
        where="starts_at",
        on="starts_at: 10:30",
        expected=r'expected a time of day such as "07:30", in quotes \(found 630\)$',
    ),
    "first day that is no Monday": Fault(
        file="town",
        entry="",
        old="first_day: 2026-03-02",
        new="first_day: 2026-03-03",
        where="first_day",
        on="first_day: 2026-03-03",
        expected=r"expected a Monday \(found '2026-03-03'\)$",
    ),
    "grid that misses full hours": Fault(
        file="town",
        entry="",
        old="grid_seconds: 30",
        new="grid_seconds: 7",
        where="grid_seconds",
        on="grid_seconds: 7",
        expected=r"expected seconds that divide a minute \(found 7\)$",
    ),
    "gate with one coordinate": Fault(
        file="town",
        entry="",
        old="north: [1010, 10]",
        new="north: [1010]",
        where="gates.north.1",
        on="gates: {north: [1010],",
        expected="^Field required$",
    ),
    "road of one point": Fault(
        file="roads",
        entry="sunshine-road",
        old="[[160, 420], [1600, 420]]",
        new="[[160, 420]]",
        where="5.points",
        on="points: [[160, 420]]",
        expected="should have at least 2 items",
    ),
    "something else than a list": Fault(
        file="ponds",
        entry="mirror-pond",
        old="- key:",
        new="  key:",
        where="",
        on="  key:",
        expected="should be a valid array",
    ),
}


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in FAULTS.items()])
def test_a_fault_is_told_with_its_file_and_line_and_field_and_what_was_expected(
    hamlet: Town, fault: Fault
) -> None:
    hamlet.change(fault.file, fault.old, fault.new, entry=fault.entry)
    (problem,) = hamlet.problems()
    told_in = fault.told_in or fault.file
    assert problem.file == f"hamlet/{told_in}.yaml"
    assert problem.line == hamlet.line(told_in, fault.on)
    assert problem.where == fault.where
    assert re.search(fault.expected, problem.expected)


def test_a_problem_reads_as_file_line_field_and_expectation(hamlet: Town) -> None:
    hamlet.change("places", "zone: commercial", "zone: harbour", entry="time-cafe")
    line = hamlet.line("places", "zone: harbour")
    with pytest.raises(ScenarioError) as refusal:
        read(hamlet.folder, STAGE)
    assert str(refusal.value) == (
        f"The scenario {hamlet.folder} cannot be used:\n"
        f"  hamlet/places.yaml, line {line}: 1.zone: "
        "expected a zone of zones.yaml (found 'harbour')"
    )


def test_a_long_value_is_told_in_short(hamlet: Town) -> None:
    hamlet.change("places", "capacity: 15", f"capacity: {'x' * 500}", entry="time-cafe")
    (problem,) = hamlet.problems()
    assert len(problem.expected) < 200
    assert "xxx..." in problem.expected


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (problem,) = Town(tmp_path / "atlantis").problems()
    assert str(problem) == f"{tmp_path / 'atlantis'}: there is no such folder"


def test_a_missing_file_is_told(copy_of: Callable[[str], Town]) -> None:
    sunshine = copy_of("sunshine")
    sunshine.path("roads").unlink()
    assert [str(problem) for problem in sunshine.problems()] == [
        "sunshine/roads.yaml: this file is missing"
    ]


def test_a_missing_frame_of_the_town_is_told(hamlet: Town) -> None:
    hamlet.path("town").unlink()
    assert [str(problem) for problem in hamlet.problems()] == [
        "hamlet/town.yaml: this file is missing"
    ]


def test_a_broken_frame_does_not_hide_what_another_town_lends(hamlet: Town) -> None:
    hamlet.change("town", "time_scale: 10", "time_scale: 0")
    (problem,) = hamlet.problems()
    assert problem.where == "time_scale"
    hamlet.change("town", "map: {", "map: [")
    (problem,) = hamlet.problems()
    assert problem.expected.startswith("this is not YAML")


def test_a_file_that_nobody_reads_is_told(hamlet: Town) -> None:
    hamlet.path("road").write_text("[]", encoding="utf-8")
    (problem,) = hamlet.problems()
    assert str(problem).startswith("hamlet/road.yaml: nobody reads this file; expected are ")
    assert all(f"{section}.yaml" in problem.expected for section in STAGE)


def test_what_is_not_yaml_in_a_folder_is_left_alone(hamlet: Town) -> None:
    (hamlet.folder / "README.md").write_text("A small town.", encoding="utf-8")
    assert read(hamlet.folder, STAGE)["town"].slug == "hamlet"


def test_broken_yaml_is_told_with_its_line(hamlet: Town) -> None:
    hamlet.change("places", "zone: commercial", "zone: commercial: harbour", entry="time-cafe")
    (problem,) = hamlet.problems()
    assert problem.file == "hamlet/places.yaml"
    assert problem.line == hamlet.line("places", "zone: commercial: harbour")
    assert problem.expected.startswith("this is not YAML: ")


def test_a_file_that_is_not_text_is_told(hamlet: Town) -> None:
    hamlet.path("ponds").write_bytes(b"- key: \xff\xfe")
    (problem,) = hamlet.problems()
    assert problem.file == "hamlet/ponds.yaml"
    assert problem.expected.startswith("it cannot be read: ")


@pytest.mark.parametrize("content", ["", "# Nothing yet.\n"])
def test_an_empty_file_is_told(hamlet: Town, content: str) -> None:
    hamlet.path("ponds").write_text(content, encoding="utf-8")
    (problem,) = hamlet.problems()
    assert problem.file == "hamlet/ponds.yaml"
    assert "should be a valid array (found None)" in problem.expected


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_files_and_lines(
    hamlet: Town,
) -> None:
    hamlet.change("town", "time_scale: 10", "time_scale: 0")
    hamlet.change("places", "capacity: 20", "capacity: none", entry="home-kitchen")
    hamlet.change("places", "outdoor: false", "outdoor: maybe", entry="time-cafe")
    hamlet.change("places", "outdoor: maybe", "outdoor: maybe\n  roof: red", entry="time-cafe")
    hamlet.change("ponds", "x: 360", "x: here")
    hamlet.path("zones").unlink()
    hamlet.change("town", "based_on: sunshine\n", "")
    hamlet.path("shops").write_text("[]", encoding="utf-8")
    told = hamlet.problems()
    assert [(problem.file, problem.where) for problem in told] == [
        ("hamlet/places.yaml", "1.outdoor"),
        ("hamlet/places.yaml", "1.roof"),
        ("hamlet/places.yaml", "2.capacity"),
        ("hamlet/ponds.yaml", "0.x"),
        ("hamlet/shops.yaml", ""),
        ("hamlet/town.yaml", "time_scale"),
        ("hamlet/zones.yaml", ""),
    ]
    assert [problem.line for problem in told[:3]] == sorted(problem.line for problem in told[:3])


def test_everything_that_does_not_fit_together_is_told_at_once(hamlet: Town) -> None:
    hamlet.change("places", "zone: commercial", "zone: harbour", entry="time-cafe")
    hamlet.change("places", "zone: commercial", "zone: harbour", entry="corner-store")
    hamlet.change("places", "key: city-library", "key: green-park")
    hamlet.change("places", "door: south", "door: centre", entry="home-kitchen")
    hamlet.change("roads", "key: south-avenue", "key: north-avenue")
    assert [(problem.file, problem.where) for problem in hamlet.problems()] == [
        ("hamlet/places.yaml", "1.zone"),
        ("hamlet/places.yaml", "2.door"),
        ("hamlet/places.yaml", "3.zone"),
        ("hamlet/places.yaml", "9.key"),
        ("hamlet/roads.yaml", "1.key"),
    ]


def test_a_place_that_no_way_leads_to_is_told(hamlet: Town) -> None:
    hamlet.change("places", "door: south", "door: west", entry="time-cafe")
    hamlet.path("ponds").write_text(
        "".join(
            f"- {{key: moat-{n}, name: {{zh: 河, en: moat}}, "
            f"x: {x}, y: {y}, width: {width}, height: {height}}}\n"
            for n, (x, y, width, height) in enumerate(
                [(1160, 200, 20, 80), (1160, 180, 40, 20), (1160, 280, 40, 20)]
            )
        ),
        encoding="utf-8",
    )
    (problem,) = hamlet.problems()
    assert problem.file == "hamlet/places.yaml"
    assert re.search("^no way leads from place 1, cell .* to place 0", problem.expected)


def test_a_file_that_a_town_lacks_is_taken_from_the_one_that_it_is_based_on(
    copy_of: Callable[[str], Town],
) -> None:
    hamlet, sunshine = copy_of("hamlet"), copy_of("sunshine")
    hamlet.path("ponds").unlink()
    scenario = read(hamlet.folder, STAGE)
    assert scenario["ponds"] == read(sunshine.folder, STAGE)["ponds"]
    assert scenario["town"].slug == "hamlet"

    sunshine.change("ponds", "width: ", "width: -")
    (problem,) = hamlet.problems()
    assert (problem.file, problem.where) == ("sunshine/ponds.yaml", "0.width")


def test_a_file_that_both_towns_lack_is_told_where_it_was_sought_last(
    copy_of: Callable[[str], Town],
) -> None:
    hamlet, sunshine = copy_of("hamlet"), copy_of("sunshine")
    hamlet.path("ponds").unlink()
    sunshine.path("ponds").unlink()
    assert [str(problem) for problem in hamlet.problems()] == [
        "sunshine/ponds.yaml: this file is missing"
    ]


def test_a_section_may_be_anything_that_pydantic_understands(tmp_path: Path) -> None:
    def not_twice(scenario: Scenario) -> None:
        for name, count in scenario["prices"].items():
            if count > 1:
                scenario.problem("prices", (name,), f"expected one (found {count})")

    sections = {"town": STAGE["town"], "prices": Section("prices", dict[str, int], not_twice)}
    shutil.copy(SCENARIOS / "sunshine" / "town.yaml", tmp_path)
    prices = tmp_path / "prices.yaml"
    prices.write_text("tea: 1\ncoffee: 1\n", encoding="utf-8")
    assert read(tmp_path, sections)["prices"] == {"tea": 1, "coffee": 1}

    prices.write_text("tea: 1\ncoffee: 2\n", encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"prices\.yaml, line 2: coffee: expected one \(found 2\)"
    ):
        read(tmp_path, sections)


@given(st.integers(0, DAY // MINUTE).map(lambda minutes: minutes * MINUTE))
def test_a_time_of_day_is_read_as_it_is_written(second: int) -> None:
    assert parse_time_of_day(write_time_of_day(second)) == second


def test_times_of_day_go_from_midnight_to_midnight() -> None:
    assert parse_time_of_day("00:00") == 0
    assert parse_time_of_day("07:30") == 7 * HOUR + 30 * MINUTE
    assert parse_time_of_day("24:00") == DAY
    assert write_time_of_day(7 * HOUR + 30 * MINUTE) == "07:30"


@pytest.mark.parametrize(
    "told", ["24:01", "07:60", "7:30", "07.30", "07:3a", "-1:30", "07:30:00", "", 450, None]
)
def test_what_is_no_time_of_day_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="expected a time of day"):
        parse_time_of_day(told)


minutes = st.integers(0, DAY // MINUTE)
hours = st.one_of(
    st.just((0, 0)),
    st.lists(minutes, min_size=2, max_size=2, unique=True).map(
        lambda pair: (min(pair) * MINUTE, max(pair) * MINUTE)
    ),
)


@given(st.lists(hours, min_size=7, max_size=7))
def test_the_hours_of_a_week_are_read_as_they_are_written(week: list[tuple[int, int]]) -> None:
    assert parse_week(write_week(week)) == week
    assert [parse_hours(write_hours(told)) for told in week] == week


@pytest.mark.parametrize(
    "told",
    ["23:00-07:00", "07:00-07:00", "07:00", "07:00-12:00-13:00", "open", "", 0, None, False],
)
def test_what_are_no_hours_are_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r"^expected (hours within one day|a time of day)"):
        parse_hours(told)


def test_a_week_can_be_told_in_short() -> None:
    nine_to_five = (9 * HOUR, 17 * HOUR)
    assert parse_week("always") == [(0, DAY)] * 7
    assert parse_week({"daily": "09:00-17:00"}) == [nine_to_five] * 7
    working_week = parse_week({"weekdays": "09:00-17:00", "weekend": "closed"})
    assert working_week == [nine_to_five] * 5 + [(0, 0)] * 2
    assert parse_week(["closed"] * 6 + ["09:00-17:00"]) == [(0, 0)] * 6 + [nine_to_five]


@pytest.mark.parametrize(
    "told",
    [
        "never",
        {"daily": "09:00-17:00", "weekend": "closed"},
        {"weekdays": "09:00-17:00"},
        ["closed"] * 6,
        ["closed"] * 8,
        {},
        [],
        None,
    ],
)
def test_what_is_no_week_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match="expected always"):
        parse_week(told)
