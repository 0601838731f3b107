import dataclasses
import enum
import math
import os
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.fingerprint import canonical_json, digest, fingerprint
from pipeline.records import Finding, Span

ROOT = Path(__file__).parent.parent
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


class Colour(enum.StrEnum):
    RED = "red"


@dataclasses.dataclass(frozen=True)
class Held:
    value: object


def same_otherwise_spelled(value: object) -> object:
    """Build an equal value again: keys inserted in the other order, tuples instead of lists."""
    if isinstance(value, dict):
        return {key: same_otherwise_spelled(value[key]) for key in reversed(value)}
    if isinstance(value, list):
        return tuple(map(same_otherwise_spelled, value))
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (1.0, "1.0"),
        (-0.0, "0.0"),
        (0.1 + 0.2, "0.30000000000000004"),
        ("é « ’\ue000\n", '"é « ’\ue000\\n"'),
        ((1, [2, ()]), "[1,[2,[]]]"),
        ({"b": 1, "a": {"d": None, "c": 2}}, '{"a":{"c":2,"d":null},"b":1}'),
        (MappingProxyType({"a": 1}), '{"a":1}'),
        (Colour.RED, '"red"'),
        (Span(3, 8), '{"end":8,"start":3}'),
        ([Held(Held("x"))], '[{"value":{"value":"x"}}]'),
    ],
)
def test_every_kind_of_value_has_one_form(value: object, expected: str) -> None:
    assert canonical_json(value) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "$: nan has no stable form"),
        ([1, math.inf], "$[1]: inf has no stable form"),
        ({"a": {"b": [0, -math.inf]}}, "$.a.b[1]: -inf has no stable form"),
        ({1, 2}, "$: set has no stable form"),
        ({"terms": [frozenset()]}, "$.terms[0]: frozenset has no stable form"),
        ({"a": {1: 2}}, "$.a: the key 1 is not a string"),
        ({None: 2}, "$: the key None is not a string"),
        ([Held({"x": object()})], "$[0].value.x: object has no stable form"),
        (Held(Path("a")), "$.value: PosixPath has no stable form"),
        (b"bytes", "$: bytes has no stable form"),
        (Span, "$: type has no stable form"),
        ((item for item in ()), "$: generator has no stable form"),
        (Colour, "$: EnumType has no stable form"),
    ],
)
def test_what_has_no_stable_form_is_refused_with_its_place(value: object, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        canonical_json(value)
    assert str(caught.value) == message


@given(VALUES)
@settings(max_examples=100, deadline=None)
def test_equal_values_have_equal_fingerprints(value: object) -> None:
    assert fingerprint(value) == fingerprint(same_otherwise_spelled(value))


@given(VALUES, VALUES)
@settings(max_examples=100, deadline=None)
def test_unequal_values_have_unequal_fingerprints(one: object, other: object) -> None:
    if one != other:
        assert fingerprint(one) != fingerprint(other)


def test_half_a_character_has_a_fingerprint() -> None:
    assert fingerprint("\udce9") != fingerprint("\udcea")


def test_types_of_numbers_and_texts_are_told_apart() -> None:
    values = [1, 1.0, True, "1", [1], {"1": 1}]
    assert len({fingerprint(value) for value in values}) == len(values)


def test_digest_is_sha256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


CONFIGS = st.fixed_dictionaries(
    {},
    optional={
        "targets": st.lists(st.sampled_from(["en", "es", "ca", "pt-BR", "zh-Hant"]), min_size=1, unique=True),
        "limits": st.fixed_dictionaries({}, optional={"max_bytes": st.integers(1, 10**12)}),
        "terms": st.fixed_dictionaries({}, optional={"do_not_translate": st.lists(st.text(max_size=4), max_size=3)}),
        "columns": st.fixed_dictionaries({}, optional={"text": st.text(max_size=5)}),
    },
)


@given(CONFIGS, CONFIGS)
@settings(max_examples=60, deadline=None)
def test_configurations_have_equal_keys_just_when_they_are_equal(
    one: dict[str, object], other: dict[str, object]
) -> None:
    first, again, second = (Config.model_validate(values) for values in (one, dict(reversed(one.items())), other))
    keys = [fingerprint(config.model_dump(mode="json")) for config in (first, again, second)]
    assert keys[0] == keys[1]
    assert (keys[0] == keys[2]) == (first == second)


IN_ANOTHER_PROCESS = """
from pipeline.config import Config
from pipeline.fingerprint import fingerprint
from pipeline.graph import stage_version
from pipeline.records import Finding, Span
names = {"écrit", "a", "b", "c", "d"}
print(fingerprint(Config().model_dump(mode="json")))
print(fingerprint({name: Span(1, 2) for name in names}))
print(fingerprint(Finding("numbers", "major", "s", "d", "es", "x", "« é »", None, Span(1, 2))))
print(stage_version("read"))
print([name for name in names])
"""


def test_two_processes_agree_on_every_fingerprint() -> None:
    outputs = []
    for seed in ("0", "1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS], env=environment, capture_output=True, text=True, check=True
        )
        outputs.append(done.stdout.splitlines())
    assert len({output[-1] for output in outputs}) > 1, "the seeds changed no order: the test shows nothing"
    assert len({tuple(output[:-1]) for output in outputs}) == 1
    assert outputs[0][2] == fingerprint(Finding("numbers", "major", "s", "d", "es", "x", "« é »", None, Span(1, 2)))
    assert fingerprint(OrderedDict(a=1)) == fingerprint({"a": 1})
