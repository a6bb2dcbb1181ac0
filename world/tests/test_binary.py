"""PostgreSQL's binary formats, against bytes framed by hand and arrays dumped by psycopg."""

import struct
from typing import Any

import numpy as np
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.numeric import Int2, Int4, Int8

from world.binary import (
    HEADER,
    TRAILER,
    BinaryFormatError,
    array_oid,
    decode_rows,
    encode_array,
    encode_rows,
    encode_text_field,
    sql_type,
)

DTYPES = ("i2", "i4", "i8")
PACKED = {"i2": "!h", "i4": "!i", "i8": "!q"}
WRAPPERS: dict[str, type[int]] = {"i2": Int2, "i4": Int4, "i8": Int8}

dtypes = st.sampled_from(DTYPES)


def numbers(dtype: str) -> st.SearchStrategy[int]:
    """Numbers of a type, with a liking for its extremes."""
    info = np.iinfo(dtype)
    lowest, highest = int(info.min), int(info.max)
    return st.one_of(
        st.sampled_from([lowest, max(-1, lowest), 0, highest]), st.integers(lowest, highest)
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[int]]]:
    """Types of columns, and rows of that many numbers."""
    types = draw(st.lists(dtypes, min_size=1, max_size=6))
    return types, draw(st.lists(st.tuples(*map(numbers, types)).map(list), max_size=8))


def field(dtype: str, number: int) -> bytes:
    content = struct.pack(PACKED[dtype], number)
    return struct.pack("!i", len(content)) + content


NULL = struct.pack("!i", -1)


def row(*fields: bytes) -> bytes:
    return struct.pack("!h", len(fields)) + b"".join(fields)


def copy(*rows: bytes) -> bytes:
    """A binary COPY as the manual describes it."""
    signature = b"PGCOPY\n\xff\r\n\0"
    return signature + struct.pack("!ii", 0, 0) + b"".join(rows) + struct.pack("!h", -1)


def columns_of(types: list[str], rows: list[list[int]]) -> list[Any]:
    return [
        np.array([told[index] for told in rows], dtype=dtype) for index, dtype in enumerate(types)
    ]


@given(tables())
def test_rows_are_framed_as_the_manual_says(case: tuple[list[str], list[list[int]]]) -> None:
    types, rows = case
    framed = [row(*map(field, types, told)) for told in rows]
    assert encode_rows(types, columns_of(types, rows)) == b"".join(framed)
    assert HEADER + encode_rows(types, columns_of(types, rows)) + TRAILER == copy(*framed)


@given(tables())
def test_columns_are_what_they_were_after_a_copy_there_and_back(
    case: tuple[list[str], list[list[int]]],
) -> None:
    types, rows = case
    content = HEADER + encode_rows(types, columns_of(types, rows)) + TRAILER
    decoded = decode_rows(types, content)
    for dtype, column, told in zip(types, decoded, columns_of(types, rows), strict=True):
        assert column.dtype == np.dtype(dtype)
        assert column.dtype.isnative
        assert column.tolist() == told.tolist()


def test_decoded_columns_can_be_written() -> None:
    (column,) = decode_rows(["i4"], copy(row(field("i4", 5))))
    column[0] = 6
    assert column.tolist() == [6]


def test_null_columns_follow_at_the_end_of_a_row() -> None:
    columns = [np.array([1, -2]), np.array([3, 4])]
    assert encode_rows(["i2", "i8"], columns, nulls=2) == b"".join(
        [
            row(field("i2", 1), field("i8", 3), NULL, NULL),
            row(field("i2", -2), field("i8", 4), NULL, NULL),
        ]
    )


@pytest.mark.parametrize("value", [2**31, -(2**31) - 1])
def test_numbers_beyond_their_type_are_refused(value: int) -> None:
    """Without that they would wrap around silently."""
    with pytest.raises(OverflowError, match="field 1"):
        encode_rows(["i8", "i4"], [np.array([1]), np.array([value])])
    with pytest.raises(OverflowError, match="beyond integer"):
        encode_array("i4", np.array([value]))


@given(dtypes, st.sampled_from(["i2", "u2", "i4", "u4", "i8", "u8"]), st.data())
def test_numbers_of_any_type_are_written_as_they_are_or_not_at_all(
    dtype: str, told: str, data: st.DataObject
) -> None:
    values = data.draw(st.lists(numbers(told), max_size=4))
    fits = all(np.iinfo(dtype).min <= value <= np.iinfo(dtype).max for value in values)
    column = np.array(values, dtype=told)
    if fits:
        framed = [row(field(dtype, value)) for value in values]
        assert encode_rows([dtype], [column]) == b"".join(framed)
    else:
        with pytest.raises(OverflowError, match="field 0"):
            encode_rows([dtype], [column])


def test_columns_that_are_not_one_for_each_type_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        encode_rows(["i2", "i4"], [np.array([1])])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (copy(row(field("i4", 1))), "width"),
        (copy(row(field("i4", 1), field("i4", 2), field("i4", 3))), "width"),
        (copy(row(field("i4", 1), field("i2", 2))), "width"),
        (copy(row(field("i4", 1), NULL)), "width"),
        (copy(row(field("i4", 1), field("i8", 2))), "width"),
        (copy(row(field("i4", 1), field("i4", 2)))[:-3], "end of the binary COPY"),
        (HEADER, "end of the binary COPY"),
        (HEADER[:11] + b"\0\0\0\1" + b"\0" * 4 + TRAILER, "without extensions"),
        (copy(row(field("i8", 1), NULL)), "field 0 is not of type i4"),
        (copy(row(field("i2", 1), struct.pack("!iHI", 6, 1, 2))), "field 0 is not of type i4"),
        (copy(row(NULL, NULL, NULL, NULL)), "2 fields"),
        (b"1\t2\n", "beginning of a binary COPY"),
        (b"", "beginning of a binary COPY"),
    ],
)
def test_rows_of_another_shape_than_promised_are_refused(content: bytes, complaint: str) -> None:
    with pytest.raises(BinaryFormatError, match=complaint):
        decode_rows(["i4", "i4"], content)


def test_one_row_of_another_shape_among_many_is_refused() -> None:
    good = row(field("i4", 1), field("i4", 2))
    of_four_fields = row(NULL, NULL, NULL, NULL)
    assert len(of_four_fields) == len(good)
    with pytest.raises(BinaryFormatError, match="2 fields"):
        decode_rows(["i4", "i4"], copy(good, of_four_fields, good))
    of_other_types = row(field("i2", 1), struct.pack("!i", 6) + bytes(6))
    assert len(of_other_types) == len(good)
    with pytest.raises(BinaryFormatError, match="field 0 is not of type i4"):
        decode_rows(["i4", "i4"], copy(good, of_other_types))


def test_a_type_that_differs_in_a_later_field_is_refused() -> None:
    told = row(field("i4", 1), field("i8", 2), field("i2", 3))
    with pytest.raises(BinaryFormatError, match="field 1 is not of type i2"):
        decode_rows(["i4", "i2", "i8"], copy(told))


def test_an_empty_copy_has_empty_columns_of_the_promised_types() -> None:
    columns = decode_rows(["i2", "i8"], copy())
    assert [column.dtype.str[1:] for column in columns] == ["i2", "i8"]
    assert [len(column) for column in columns] == [0, 0]


@given(dtypes.flatmap(lambda dtype: st.tuples(st.just(dtype), st.lists(numbers(dtype)))))
def test_an_array_is_what_psycopg_would_send(case: tuple[str, list[int]]) -> None:
    dtype, told = case
    encoded = encode_array(dtype, np.array(told, dtype=dtype))
    if not told:
        # psycopg sends empty arrays without a dimension; we send one of no elements.
        assert struct.unpack("!iiiii", encoded)[0::3] == (1, 0)
        return
    wrapped = [WRAPPERS[dtype](number) for number in told]
    dumper = Transformer().get_dumper(wrapped, PyFormat.BINARY)
    assert dumper.oid == array_oid(dtype)
    assert encoded == dumper.dump(wrapped)


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_empty_array_is_read_by_psycopg_as_empty(dtype: str) -> None:
    loader = Transformer().get_loader(array_oid(dtype), psycopg.pq.Format.BINARY)
    assert loader.load(encode_array(dtype, np.zeros(0, dtype=dtype))) == []
    assert loader.load(encode_array(dtype, np.array([1, -2], dtype=dtype))) == [1, -2]


@pytest.mark.parametrize(
    ("dtype", "name", "postgres"),
    [("i2", "smallint", "int2"), ("i4", "integer", "int4"), ("i8", "bigint", "int8")],
)
def test_types_have_the_names_and_oids_that_postgresql_gives_them(
    dtype: str, name: str, postgres: str
) -> None:
    known = psycopg.adapters.types[postgres]
    assert sql_type(dtype) == name
    assert known.regtype == name
    assert array_oid(dtype) == known.array_oid


@pytest.mark.parametrize("text", ["", "{}", '{"said": "你好"}'])
def test_a_text_field_is_its_length_in_bytes_and_its_content(text: str) -> None:
    content = text.encode()
    assert encode_text_field(content) == struct.pack("!i", len(content)) + content
