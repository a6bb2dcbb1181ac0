"""The days of an economy as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from economy.models import DayFigures
from economy.series import BLOCKS, FIGURES, WIDTH, blocks, lines_of


def test_a_rising_series_rises() -> None:
    assert blocks(range(8)) == BLOCKS
    assert blocks([5, 5, 5]) == BLOCKS[0] * 3


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=400))
def test_a_series_fits_a_line_and_spans_it(values: list[float]) -> None:
    line = blocks(values)
    assert len(line) == min(len(values), WIDTH)
    assert set(line) <= set(BLOCKS)


def test_every_figure_is_told_with_its_bounds() -> None:
    fields = {field.name for field in DayFigures._meta.fields} - {"id", "world", "classes"}
    days = [DayFigures(**dict.fromkeys(fields, value)) for value in (1000, 3000, 2000)]
    lines = lines_of(days)
    assert [line[0] for line in lines] == list(FIGURES)
    told = {line[0]: line[1:4] for line in lines}
    assert told["Gini"] == ("1.00", "2.00", "1.00 to 3.00")
    assert told["wealth of all, yuan"] == ("10", "20", "10 to 30")
