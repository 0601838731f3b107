from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.config import Config
from pipeline.config_file import load_config
from pipeline.errors import ConfigError
from pipeline.read.base import Limits

ROOT = Path(__file__).parent.parent
GOOD = """
source_lang = "fr"
targets = ["en", "PT-br", "en"]
inputs = ["releases", "../more/a.docx", "/elsewhere/b.txt", "hf:owner/name:train"]
output = "out"
use_references = "references"
fail_on = "review"

[[systems]]
name = "apertium"
backend = "apertium"
via = ["ES", "ca"]

[[systems]]
name = "memory"
backend = "memory"
memories = ["old.tmx", "/elsewhere/new.jsonl"]

[systems.then]
name = "second"
backend = "memory"
memories = ["older.tmx"]
then = "apertium"

[terms]
termbase = "terms.csv"
do_not_translate = ["INTERPOL"]

[[quality]]
system = "apertium"
system_digest = "abc"
target_lang = "pt-br"
metric = "chrF2"
value = 60
signature = "v"
segments = 100
test_set = "dev"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "configs" / "run.toml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    return path


def problems(path: Path, text: str, **overrides: object) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(path, overrides)
    assert str(caught.value).startswith(f"{path}: {len(caught.value.problems)} problem")
    return caught.value.problems


def test_relative_paths_are_beside_the_file(file: Path) -> None:
    config = load_config(file)
    folder = file.parent
    assert config.inputs == (
        folder / "releases",
        file.parent.parent / "more" / "a.docx",
        Path("/elsewhere/b.txt"),
        Path("hf:owner/name:train"),
    )
    assert config.output == folder / "out"
    assert config.use_references == folder / "references"
    assert config.terms.termbase == folder / "terms.csv"
    assert config.systems[1].memories == (folder / "old.tmx", Path("/elsewhere/new.jsonl"))
    assert config.systems[1].then is not None
    assert config.systems[1].then.memories == (folder / "older.tmx",)
    assert config.systems[1].then.then is not None
    assert config.systems[1].then.then.backend == "apertium"


def test_languages_take_their_usual_form(file: Path) -> None:
    config = load_config(file)
    assert config.targets == ("en", "pt-BR")
    assert config.systems[0].via == ("es", "ca")
    assert config.quality[0].target_lang == "pt-BR"


def test_the_command_line_stands_above_the_file_and_its_paths_stay(file: Path) -> None:
    config = load_config(file, {"inputs": [Path("b.txt")], "output": Path("here"), "targets": ["es"], "fail_on": None})
    assert config.inputs == (Path("b.txt"),)
    assert config.output == Path("here")
    assert config.targets == ("es",)
    assert config.fail_on == "review"


def test_without_a_file_there_are_defaults() -> None:
    assert load_config(None) == Config()
    config = load_config(None, {"targets": ["es"], "inputs": [Path("a.txt")]})
    assert (config.targets, config.inputs, config.output) == (("es",), (Path("a.txt"),), Path("outputs/run"))
    assert config.systems[0].backend == "apertium"


def test_an_output_that_nobody_named_is_in_the_working_folder(file: Path) -> None:
    file.write_text('inputs = ["a.txt"]')
    assert load_config(file).output == Path("outputs/run")


def test_default_limits_are_those_of_the_readers() -> None:
    assert Limits(**Config().limits.model_dump()) == Limits()


def test_a_byte_order_mark_is_no_problem(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_config(file).targets == ("en", "pt-BR")


def test_all_problems_are_shown_at_once_each_with_its_path(file: Path) -> None:
    found = problems(
        file,
        """
        sistems = 1
        targets = ["en", "klingonese", "français"]
        fail_on = "always"
        output = 3
        [[systems]]
        name = "a/b"
        backend = 7
        [[systems]]
        backend = "apertium"
        via = ["zz9"]
        beam = 4
        [[systems]]
        name = "m"
        backend = "memory"
        allow_remote = "no"
        fuzzy_threshold = nan
        [systems.then]
        name = "t"
        [limits]
        max_bytes = "4"
        max_ratio = 1
        max_blocks = 1.5
        max_block_chars = true
        max_pages = 3
        [terms]
        do_not_translate = "INTERPOL"
        [[summarize.channels]]
        name = "post"
        max_chars = 3
        [[summarize.channels]]
        name = "tweet"
        """,
    )
    assert found == [
        "targets[1]: “klingonese” is not a language — give a BCP-47 tag such as en, pt-BR or zh-Hant",
        "targets[2]: “français” is not a language — give a BCP-47 tag such as en, pt-BR or zh-Hant",
        "output: expected a path, got 3",
        "fail_on: expected 'review', 'blocked' or 'never', got \"always\"",
        "systems[0].name: expected up to 64 of the letters a to z, digits, dots, - and _, got “a/b”",
        "systems[0].backend: expected a text, got 7",
        "systems[1].name: missing; give it a value",
        "systems[1].via[0]: “zz9” is not a language — give a BCP-47 tag such as en, pt-BR or zh-Hant",
        "systems[1].beam: no such key; remove it or correct its name",
        'systems[2].allow_remote: expected true or false, got "no"',
        "systems[2].fuzzy_threshold: expected a finite number, got NaN",
        "systems[2].then.backend: missing; give it a value",
        'terms.do_not_translate: expected a list, got "INTERPOL"',
        'limits.max_bytes: expected a whole number, got "4"',
        "limits.max_ratio: expected a number ≥ 2, got 1",
        "limits.max_blocks: expected a whole number, got 1.5",
        "limits.max_block_chars: expected a whole number, got true",
        "limits.max_pages: no such key; remove it or correct its name",
        "summarize.channels[0].max_chars: expected a number ≥ 20, got 3",
        "summarize.channels[1].name: expected 'headline', 'post', 'bullets', 'abstract' or 'standfirst', got \"tweet\"",
        "sistems: no such key; remove it or correct its name",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("targets = []", ["targets: empty; name at least one language"]),
        ("systems = []", ["systems: empty; name at least one translator"]),
        ('targets = ["es", "fr"]', ["targets: fr is the source language; leave it out"]),
        ('source_lang = "en"', ["targets: en is the source language; leave it out"]),
        (
            'targets = ["fr"]\n[[systems]]\nname = "a"\nbackend = "x"\n[[systems]]\nname = "a"\nbackend = "y"',
            [
                "targets: fr is the source language; leave it out",
                "systems: the name “a” stands twice; give each its own",
            ],
        ),
        (
            '[[summarize.channels]]\nname = "post"\n[[summarize.channels]]\nname = "post"',
            ["summarize.channels: the name “post” stands twice; give each its own"],
        ),
        (
            '[repair]\nfallback = ["apertium", "other"]',
            ["repair: fallback: there is no system “other”; name one of apertium"],
        ),
        ("[[quality]]\nvalue = inf", ["quality[0].value: expected a finite number, got Infinity"]),
        ('limits = "large"', ['limits: expected a table, got "large"']),
        ("[columns]\ntext = 1", ["columns.text: expected a text, got 1"]),
        (f'fail_on = "{"x" * 500}"', [f"fail_on: expected 'review', 'blocked' or 'never', got \"{'x' * 78}…"]),
    ],
)
def test_what_cannot_be_used_is_refused(file: Path, text: str, expected: list[str]) -> None:
    found = problems(file, text)
    assert [problem for problem in found if "missing" not in problem] == expected


@pytest.mark.parametrize("text", ["targets = [", "a = 1\na = 2", 'x = "\\q"', "targets"])
def test_what_is_no_toml_is_refused_with_its_line(file: Path, text: str) -> None:
    (problem,) = problems(file, text)
    assert problem.startswith("not valid TOML: ")
    assert "line" in problem or "end of document" in problem


def test_a_file_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes('output = "été"'.encode("latin-1"))
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_config(file)


@pytest.mark.parametrize("name", ["absent.toml", ".", "run.toml/below.toml"])
def test_a_file_that_cannot_be_read_is_refused(file: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="give the path of a TOML file"):
        load_config(file.parent / name)


def test_wishes_from_the_command_line_are_checked_too() -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(None, {"targets": ["en", "xx9"], "colour": "red"})
    assert str(caught.value).splitlines() == [
        "the command line: 2 problems",
        "  targets[1]: “xx9” is not a language — give a BCP-47 tag such as en, pt-BR or zh-Hant",
        "  colour: no such key; remove it or correct its name",
    ]


def test_a_configuration_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Config().fail_on = "never"


CONFIGURATIONS = sorted(path for path in (ROOT / "configs").rglob("*.toml") if path.parent.name != "train")
"""Recipes of trainings are another kind of file; tests/train/test_recipe.py reads them."""


@pytest.mark.parametrize("path", CONFIGURATIONS, ids=lambda path: path.stem)
def test_every_configuration_that_we_ship_is_valid(path: Path) -> None:
    config = load_config(path)
    assert config.systems


KEYS = st.sampled_from(["targets", "systems", "limits", "terms", "inputs", "output", "quality", "summarize", "other"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(KEYS, JUNK, max_size=4))
@settings(max_examples=100, deadline=None)
def test_nothing_but_config_errors_escapes(values: dict[str, object]) -> None:
    try:
        load_config(None, values)
    except ConfigError as error:
        assert error.problems
        assert all(": " in problem for problem in error.problems)
