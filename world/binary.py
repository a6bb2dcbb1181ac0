"""PostgreSQL's binary formats, written and read by numpy.

Rows of fixed width (no NULL among them) pass between the database and numpy as one block of bytes:
COPY in both directions, and arrays as parameters of `unnest`. The formats are those of the manual,
chapters "COPY" (binary format) and the `array_recv` function.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

HEADER = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
TRAILER = b"\xff\xff"

_ELEMENT_OID = {"i2": 21, "i4": 23, "i8": 20}
_ARRAY_OID = {"i2": 1005, "i4": 1007, "i8": 1016}
_SQL_TYPE = {"i2": "smallint", "i4": "integer", "i8": "bigint"}


class BinaryFormatError(ValueError):
    """The database sent rows of another shape than the model promises."""


def sql_type(dtype: str) -> str:
    """The SQL name of a numpy integer type ("i2", "i4", "i8")."""
    return _SQL_TYPE[dtype]


def array_oid(dtype: str) -> int:
    """The OID of the array type whose elements are of this numpy type."""
    return _ARRAY_OID[dtype]


def row_dtype(dtypes: Iterable[str]) -> np.dtype[Any]:
    """One COPY row of NOT NULL columns: `fields`, then `size_k` and `value_k` for each column."""
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for index, dtype in enumerate(dtypes):
        parts += [(f"size_{index}", ">i4"), (f"value_{index}", f">{dtype}")]
    return np.dtype(parts)


def encode_rows(dtypes: list[str], columns: list[NDArray[Any]], nulls: int = 0) -> bytes:
    """COPY rows (without header and trailer) of equally long columns, then `nulls` NULL columns.

    Raises OverflowError if a value does not fit its type.
    """
    parts = row_dtype(dtypes).descr + [(f"null_{index}", ">i4") for index in range(nulls)]
    rows = np.zeros(len(columns[0]), dtype=parts)
    rows["fields"] = len(dtypes) + nulls
    for index, (dtype, column) in enumerate(zip(dtypes, columns, strict=True)):
        _check_range(dtype, column, f"field {index}")
        rows[f"size_{index}"] = np.dtype(dtype).itemsize
        rows[f"value_{index}"] = column
    for index in range(nulls):
        rows[f"null_{index}"] = -1
    return rows.tobytes()


def decode_rows(dtypes: list[str], content: bytes) -> list[NDArray[Any]]:
    """The columns of a whole COPY, in the machine's byte order.

    Raises BinaryFormatError if a row has another number of fields, or a field another length.
    """
    if not content.startswith(HEADER):
        raise BinaryFormatError("this is not the beginning of a binary COPY without extensions")
    if not content.endswith(TRAILER):
        raise BinaryFormatError("the end of the binary COPY is missing")
    dtype = row_dtype(dtypes)
    body = len(content) - len(HEADER) - len(TRAILER)
    if body % dtype.itemsize:
        raise BinaryFormatError("the rows are not of the width that the model promises")
    rows = np.frombuffer(content, dtype=dtype, count=body // dtype.itemsize, offset=len(HEADER))
    columns = []
    if np.any(rows["fields"] != len(dtypes)):
        raise BinaryFormatError(f"the rows do not have {len(dtypes)} fields")
    for index, each in enumerate(dtypes):
        if np.any(rows[f"size_{index}"] != np.dtype(each).itemsize):
            raise BinaryFormatError(f"field {index} is not of type {each}")
        columns.append(rows[f"value_{index}"].astype(each))
    return columns


def encode_array(dtype: str, values: NDArray[Any]) -> bytes:
    """A one-dimensional array without NULLs, as `array_recv` reads it.

    Raises OverflowError if a value does not fit its type.
    """
    _check_range(dtype, values, "an array")
    head = np.array([1, 0, _ELEMENT_OID[dtype], len(values), 1], dtype=">i4").tobytes()
    elements = np.zeros(len(values), dtype=[("size", ">i4"), ("value", f">{dtype}")])
    elements["size"] = np.dtype(dtype).itemsize
    elements["value"] = values
    return head + elements.tobytes()


def _check_range(dtype: str, values: NDArray[Any], what: str) -> None:
    if np.can_cast(values.dtype, dtype) or not len(values):
        return
    target = np.iinfo(dtype)
    if values.min() < target.min or values.max() > target.max:
        raise OverflowError(f"{what} holds a value beyond {_SQL_TYPE[dtype]}")


def encode_text_field(content: bytes) -> bytes:
    """One variable-length field of a COPY row."""
    return len(content).to_bytes(4, "big") + content
