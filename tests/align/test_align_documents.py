"""Alignment: which sentence of a translation answers which of the French, whatever was joined, left out or added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.align import align_documents
from pipeline.align.anchors import find_anchors, likeness
from pipeline.align.path import Bead, find_path
from pipeline.errors import InputError
from pipeline.records import Block, Document, Markup, PreparedDocument
from pipeline.segment import segment_document
from pipeline.segment.translations import split_translation

HEADLINE = "Opération coordonnée par INTERPOL contre la sextorsion"
LEAD = "Une opération a abouti à l’arrestation de 58 personnes. Trois hommes sont liés à un groupe de 17 suspects."
BODY = (
    "Les enquêteurs ont saisi 250 ordinateurs à Manille. La police des Philippines remercie ses partenaires européens. "
    "L’enquête a commencé en 2012."
)
HEADLINE_EN = "INTERPOL-coordinated operation against sextortion"
LEAD_EN = "An operation led to the arrest of 58 people. Three men are linked to a group of 17 suspects."
BODY_EN = (
    "Investigators seized 250 computers in Manila. The Philippine police thanks its European partners. "
    "The investigation began in 2012."
)


def blocks(*texts: str, layouts: tuple[str, ...] = ()) -> tuple[Block, ...]:
    kinds = layouts or ("heading", *["paragraph"] * len(texts))
    return tuple(Block(f"b{n}", "paragraph", text, (), kinds[n]) for n, text in enumerate(texts))


def prepare(*texts: str) -> PreparedDocument:
    document = Document("d", "a.txt", "fr", "text", blocks(*texts))
    return PreparedDocument(document, segment_document(document))


def pairs(source: PreparedDocument, *target: str, lang: str = "en") -> list[tuple[str, str]]:
    texts = {block.block_id: block.text for block in source.document.blocks}
    rows = align_documents(source, Document("t", "a.en.txt", lang, "text", blocks(*target)))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [(texts[row.block_id][row.start : row.end], row.target) for row in rows]


FRENCH = prepare(HEADLINE, LEAD, BODY)


def test_a_faithful_translation_is_paired_sentence_by_sentence() -> None:
    found = pairs(FRENCH, HEADLINE_EN, LEAD_EN, BODY_EN)
    assert len(found) == 6
    assert found[0] == (HEADLINE, HEADLINE_EN)
    assert all(source and target for source, target in found)
    assert [("58" in source, "2012" in source) for source, _ in found] == [
        ("58" in target, "2012" in target) for _, target in found
    ]


def test_a_sentence_that_was_left_out_stands_alone() -> None:
    found = dict(pairs(FRENCH, HEADLINE_EN, LEAD_EN, BODY_EN.replace("The Philippine police", "§").split("§")[0]))
    assert [source for source, target in found.items() if not target] == [
        "La police des Philippines remercie ses partenaires européens.",
        "L’enquête a commencé en 2012.",
    ]


def test_a_sentence_that_was_added_stands_alone_where_it_is() -> None:
    added = "The suspects had blackmailed several teenagers from Scotland for money."
    found = pairs(FRENCH, HEADLINE_EN, f"{LEAD_EN} {added}", BODY_EN)
    assert found[3] == ("", added)
    assert len(found) == 7


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_missing_block_leaves_the_others_in_place(missing: int) -> None:
    target = [HEADLINE_EN, LEAD_EN, BODY_EN]
    del target[missing]
    alone = [source for source, text in pairs(FRENCH, *target) if not text]
    whole = (HEADLINE, LEAD, BODY)[missing]
    assert alone
    assert all(source in whole for source in alone)
    assert sum(map(len, alone)) >= len(whole) - len(alone)


def test_an_extra_block_is_an_addition() -> None:
    extra = "About us: we are an agency that translates for newspapers."
    assert [text for source, text in pairs(FRENCH, HEADLINE_EN, LEAD_EN, BODY_EN, extra) if not source] == [extra]


def test_two_sentences_that_became_one_are_one_row() -> None:
    joined = "An operation led to the arrest of 58 people, and three men are linked to a group of 17 suspects."
    assert (LEAD, joined) in pairs(FRENCH, HEADLINE_EN, joined, BODY_EN)


def test_a_sentence_that_became_two_is_one_row() -> None:
    source = prepare("Le trafic durait depuis 2019 entre Lyon et Turin, où 40 véhicules volés ont été retrouvés.")
    cut = "The traffic between Lyon and Turin had lasted since 2019. There 40 stolen vehicles were found."
    assert pairs(source, cut) == [(source.document.blocks[0].text, cut)]


def test_paragraphs_cut_in_another_place_are_aligned_across() -> None:
    first, second, third = BODY_EN.split(". ")
    found = pairs(FRENCH, HEADLINE_EN, f"{LEAD_EN} {first}.", f"{second}. {third}")
    assert all(source and target for source, target in found)
    assert len(found) == 6


def test_numbers_and_names_align_where_meaning_cannot_be_compared() -> None:
    catalan = (
        "Operació coordinada per INTERPOL contra la sextorsió",
        "Una operació ha conduït a la detenció de 58 persones. Tres homes estan vinculats a un grup de 17 sospitosos.",
        "La policia de Filipines agraeix els seus socis europeus. La investigació va començar el 2012.",
    )
    found = pairs(FRENCH, *catalan, lang="ca")
    assert [source for source, target in found if not target] == ["Les enquêteurs ont saisi 250 ordinateurs à Manille."]


def test_markup_of_the_translation_is_cut_to_its_sentences() -> None:
    source = prepare("Il est 10 heures à Lyon. Elle part demain pour Madrid.")
    text = "It is 10 o'clock in Lyon. She leaves for Madrid tomorrow."
    bold = Markup(0, "bold", text.index("Madrid"), text.index("Madrid") + 6)
    target = Document("t", "t", "en", "text", (Block("b0", "paragraph", text, (bold,)),))
    first, second = align_documents(source, target)
    assert first.markup == ()
    (found,) = second.markup
    assert second.target[found.start : found.end] == "Madrid"


def test_lines_of_an_address_are_aligned_one_by_one() -> None:
    def lines(*texts: str) -> tuple[Block, ...]:
        text = "\n".join(texts)
        at = [place for place, character in enumerate(text) if character == "\n"]
        return (Block("b0", "paragraph", text, tuple(Markup(n, "break", place, place) for n, place in enumerate(at))),)

    french = Document("d", "a", "fr", "html", lines("Service de presse du CHU", "Courriel :", "www.example.org"))
    english = Document("t", "a", "en", "html", lines("Press office of the hospital", "Email:", "www.example.org"))
    rows = align_documents(PreparedDocument(french, segment_document(french)), english)
    assert [row.target for row in rows] == ["Press office of the hospital", "Email:", "www.example.org"]


words = st.lists(
    st.sampled_from(["le", "chat", "12", "Lyon", "arrêté.", "2014", "hier", "!", "trois.", "Paris"]),
    min_size=1,
    max_size=12,
)
texts = st.lists(words.map(" ".join), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(texts, texts)
def test_nothing_of_either_text_is_lost_or_doubled(french: list[str], other: list[str]) -> None:
    source = prepare(*french)
    rows = align_documents(source, Document("t", "t", "ca", "text", blocks(*other)))
    of_french = [(row.block_id, row.start, row.end) for row in rows if row.end > row.start]
    assert of_french == sorted(of_french, key=lambda place: (int(place[0][1:]), place[1]))
    texts = {block.block_id: block.text for block in source.document.blocks}
    assert "".join("".join(texts[b][s:e].split()) for b, s, e in of_french) == "".join("".join(french).split())
    assert "".join("".join(row.target.split()) for row in rows) == "".join("".join(other).split())


def test_texts_of_hopelessly_different_length_are_refused() -> None:
    with pytest.raises(InputError, match=r"20,000 parts .* 5,000"):
        find_path(20_000, 5_000, lambda bead: 1.0)


def test_the_cheapest_way_may_take_two_for_one() -> None:
    def cost(bead: Bead) -> float:
        return 0.0 if (bead.source_end - bead.source_start, bead.target_end - bead.target_start) == (2, 1) else 5.0

    assert find_path(4, 2, cost) == [Bead(0, 2, 0, 1), Bead(2, 4, 1, 2)]


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("15 000 USD saisis", "15,000 USD seized", True),
        ("La coopération européenne", "European cooperation", True),
        ("les 58 personnes", "٥٨ شخصا", True),
        ("Le chat dort", "The minister resigned", False),
        ("", "", False),
    ],
)
def test_anchors_are_what_both_languages_write_alike(left: str, right: str, alike: bool) -> None:
    assert (likeness(left, right) > 0) == alike


def test_a_number_weighs_more_than_a_word() -> None:
    anchors = find_anchors("58 personnes")
    assert anchors["58"] > anchors["perso"]


@pytest.mark.parametrize(
    ("lang", "text", "sentences"),
    [
        ("en", "Mr. Smith left. He came back.", 2),
        ("de", "Am 2. Mai kam er. Sie ging.", 2),
        ("es", "El Sr. García salió. Volvió el 3.", 2),
        ("zh", "警方逮捕了58人。调查开始于2012年。", 2),
        ("ar", "اعتقل 58 شخصا. هل انتهى التحقيق؟ نعم.", 3),
        ("en", "", 0),
    ],
)
def test_sentences_of_other_languages(lang: str, text: str, sentences: int) -> None:
    spans = split_translation(text, lang)
    assert len(spans) == sentences
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
