"""Approved boilerplate: the table, its matches, and its texts in a translation."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check import CheckSettings, check_document
from pipeline.errors import ConfigError
from pipeline.protect import ApprovedTexts, TermMatcher, load_boilerplate
from pipeline.records import Block, Document, Markup, PreparedDocument, Term, TranslatedDocument
from pipeline.restore import compose_block, settle_release
from pipeline.restore.in_step import cut_in_step
from pipeline.segment import segment_document
from pipeline.stages import protect_release, restore_release
from pipeline.structure import structure_document

ABOUT = "L’agence emploie 120 personnes. Elle travaille dans 41 pays."
APPROVED = "The agency has a staff of one hundred and twenty. It works in 41 countries."


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "boilerplate.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_table_is_read_paragraph_by_paragraph(tmp_path: Path) -> None:
    path = table(tmp_path, 'source,en,es\n"Un.\n\nDeux.","One.\n\nTwo.",\nTrois.,Three.,Tres.\n')
    assert load_boilerplate(path) == (
        Term("Un.", (("en", "One."),)),
        Term("Deux.", (("en", "Two."),)),
        Term("Trois.", (("en", "Three."), ("es", "Tres."))),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('source,en\n"Un.\n\nDeux.",One.\n', "2 paragraphs in French, 1 in en"),
        ("source,en,en!forbidden\nUn.,One.,1\n", "forbidden forms have no meaning here"),
        ("source,klingon!\nUn.,wa\n", "klingon"),
        ("source,en\nUn.,One.\nUn.,Another.\n", "stands already in line 2"),
    ],
)
def test_faults_of_a_table_are_named(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_boilerplate(table(tmp_path, text))
    assert problem in str(error.value)


@pytest.mark.parametrize(
    ("paragraph", "approved"),
    [
        (ABOUT, APPROVED),
        (ABOUT.replace("’", "'"), APPROVED),
        (ABOUT.replace(" ", "\u00a0"), APPROVED),
        (f"  {ABOUT}\n", APPROVED),
        (ABOUT.replace("41", "42"), None),
        (ABOUT.lower(), None),
        (ABOUT + " Fin.", None),
    ],
)
def test_a_paragraph_matches_whatever_its_spaces_and_apostrophes(paragraph: str, approved: str | None) -> None:
    assert ApprovedTexts((Term(ABOUT, (("en", APPROVED),)),), "en-GB").text_of(paragraph) == approved


def test_an_entry_without_the_language_says_nothing_of_it() -> None:
    texts = ApprovedTexts((Term(ABOUT, (("en", APPROVED),)),), "es")
    assert texts.text_of(ABOUT) is None
    assert texts.applicable([ABOUT]) == ()


def test_only_entries_that_occur_are_applicable() -> None:
    texts = ApprovedTexts((Term(ABOUT, (("en", APPROVED),)), Term("Autre.", (("en", "Other."),))), "en")
    assert [target for _, target in texts.applicable(["Rien.", ABOUT])] == [APPROVED]


def translate(block: Block, approved: str, lang: str = "en") -> tuple[PreparedDocument, TranslatedDocument]:
    document = structure_document(Document("d", "d.txt", "fr", "txt", (block,)))
    prepared = PreparedDocument(document, segment_document(document))
    masked = protect_release(prepared, TermMatcher((), (), lang), "s", names=True)
    assert isinstance(masked, tuple)
    texts = ApprovedTexts((Term(block.text, ((lang, approved),)),), lang)
    restored = restore_release(prepared, masked, {}, lang, "s", settle_release(prepared, masked, lang, "s", texts))
    assert isinstance(restored, TranslatedDocument)
    return prepared, restored


def test_approved_text_stands_as_approved_and_is_final() -> None:
    prepared, translated = translate(Block("b0", "other", ABOUT), APPROVED)
    assert [item.text for item in translated.hypotheses] == [f"{part}." for part in APPROVED[:-1].split(". ")]
    assert {(item.origin, item.state) for item in translated.hypotheses} == {("tm", "final")}
    block = compose_block(prepared.document.blocks[0], prepared.segments, translated.hypotheses, "en")
    assert block.text == APPROVED


def test_what_checks_find_in_approved_text_is_minor() -> None:
    prepared, translated = translate(Block("b0", "other", ABOUT), APPROVED.replace("41", "14"))
    findings = check_document(prepared, translated, CheckSettings("fr", ("en",)))
    assert any("41" in finding.message for finding in findings)
    assert {finding.severity for finding in findings} == {"minor"}


def test_a_lost_link_in_approved_text_stays_major() -> None:
    start = ABOUT.index("agence")
    block = Block("b0", "other", ABOUT, (Markup(1, "link", start, start + 6),))
    prepared, translated = translate(block, APPROVED)
    findings = check_document(prepared, translated, CheckSettings("fr", ("en",)))
    assert [finding.severity for finding in findings if finding.check == "markup"] == ["major"]


def test_a_link_over_words_that_both_texts_share_is_kept() -> None:
    french, english = "Site : www.example.org (en français)", "Website: www.example.org (in French)"
    block = Block("b0", "other", french, (Markup(1, "link", 7, 22),))
    _, translated = translate(block, english)
    (hypothesis,) = translated.hypotheses
    assert [hypothesis.text[item.start : item.end] for item in hypothesis.markup] == ["www.example.org"]
    assert hypothesis.lost == ()


@pytest.mark.parametrize(
    ("text", "lang", "lengths", "pieces"),
    [
        ("One. Two.", "en", [10, 10], ["One.", "Two."]),
        ("One. Two. Three.", "en", [10, 20], ["One.", "Two. Three."]),
        ("First this, then that.", "en", [10, 10], ["First this,", "then that."]),
        ("All in one go", "en", [5, 5], ["All in", "one go"]),
        ("一。二。", "zh", [5, 5], ["一。", "二。"]),
        ("一二", "zh", [5, 5], ["一", "二"]),
    ],
)
def test_translation_is_cut_where_the_french_is(text: str, lang: str, lengths: list[int], pieces: list[str]) -> None:
    assert cut_in_step(text, lang, lengths) == pieces


@given(st.text(alphabet="ab. ,;", min_size=1, max_size=60), st.lists(st.integers(1, 50), min_size=1, max_size=6))
def test_cutting_loses_nothing_and_gives_a_piece_a_sentence(text: str, lengths: list[int]) -> None:
    text = " ".join(text.split())
    pieces = cut_in_step(text, "en", lengths)
    assert len(pieces) == len(lengths)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
