"""XLIFF of both versions: units, segments, inline codes, states, and what is refused."""

from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.elsewhere import CheckedTranslation, check_translation
from pipeline.elsewhere.xliff import read_xliff
from pipeline.errors import InputError
from pipeline.read.base import Limits

OLD = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="r" source-language="fr" \
target-language="en-GB" datatype="plaintext"><body>{}</body></file></xliff>'
NEW = '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr-FR" trgLang="en"><file id="f">{}\
</file></xliff>'
CONFIG = Config(targets=("en",))


def write(folder: Path, frame: str, units: str) -> Path:
    path = folder / "release.xlf"
    path.write_text(frame.format(units), encoding="utf-8")
    return path


def check(folder: Path, frame: str, units: str) -> CheckedTranslation:
    return check_translation(CONFIG, write(folder, frame, units), None)


def rows(folder: Path, frame: str, units: str) -> list[tuple[str, str, str]]:
    sides = read_xliff(write(folder, frame, units), "fr", "en", Limits())
    texts = {block.block_id: block.text for block in sides.document.blocks}
    return [(texts[row.block_id][row.start : row.end], row.target, row.state) for row in sides.rows]


@pytest.mark.parametrize(
    ("frame", "units", "expected"),
    [
        (
            OLD,
            '<trans-unit id="1"><source>Bonjour.</source><target state="final">Hello.</target></trans-unit>'
            '<group translate="no"><trans-unit id="2"><source>X</source></trans-unit></group>'
            '<trans-unit id="3"><source>Merci.</source><alt-trans><target>No</target></alt-trans></trans-unit>',
            [("Bonjour.", "Hello.", "final"), ("Merci.", "", "translated")],
        ),
        (
            OLD,
            '<trans-unit id="1"><source>Un. Deux.</source><seg-source><mrk mtype="seg" mid="0">Un.</mrk> '
            '<g id="9"><mrk mtype="seg" mid="1">Deux. </mrk></g></seg-source><target><g id="9">'
            '<mrk mtype="seg" mid="1">Two.</mrk></g> <mrk mtype="seg" mid="0">One.</mrk></target></trans-unit>',
            [("Un.", "One.", "translated"), ("Deux.", "Two.", "translated")],
        ),
        (
            OLD,
            '<trans-unit id="1"><source>Un. Deux.</source><seg-source><mrk mtype="seg" mid="0">Un.</mrk> Deux.'
            "</seg-source><target>One. Two.</target></trans-unit>",
            [("Un. Deux.", "One. Two.", "translated")],
        ),
        (
            NEW,
            '<unit id="1"><segment state="reviewed"><source>Un.</source><target>One.</target></segment><ignorable>'
            "<source> </source></ignorable><segment><source>Deux.</source></segment></unit>"
            '<unit id="2" translate="no"><segment><source>X</source></segment></unit>',
            [("Un.", "One.", "reviewed"), ("Deux.", "", "initial")],
        ),
        (
            NEW,
            '<unit id="1"><segment><source>Le <pc id="1">gros</pc> <mrk id="m" type="term">chat</mrk><cp hex="0001"/>'
            '<!-- no --></source><target>The <pc id="1">big</pc> cat</target></segment></unit>',
            [("Le gros chat\ufffd", "The big cat", "translated")],
        ),
    ],
)
def test_segments_are_read(frame: str, units: str, expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert rows(tmp_path, frame, units) == expected


CODES = [
    (OLD, '<x id="1"/>'),
    (OLD, '<ph id="1">{{0}}</ph>'),
    (OLD, '<it id="1" pos="open">&lt;b></it>'),
    (OLD, '<x id="1" ctype="image"/>'),
    (NEW, '<ph id="1"/>'),
    (NEW, '<sc id="1"/>'),
]


@pytest.mark.parametrize(("frame", "code"), CODES)
def test_a_code_that_was_lost_is_found(frame: str, code: str, tmp_path: Path) -> None:
    def unit(target: str) -> str:
        source = f"Il reste {code} fichiers à lire."
        if frame is OLD:
            return f'<trans-unit id="1"><source>{source}</source><target>{target}</target></trans-unit>'
        return f'<unit id="1"><segment><source>{source}</source><target>{target}</target></segment></unit>'

    def lost(target: str) -> list[str]:
        return [item.check for item in check(tmp_path, frame, unit(target)).findings if item.check == "markup"]

    assert lost(f"There are {code} files left to read.") == []
    assert lost("There are files left to read.") == ["markup"]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('<g id="1" ctype="link">', "</g>"),
        ('<bx id="1" ctype="link"/>', '<ex id="2" rid="1"/>'),
        ('<bpt id="1" ctype="link">&lt;a></bpt>', '<ept id="1">&lt;/a></ept>'),
    ],
)
def test_pairs_of_codes_are_markup_over_their_words(opening: str, closing: str, tmp_path: Path) -> None:
    closing = closing.replace('rid="1"', 'rid="1"').replace('id="2" rid', 'id="1" rid')
    unit = (
        f'<trans-unit id="1"><source>Lire {opening}le rapport{closing} ici.</source>'
        f"<target>Read {opening}the report{closing} here.</target></trans-unit>"
    )
    sides = read_xliff(write(tmp_path, OLD, unit), "fr", "en", Limits())
    (block,), (row,) = sides.document.blocks, sides.rows
    ((link,), (translated,)) = block.markup, row.markup
    assert block.text[link.start : link.end] == "le rapport"
    assert row.target[translated.start : translated.end] == "the report"
    assert link.kind == "link"
    assert link.ref == translated.ref


def test_a_number_in_a_unit_is_checked(tmp_path: Path) -> None:
    unit = '<unit id="1"><segment><source>Il y a 58 suspects.</source><target>There are 85.</target></segment></unit>'
    checked = check(tmp_path, NEW, unit)
    assert checked.verdict.state == "blocked"
    assert [finding.check for finding in checked.findings if finding.severity == "blocker"] == ["numbers"]


UNIT = '<trans-unit id="1"><source>Bonjour.</source><target>Hello.</target></trans-unit>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (OLD.format(UNIT).replace("en-GB", "es"), "it says “es” where English is wanted"),
        (OLD.format(UNIT).replace('"fr"', '"klingon!"'), "where French is wanted"),
        (OLD.format(UNIT).replace('"1.2"', '"3.0"'), "version “3.0”"),
        (OLD.format(""), "no text to translate"),
        ("<tmx/>", "not an XLIFF file"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff version="1.2"/>', "hostile"),
        ("<xliff", "damaged"),
    ],
)
def test_other_files_are_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_xliff(path, "fr", "en", Limits())


def test_more_units_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more units"):
        read_xliff(write(tmp_path, OLD, UNIT * 3), "fr", "en", Limits(max_blocks=2))
