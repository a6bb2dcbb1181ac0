"""Every fault of a scenario is told with its file, line and field, and what was expected."""

import re
from typing import NamedTuple

import pytest

from world.tests.spoilt_towns import Town


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
        where="1",
        on="- key: time-cafe",
        expected=r"at \(340, 390\) of 100 x 80 px overlaps the .* at \(200, 200\) of 150 x 200 px$",
    ),
    "pond that overlaps a building": Fault(
        file="ponds",
        entry="mirror-pond",
        old="x: 360\n  y: 1320",
        new="x: 1210\n  y: 210",
        where="0",
        on="- key: mirror-pond",
        expected=r"at \(1210, 210\) of 60 x 60 px overlaps the .* at \(1200, 200\) of 100 x 80 px$",
    ),
    "building off the map": Fault(
        file="places",
        entry="corner-store",
        old="x: 1500",
        new="x: 1960",
        where="3",
        on="- key: corner-store",
        expected=r"at \(1960, 100\) of 60 x 50 px is off the map$",
    ),
    "pond off the map": Fault(
        file="ponds",
        entry="mirror-pond",
        old="x: 360",
        new="x: 1990",
        where="0",
        on="- key: mirror-pond",
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
        where="1.zone",
        on="capacity: 15\n  zone: commercial",
        expected="^expected this key only once$",
    ),
    "plaza off the map": Fault(
        file="places",
        entry="central-plaza",
        old="x: 900",
        new="x: 1850",
        where="7",
        on="- key: central-plaza",
        expected=r"at \(1850, 900\) of 200 x 200 px is off the map$",
    ),
    "door off the map": Fault(
        file="places",
        entry="corner-store",
        old="x: 1500",
        new="x: 1940",
        where="3.door",
        on="capacity: 8\n  door: east",
        expected="^the east door .* is off the map$",
    ),
    "road off the map": Fault(
        file="roads",
        entry="sunshine-road",
        old="[1600, 420]",
        new="[2001, 420]",
        where="5",
        on="- key: sunshine-road",
        expected=r"leaves the map at \(2001, 420\)$",
    ),
    "map of broken cells": Fault(
        file="town",
        entry="",
        old="cell: 20",
        new="cell: 30",
        where="map",
        on="map: {width: 2000, height: 2000, cell: 30",
        expected="2000 x 2000 px is not made of whole cells of 30 px",
    ),
    "gates that do not face each other": Fault(
        file="town",
        entry="",
        old="south: [1010, 1990]",
        new="south: [990, 1990]",
        where="gates.south",
        on="gates: {north: [1010, 10], south: [990, 1990]",
        expected="^expected a point in line with the north gate",
    ),
    "gate in a pond": Fault(
        file="ponds",
        entry="mirror-pond",
        old="x: 360\n  y: 1320",
        new="x: 980\n  y: 0",
        told_in="town",
        where="gates.north",
        on="gates: {north: [1010, 10]",
        expected="^expected a point that nothing stands on$",
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
    "grid that misses full minutes": Fault(
        file="town",
        entry="",
        old="grid_seconds: 30",
        new="grid_seconds: 45",
        where="grid_seconds",
        on="grid_seconds: 45",
        expected=r"expected seconds that divide a minute \(found 45\)$",
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
    hamlet_copy: Town, fault: Fault
) -> None:
    hamlet_copy.change(fault.file, fault.old, fault.new, entry=fault.entry)
    (problem,) = hamlet_copy.problems()
    told_in = fault.told_in or fault.file
    assert problem.file == f"hamlet/{told_in}.yaml"
    assert problem.line == hamlet_copy.line(told_in, fault.on)
    assert problem.where == fault.where
    assert re.search(fault.expected, problem.expected)
