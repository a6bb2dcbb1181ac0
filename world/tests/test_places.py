"""Places: opening hours against a timetable written out slot by slot, and who gets a seat."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.engine.gametime import DAY, HOUR, NEVER, WEEK
from world.engine.places import Places, Seats
from world.tests.grounds import unhurried

SLOT = HOUR // 2
"""Hours of the random places begin and end on slots."""
SLOTS = WEEK // SLOT

Week = list[tuple[int, int]]
"""Seven times the second of opening and of closing, Monday first."""

CLOSED = (0, 0)
ALL_DAY = (0, DAY)
NINE_TO_FIVE = (9 * HOUR, 17 * HOUR)
FROM_SIX_PM = (18 * HOUR, DAY)
UNTIL_TWO_AM = (0, 2 * HOUR)
BAR = [CLOSED, CLOSED, CLOSED, CLOSED, FROM_SIX_PM, ALL_DAY, UNTIL_TWO_AM]
"""Open from Friday evening to Sunday night."""

slots = st.integers(0, DAY // SLOT)
hours = st.one_of(
    st.sampled_from([CLOSED, ALL_DAY, NINE_TO_FIVE, FROM_SIX_PM, UNTIL_TWO_AM]),
    st.tuples(slots, slots)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (min(pair) * SLOT, max(pair) * SLOT)),
)
weeks = st.lists(st.lists(hours, min_size=7, max_size=7), min_size=1, max_size=4)
times = st.builds(
    lambda slot, offset: max(slot * SLOT + offset, 1),
    st.integers(0, 3 * SLOTS),
    st.sampled_from([0, 0, 1, SLOT // 2, SLOT - 1]),
)
"""Times of three weeks, with a liking for the edges of slots; one second in at the soonest."""


def places_of(told: list[Week]) -> Places:
    return Places(
        capacity=[10] * len(told),
        opens=[[opens for opens, _ in week] for week in told],
        closes=[[closes for _, closes in week] for week in told],
    )


def open_at(week: Week, time: int) -> bool:
    """Whether somebody who looks at the timetable finds the place open."""
    opens, closes = week[time // DAY % 7]
    return opens <= time % DAY < closes


def closing_after(week: Week, time: int) -> int:
    """The first time later than `time` at which the place closes, found by waiting in front."""
    slot = time // SLOT
    for edge in range((slot + 1) * SLOT, (slot + SLOTS + 2) * SLOT, SLOT):
        if open_at(week, edge - 1) and not open_at(week, edge):
            return edge
    return NEVER


@given(weeks, times)
def test_a_place_is_open_when_its_timetable_says_so(told: list[Week], time: int) -> None:
    places = places_of(told)
    expected = [open_at(week, time) for week in told]
    assert places.is_open(slice(None), time).tolist() == expected
    some = np.array([len(told) - 1, 0])
    assert places.is_open(some, time).tolist() == [expected[-1], expected[0]]


@unhurried
@given(weeks, times)
def test_an_open_place_is_open_until_it_next_closes(told: list[Week], time: int) -> None:
    rows = np.array([row for row, week in enumerate(told) if open_at(week, time)], dtype=np.int64)
    until = places_of(told).open_until(rows, time)
    assert until.tolist() == [closing_after(told[row], time) for row in rows]


@unhurried
@given(weeks, times)
def test_the_next_closing_is_the_first_at_any_place(told: list[Week], time: int) -> None:
    assert places_of(told).next_closing(time) == min(closing_after(week, time) for week in told)


@given(weeks, times)
def test_those_close_at_a_time_that_were_open_until_then(told: list[Week], time: int) -> None:
    assert places_of(told).closing_at(time).tolist() == [
        row for row, week in enumerate(told) if open_at(week, time - 1) and not open_at(week, time)
    ]


@unhurried
@given(weeks)
def test_going_from_closing_to_closing_misses_none_of_a_week(told: list[Week]) -> None:
    places = places_of(told)
    expected = [
        time
        for time in range(WEEK + SLOT, 2 * WEEK + SLOT, SLOT)
        if any(open_at(week, time - 1) and not open_at(week, time) for week in told)
    ]
    found = []
    time = WEEK
    while (time := places.next_closing(time)) <= 2 * WEEK:
        assert len(places.closing_at(time)) > 0
        found.append(time)
    assert found == expected


def test_hours_that_go_on_over_midnight_end_when_those_of_the_next_day_do() -> None:
    bar = places_of([BAR])
    row = np.array([0])
    sunday_at_two = 6 * DAY + 2 * HOUR
    for time in (4 * DAY + 18 * HOUR, 5 * DAY, 5 * DAY + 12 * HOUR, sunday_at_two - 1):
        assert bar.is_open(row, time)[0]
        assert bar.open_until(row, time)[0] == sunday_at_two
        assert bar.next_closing(time) == sunday_at_two
    assert bar.closing_at(5 * DAY).tolist() == []
    assert bar.closing_at(sunday_at_two).tolist() == [0]
    assert bar.next_closing(sunday_at_two) == WEEK + sunday_at_two


def test_hours_that_go_on_from_sunday_to_monday_end_on_monday() -> None:
    week = [UNTIL_TWO_AM, *[CLOSED] * 5, FROM_SIX_PM]
    place = places_of([week])
    evening = 6 * DAY + 20 * HOUR
    assert place.open_until(np.array([0]), evening).tolist() == [WEEK + 2 * HOUR]
    assert place.next_closing(evening) == WEEK + 2 * HOUR
    assert place.next_closing(0) == 2 * HOUR


def test_a_place_closes_at_midnight_if_it_stays_closed_on_the_next_day() -> None:
    place = places_of([[FROM_SIX_PM, *[CLOSED] * 6]])
    assert place.open_until(np.array([0]), 20 * HOUR).tolist() == [DAY]
    assert place.closing_at(DAY).tolist() == [0]
    assert place.next_closing(DAY) == WEEK + DAY


def test_a_place_that_is_open_all_day_every_day_never_closes() -> None:
    places = places_of([[ALL_DAY] * 7, [CLOSED] * 7])
    for time in (1, DAY, WEEK - 1, WEEK, 100 * WEEK + 5):
        assert places.is_open(slice(None), time).tolist() == [True, False]
        assert places.open_until(np.array([0]), time).tolist() == [NEVER]
        assert places.next_closing(time) == NEVER
        assert places.closing_at(time).tolist() == []


def test_a_place_that_is_closed_for_one_hour_of_the_week_does_close() -> None:
    week = [ALL_DAY] * 6 + [(HOUR, DAY)]
    place = places_of([week])
    assert place.open_until(np.array([0]), 6 * DAY + HOUR).tolist() == [WEEK + 6 * DAY]
    assert place.next_closing(6 * DAY) == WEEK + 6 * DAY


def test_a_town_without_places_has_no_closings() -> None:
    nowhere = Places(capacity=[], opens=[], closes=[])
    assert len(nowhere) == 0
    assert nowhere.next_closing(0) == NEVER
    assert nowhere.closing_at(DAY).tolist() == []


@st.composite
def rushes(draw: st.DrawFn) -> tuple[Seats, list[tuple[int, int, int]]]:
    """Seats of some places and a rush on them: (place, lot, number) with numbers of their own."""
    capacity = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    taken = [draw(st.integers(0, seats + 1)) for seats in capacity]
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=15))
    rush = [
        (draw(st.integers(0, len(capacity) - 1)), draw(st.integers(0, 4)), number)
        for number in numbers
    ]
    return Seats(capacity=np.array(capacity), taken=np.array(taken)), rush


def admitted(seats: Seats, rush: list[tuple[int, int, int]]) -> set[int]:
    """The numbers of those who get in."""
    places, lots, numbers = np.array(rush, dtype=np.int64).reshape(-1, 3).T
    let_in = seats.admit(places, lots, numbers)
    assert let_in.dtype == np.bool_
    return set(numbers[let_in].tolist())


@given(rushes())
def test_free_seats_go_to_the_lowest_lots_and_then_to_the_lowest_numbers(
    case: tuple[Seats, list[tuple[int, int, int]]],
) -> None:
    seats, rush = case
    expected: set[int] = set()
    for place, (capacity, taken) in enumerate(zip(seats.capacity, seats.taken, strict=True)):
        queue = sorted((lot, number) for goal, lot, number in rush if goal == place)
        expected |= {number for _, number in queue[: max(capacity - taken, 0)]}
    assert admitted(seats, rush) == expected


@given(rushes())
def test_nobody_is_let_in_beyond_capacity_and_no_seat_stays_free_before_a_queue(
    case: tuple[Seats, list[tuple[int, int, int]]],
) -> None:
    seats, rush = case
    let_in = admitted(seats, rush)
    for place, (capacity, taken) in enumerate(zip(seats.capacity, seats.taken, strict=True)):
        queue = [number for goal, _, number in rush if goal == place]
        inside = sum(number in let_in for number in queue)
        assert inside == min(len(queue), max(capacity - taken, 0))


@given(rushes(), st.randoms(use_true_random=False))
def test_who_gets_a_seat_does_not_depend_on_who_asks_first(
    case: tuple[Seats, list[tuple[int, int, int]]], luck: Random
) -> None:
    seats, rush = case
    shuffled = list(rush)
    luck.shuffle(shuffled)
    assert admitted(seats, shuffled) == admitted(seats, rush)


@pytest.mark.parametrize("taken", [3, 4])
def test_a_full_place_lets_nobody_in(taken: int) -> None:
    seats = Seats(capacity=np.array([3, 1]), taken=np.array([taken, 0]))
    let_in = seats.admit(np.array([0, 1, 0]), [0, 5, 0], [1, 2, 3])
    assert let_in.tolist() == [False, True, False]


@given(weeks, st.lists(times, min_size=1, max_size=8))
def test_hours_at_is_being_open_and_closing_in_one_look(
    told: list[Week], moments: list[int]
) -> None:
    places = places_of(told)
    rows = np.arange(len(moments)) % len(told)
    is_open, shuts = places.hours_at(rows, np.array(moments))
    for index, moment in enumerate(moments):
        row = rows[index : index + 1]
        assert is_open[index] == places.is_open(row, moment)[0]
        assert shuts[index] == places.open_until(row, moment)[0]


@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=3),
    st.lists(st.integers(0, 2), max_size=12),
)
def test_seats_suffice_when_everybody_would_be_admitted(
    capacity: list[int], doors: list[int]
) -> None:
    seats = Seats(np.array(capacity), np.minimum(np.array(capacity), 1))
    places = np.array(doors, dtype=np.int64)
    numbers = np.arange(len(doors))
    assert seats.suffice(places) == bool(seats.admit(places, numbers, numbers).all())
