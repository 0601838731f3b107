import dataclasses
import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import StoreError
from pipeline.jsonl import RECORD_TYPES, as_dict, decode, encode, encode_lines
from pipeline.records import Document, Finding, Score, ScoredDocument, Span, Term

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
RECORDS = st.one_of([st.from_type(kind) for kind in RECORD_TYPES.values()])
FINDING = Finding("numbers", "major", "s1", "d1", "es", "apertium", "« 58 » est devenu 85", Span(3, 5), Span(4, 6))
LINE = encode(FINDING)


def refused(line: bytes) -> bool:
    try:
        decode(line, "cells/check/k.jsonl:7")
    except StoreError as error:
        assert error.message.startswith("cells/check/k.jsonl:7: ")
        assert error.remedy
        return True
    return False


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_every_record_type_comes_back_as_it_was(name: str) -> None:
    @given(st.from_type(RECORD_TYPES[name]))
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def comes_back(record: object) -> None:
        line = encode(record)
        assert b"\n" not in line
        assert decode(line, "x:1") == record
        assert encode(decode(line, "x:1")) == line
        assert json.loads(line) == {"type": name, **as_dict(record)}

    comes_back()


def test_all_records_are_known() -> None:
    assert {"Document", "Hypothesis", "Failure", "Span", "WrittenDocument"} <= set(RECORD_TYPES)
    assert all(dataclasses.is_dataclass(kind) for kind in RECORD_TYPES.values())


def test_a_line_holds_the_type_then_the_fields_in_their_order() -> None:
    assert encode(Term("Interpol", (("es", "Interpol"),))) == (
        b'{"type":"Term","source":"Interpol","targets":[["es","Interpol"]],"forbidden":[]}'
    )
    assert list(json.loads(LINE)) == ["type", *(field.name for field in dataclasses.fields(Finding))]


def test_line_separators_inside_a_text_do_not_cut_the_line() -> None:
    record = Document("d", "a\u2028b\u0085c\r\nd\ue000.txt", "fr", "text", ())
    (line,) = encode_lines([record])
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode(line.rstrip(b"\n"), "x:1") == record


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_score_that_is_no_number_is_never_written(value: float) -> None:
    score = Score("BLEU", "corpus", "run", "es", "apertium", value, "v")
    with pytest.raises(ValueError, match="BLEU of run"):
        encode(score)
    with pytest.raises(ValueError, match="BLEU of run"):
        encode(ScoredDocument("d", "p", "es", "apertium", (score,)))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"null",
        b"\xff\xfe",
        LINE[1:],
        LINE[9:],
        LINE.replace(b"Finding", b"Fynding"),
        LINE.replace(b"Finding", b"Summary"),
        LINE.replace(b"Finding", b"int"),
        LINE.replace(b'"major"', b'"grave"'),
        LINE.replace(b'"major"', b"7"),
        LINE.replace(b'"start":3', b'"start":"3"'),
        LINE.replace(b'"start":3', b'"start":3.5'),
        LINE.replace(b'"start":3', b'"start":true'),
        LINE.replace(b'"check":"numbers",', b""),
        LINE.replace(b"58", b"\xe9"),
        LINE + b"}",
        LINE + LINE,
    ],
)
def test_a_damaged_line_is_a_store_error_that_names_the_place(line: bytes) -> None:
    assert refused(line)


@given(st.integers(0, len(LINE) - 1))
@settings(max_examples=60, deadline=None)
def test_a_truncated_line_is_refused(length: int) -> None:
    assert refused(LINE[:length])


@given(RECORDS, st.integers(0), st.integers(1, 255))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_flipped_byte_gives_another_record_or_a_store_error(record: object, place: int, bits: int) -> None:
    line = bytearray(encode(record))
    line[place % len(line)] ^= bits
    refused(bytes(line))


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_refused_or_a_record(line: bytes) -> None:
    assert refused(b'{"type":"' + line)
