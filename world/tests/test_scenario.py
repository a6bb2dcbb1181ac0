"""Scenarios: taken whole or refused whole, with everything that is wrong and where it stands."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from world.engine.gametime import DAY, HOUR
from world.scenario import (
    Scenario,
    ScenarioError,
    Section,
    Strict,
    from_plain,
    read,
    to_plain,
)
from world.sections import SECTIONS
from world.tests.spoilt_towns import SCENARIOS, STAGE, Town


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


def test_what_a_town_tells_is_read_as_it_is_meant(hamlet_copy: Town) -> None:
    scenario = read(hamlet_copy.folder, STAGE)
    hours = {place.key: place.open for place in scenario["places"]}
    assert scenario["town"].starts_at == 6 * HOUR
    assert hours["corner-store"] == [(0, DAY)] * 7
    assert hours["time-cafe"] == [(7 * HOUR, 23 * HOUR)] * 7
    assert hours["innovate-tech"] == [(9 * HOUR, 18 * HOUR)] * 5 + [(0, 0)] * 2


def test_a_problem_reads_as_file_line_field_and_expectation(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "zone: commercial", "zone: harbour", entry="time-cafe")
    line = hamlet_copy.line("places", "zone: harbour")
    with pytest.raises(ScenarioError) as refusal:
        read(hamlet_copy.folder, STAGE)
    assert str(refusal.value) == (
        f"The scenario {hamlet_copy.folder} cannot be used:\n"
        f"  hamlet/places.yaml, line {line}: 1.zone: "
        "expected a zone of zones.yaml (found 'harbour')"
    )


def test_a_long_value_is_told_in_short(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "capacity: 15", f"capacity: {'x' * 500}", entry="time-cafe")
    (problem,) = hamlet_copy.problems()
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


def test_a_missing_frame_of_the_town_is_told(hamlet_copy: Town) -> None:
    hamlet_copy.path("town").unlink()
    assert [str(problem) for problem in hamlet_copy.problems()] == [
        "hamlet/town.yaml: this file is missing"
    ]


def test_a_broken_frame_does_not_hide_what_another_town_lends(hamlet_copy: Town) -> None:
    hamlet_copy.change("town", "time_scale: 10", "time_scale: 0")
    (problem,) = hamlet_copy.problems()
    assert problem.where == "time_scale"
    hamlet_copy.change("town", "map: {", "map: [")
    (problem,) = hamlet_copy.problems()
    assert problem.expected.startswith("this is not YAML")


@pytest.mark.parametrize("told", ["5", "[sunshine]", "/sunshine", "sun/shine", "."])
def test_a_frame_that_does_not_say_who_lends_leaves_other_files_alone(
    hamlet_copy: Town, told: str
) -> None:
    hamlet_copy.path("zones").unlink()
    hamlet_copy.change("town", "based_on: sunshine", f"based_on: {told}")
    (problem,) = hamlet_copy.problems()
    assert (problem.file, problem.where) == ("hamlet/town.yaml", "based_on")
    hamlet_copy.path("town").write_text("[sunshine]", encoding="utf-8")
    (problem,) = hamlet_copy.problems()
    assert (problem.file, problem.where) == ("hamlet/town.yaml", "")


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("&loop [*loop]", "this is no plain content"),
        ("!!set {a, b}", "this is no plain content"),
        ("!!binary aGFtbGV0", "this is no plain content"),
        ("[!!timestamp 2026-02-30]", "this is not YAML"),
        # libyaml refuses it, Python's reader lets it through.
        ('["\\ud800"]', ("this is not YAML", "Invalid JSON")),
    ],
)
def test_what_yaml_can_tell_and_no_scenario_can_hold_is_refused(
    hamlet_copy: Town, told: str, complaint: str | tuple[str, ...]
) -> None:
    hamlet_copy.path("ponds").write_text(told, encoding="utf-8")
    (problem,) = hamlet_copy.problems()
    assert problem.file == "hamlet/ponds.yaml"
    assert problem.expected.startswith(complaint)


@pytest.mark.parametrize("key", ["tea", "1"])
def test_every_key_that_stands_twice_is_told(tmp_path: Path, key: str) -> None:
    sections = {"town": STAGE["town"], "prices": Section("prices", list[dict[str, dict[str, int]]])}
    shutil.copy(SCENARIOS / "sunshine" / "town.yaml", tmp_path)
    (tmp_path / "prices.yaml").write_text(
        f"- {key}: {{}}\n- {key}: {{a: 1, b: 2, a: 3}}\n  other: {{a: 1}}\n  {key}: {{}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refusal:
        read(tmp_path, sections)
    told = [(problem.line, problem.where) for problem in refusal.value.problems]
    assert told == [(2, f"1.{key}.a"), (4, f"1.{key}")]


def test_numbers_are_taken_as_they_are_told_or_not_at_all(tmp_path: Path) -> None:
    class Prices(Strict):
        tea: float
        cups: int

    sections = {"town": STAGE["town"], "prices": Section("prices", Prices)}
    shutil.copy(SCENARIOS / "sunshine" / "town.yaml", tmp_path)

    def told(content: str) -> Scenario:
        (tmp_path / "prices.yaml").write_text(content, encoding="utf-8")
        return read(tmp_path, sections)

    assert told("{tea: 2, cups: 3}")["prices"] == Prices(tea=2.0, cups=3)
    for wrong in ("20.0", "true", '"20"', "null"):
        with pytest.raises(ScenarioError, match=r"cups: Input should be a valid integer"):
            told(f"{{tea: 2, cups: {wrong}}}")
    for wrong in (".inf", "-.inf", ".nan"):
        with pytest.raises(ScenarioError, match=r"tea: Input should be a finite number"):
            told(f"{{tea: {wrong}, cups: 3}}")
    with pytest.raises(ScenarioError, match=r"tea: Input should be a valid number"):
        told("{tea: yes, cups: 3}")


def test_a_file_that_nobody_reads_is_told(hamlet_copy: Town) -> None:
    hamlet_copy.path("road").write_text("[]", encoding="utf-8")
    (problem,) = hamlet_copy.problems()
    assert str(problem).startswith("hamlet/road.yaml: nobody reads this file; expected are ")
    assert all(f"{section}.yaml" in problem.expected for section in STAGE)


def test_what_is_not_yaml_in_a_folder_is_left_alone(hamlet_copy: Town) -> None:
    (hamlet_copy.folder / "README.md").write_text("A small town.", encoding="utf-8")
    assert read(hamlet_copy.folder, STAGE)["town"].slug == "hamlet"


def test_broken_yaml_is_told_with_its_line(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "zone: commercial", "zone: commercial: harbour", entry="time-cafe")
    (problem,) = hamlet_copy.problems()
    assert problem.file == "hamlet/places.yaml"
    assert problem.line == hamlet_copy.line("places", "zone: commercial: harbour")
    assert problem.expected.startswith("this is not YAML: ")


def test_a_file_that_is_not_text_is_told(hamlet_copy: Town) -> None:
    hamlet_copy.path("ponds").write_bytes(b"- key: \xff\xfe")
    (problem,) = hamlet_copy.problems()
    assert problem.file == "hamlet/ponds.yaml"
    assert problem.expected.startswith("it cannot be read: ")


@pytest.mark.parametrize("content", ["", "# Nothing yet.\n"])
def test_an_empty_file_is_told(hamlet_copy: Town, content: str) -> None:
    hamlet_copy.path("ponds").write_text(content, encoding="utf-8")
    (problem,) = hamlet_copy.problems()
    assert problem.file == "hamlet/ponds.yaml"
    assert "should be a valid array (found None)" in problem.expected


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_files_and_lines(
    hamlet_copy: Town,
) -> None:
    hamlet_copy.change("town", "time_scale: 10", "time_scale: 0")
    hamlet_copy.change("places", "capacity: 20", "capacity: none", entry="home-kitchen")
    hamlet_copy.change("places", "outdoor: false", "outdoor: maybe", entry="time-cafe")
    hamlet_copy.change("places", "outdoor: maybe", "outdoor: maybe\n  roof: red", entry="time-cafe")
    hamlet_copy.change("ponds", "x: 360", "x: here")
    hamlet_copy.path("zones").unlink()
    hamlet_copy.change("town", "based_on: sunshine\n", "")
    hamlet_copy.path("shops").write_text("[]", encoding="utf-8")
    told = hamlet_copy.problems()
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


def test_everything_that_does_not_fit_together_is_told_at_once(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "zone: commercial", "zone: harbour", entry="time-cafe")
    hamlet_copy.change("places", "zone: commercial", "zone: harbour", entry="corner-store")
    hamlet_copy.change("places", "key: city-library", "key: green-park")
    hamlet_copy.change("places", "door: south", "door: centre", entry="home-kitchen")
    hamlet_copy.change("roads", "key: south-avenue", "key: north-avenue")
    assert [(problem.file, problem.where) for problem in hamlet_copy.problems()] == [
        ("hamlet/places.yaml", "1.zone"),
        ("hamlet/places.yaml", "2.door"),
        ("hamlet/places.yaml", "3.zone"),
        ("hamlet/places.yaml", "9.key"),
        ("hamlet/roads.yaml", "1.key"),
    ]


def test_a_place_that_no_way_leads_to_is_told(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "door: south", "door: west", entry="time-cafe")
    hamlet_copy.path("ponds").write_text(
        "".join(
            f"- {{key: moat-{n}, name: {{zh: 河, en: moat}}, "
            f"x: {x}, y: {y}, width: {width}, height: {height}}}\n"
            for n, (x, y, width, height) in enumerate(
                [(1160, 200, 20, 80), (1160, 180, 40, 20), (1160, 280, 40, 20)]
            )
        ),
        encoding="utf-8",
    )
    (problem,) = hamlet_copy.problems()
    assert (problem.file, problem.where) == ("hamlet/places.yaml", "1.door")
    assert problem.expected == "no way leads from the north gate to time-cafe"


def test_a_gate_that_no_way_leads_to_is_told(hamlet_copy: Town) -> None:
    hamlet_copy.path("ponds").write_text(
        "- {key: moat, name: {zh: 河, en: moat}, x: 1960, y: 800, width: 20, height: 400}\n"
        "- {key: wall, name: {zh: 河, en: moat}, x: 1980, y: 800, width: 20, height: 20}\n"
        "- {key: dike, name: {zh: 河, en: moat}, x: 1980, y: 1180, width: 20, height: 20}\n",
        encoding="utf-8",
    )
    (problem,) = hamlet_copy.problems()
    assert (problem.file, problem.where) == ("hamlet/town.yaml", "gates.east")
    assert problem.expected == "no way leads from the north gate to the east gate"


def test_everything_that_does_not_fit_on_the_map_is_told_at_once(hamlet_copy: Town) -> None:
    hamlet_copy.change("places", "x: 1200\n  y: 200", "x: 340\n  y: 390", entry="time-cafe")
    hamlet_copy.change("places", "x: 1500", "x: 1960", entry="corner-store")
    hamlet_copy.change("ponds", "x: 360", "x: 1990")
    hamlet_copy.change("roads", "[1600, 420]", "[2001, 420]")
    hamlet_copy.change("town", "north: [1010, 10]", "north: [1010, 400]")
    assert [(problem.file, problem.where) for problem in hamlet_copy.problems()] == [
        ("hamlet/places.yaml", "1"),
        ("hamlet/places.yaml", "3"),
        ("hamlet/ponds.yaml", "0"),
        ("hamlet/roads.yaml", "5"),
        ("hamlet/town.yaml", "gates.north"),
    ]


def test_a_file_that_a_town_lacks_is_taken_from_the_one_that_it_is_based_on(
    copy_of: Callable[[str], Town],
) -> None:
    hamlet_copy, sunshine = copy_of("hamlet"), copy_of("sunshine")
    hamlet_copy.path("ponds").unlink()
    scenario = read(hamlet_copy.folder, STAGE)
    assert scenario["ponds"] == read(sunshine.folder, STAGE)["ponds"]
    assert scenario["town"].slug == "hamlet"

    sunshine.change("ponds", "width: ", "width: -")
    (problem,) = hamlet_copy.problems()
    assert (problem.file, problem.where) == ("sunshine/ponds.yaml", "0.width")


def test_a_file_that_both_towns_lack_is_told_where_it_was_sought_last(
    copy_of: Callable[[str], Town],
) -> None:
    hamlet_copy, sunshine = copy_of("hamlet"), copy_of("sunshine")
    hamlet_copy.path("ponds").unlink()
    sunshine.path("ponds").unlink()
    assert [str(problem) for problem in hamlet_copy.problems()] == [
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
