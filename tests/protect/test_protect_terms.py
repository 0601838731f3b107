"""The termbase: reading it, and finding its entries."""

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.protect import TermMatcher, load_termbase
from pipeline.protect.terms import approved
from pipeline.records import Term
from tests.growth import growth


def write(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "terms.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_termbase_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["source", "en", "es", "pt-br!forbidden"],
        ["garde à vue", "police custody", "detención preventiva", "guarda|custódia"],
        ["", "", "", ""],
        ["INTERPOL", "INTERPOL", "", ""],
    ]
    path = write(tmp_path, "\r\n".join(separator.join(row) for row in rows), encoding)
    assert load_termbase(path) == (
        Term(
            "garde à vue",
            (("en", "police custody"), ("es", "detención preventiva")),
            (("pt-BR", "guarda"), ("pt-BR", "custódia")),
        ),
        Term("INTERPOL", (("en", "INTERPOL"),)),
    )


def test_every_problem_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "source,en,en!forbidden\nmot,word,word\n,nothing,\nmot,again,\na,b,c,d\nx,\ue000,\n")
    with pytest.raises(ConfigError) as caught:
        load_termbase(path)
    assert [problem.split(":")[0] for problem in caught.value.problems] == [f"line {n}" for n in (2, 3, 4, 5, 6)]
    assert "both approved and forbidden" in caught.value.problems[0]
    assert "line 2" in caught.value.problems[2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no column “source”"),
        ("en,es\n", "no column “source”"),
        ("source,klingonisch\n", "“klingonisch” is not a language"),
        ("source,en,en\n", "“en” stands twice"),
        ("source,en!verboten\n", "did you mean en!forbidden"),
        ('source,en\n"open,quote\n', "not valid CSV"),
    ],
)
def test_a_header_or_file_that_cannot_be_used_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load_termbase(write(tmp_path, content))


def test_a_file_that_cannot_be_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="save it as CSV UTF-8"):
        load_termbase(write(tmp_path, "source,en\nété,summer\n", "cp1252"))
    with pytest.raises(ConfigError, match="No such file"):
        load_termbase(tmp_path / "nowhere.csv")


TERMS = [
    Term("garde à vue", (("es", "detención"),)),
    Term("garde", (("es", "guardia"),)),
    Term("Organisation", (("es", "Organización"),)),
    Term("l'arrêt de travail", (("es", "baja"),)),
    Term("PNP", (("es", "PNP"),)),
    Term("cybercriminalité", (), (("es", "cibercriminalidad"),)),
    Term("douane", (("pt", "alfândega"),)),
]

FOUND = [
    ("la garde à vue de", ["garde à vue"]),
    ("la Garde À Vue de", ["Garde À Vue"]),
    ("la garde\u00a0à\u202fvue de", ["garde\u00a0à\u202fvue"]),
    ("la garde a commencé", ["garde"]),
    ("l’Organisation et d'Organisation", ["Organisation", "Organisation"]),
    ("l’organisation", []),
    ("L’arrêt de travail", ["L’arrêt de travail"]),
    ("la PNP, (PNP).", ["PNP", "PNP"]),
    ("la pnp", []),
    ("PNPA et APNP", []),
    ("gardes et sauvegarde", []),
    ("la cybercrimi\u00adnalité", ["cybercrimi\u00adnalité"]),
    ("la douane", []),
]


@pytest.mark.parametrize(("text", "surfaces"), FOUND)
def test_terms_are_found_on_whole_words(text: str, surfaces: list[str]) -> None:
    matches = TermMatcher(TERMS, [], "es").find(text)
    assert [text[start:end] for start, end, _ in matches] == surfaces


def test_do_not_translate_outranks_an_entry_of_the_same_form() -> None:
    ((_, _, term),) = TermMatcher([Term("Strikeback", (("es", "Contragolpe"),))], ["Strikeback"], "es").find(
        "Strikeback"
    )
    assert approved(term, "es") == "Strikeback"


def test_entries_that_differ_in_capitals_are_told_apart() -> None:
    matcher = TermMatcher([Term("ice", (("es", "hielo"),)), Term("ICE", (("es", "ICE"),))], [], "es")
    assert [term.source for _, _, term in matcher.find("ICE et ice et Ice")] == ["ICE", "ice", "ice"]


def test_a_territory_falls_back_to_its_language() -> None:
    term = Term("mot", (("pt", "palavra"), ("pt-PT", "vocábulo")))
    assert approved(term, "pt-PT") == "vocábulo"
    assert approved(term, "pt-BR") == "palavra"
    assert approved(term, "es") == ""
    assert TermMatcher([term], [], "pt-BR").find("un mot")


def test_applicable_entries_are_those_that_occur_once_each() -> None:
    matcher = TermMatcher(TERMS, ["INTERPOL"], "es")
    found = matcher.applicable(["la garde à vue", "la PNP", "une garde à vue d'INTERPOL"])
    assert [term.source for term in found] == ["INTERPOL", "PNP", "garde à vue"]


def test_a_private_target_has_no_terms() -> None:
    assert TermMatcher(TERMS, ["INTERPOL"], "x-rot13").find("la garde à vue d'INTERPOL") == []


def test_a_long_termbase_costs_no_more_than_the_text() -> None:
    words = [f"mot{i}" for i in range(20_000)]
    matcher = TermMatcher([Term(f"{word} et suite", (("es", word),)) for word in words], [], "es")
    assert matcher.find(" et ".join(words[:5_000])) == []
    assert growth(lambda size: matcher.find(" et ".join(words[:size])), 2_500, 10_000) < 8


def test_a_term_without_a_word_never_matches() -> None:
    assert TermMatcher([], ["", " "], "es").find("mot") == []
