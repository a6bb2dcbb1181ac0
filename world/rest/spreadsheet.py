"""Tables as CSV that spreadsheets open as they are meant."""

import csv
from collections.abc import Iterable, Iterator, Sequence

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine, and shows Chinese as rubbish."""

FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula; some take full-width forms for it."""


Cell = str | int | float | None
"""What a cell may hold; a number is no formula, whatever its sign."""


class _Last:
    """A file that holds what was last written to it."""

    line = ""

    def write(self, line: str) -> None:
        self.line = line


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a table, a byte order mark before the first.

    No cell is a formula, whoever wrote it: an apostrophe stands before what would begin one. A
    program that reads the table must take it away again.
    """
    last = _Last()
    writer = csv.writer(last)
    writer.writerow(header)
    yield BOM + last.line
    for row in rows:
        writer.writerow([plain(cell) for cell in row])
        yield last.line


def plain(cell: Cell) -> Cell:
    """A cell that is no formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
