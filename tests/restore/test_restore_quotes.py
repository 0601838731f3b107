"""Quotation marks of every origin become the target language's, nesting included."""

from collections.abc import Callable

import pytest

from pipeline.records import Hypothesis, Segment
from pipeline.restore import quote_depths

Finish = Callable[..., Hypothesis]

NESTED = "« Ces réseaux de « sextorsion » sont étendus », a déclaré M. Virmani."

CASES = [
    # As Apertium leaves them.
    ("en", NESTED, "« These « x » are », said M. V.", "“These ‘x’ are”, said M. V."),
    ("es", NESTED, "« Estas de « x » son », ha declarado M. V.", "«Estas de “x” son», ha declarado M. V."),
    ("ca", NESTED, "« Aquestes de « x » són », ha declarat M. V.", "«Aquestes de “x” són», ha declarat M. V."),
    ("it", NESTED, "« Queste di « x » sono », ha dichiarato M. V.", "«Queste di “x” sono», ha dichiarato M. V."),
    ("pt", NESTED, "« Estas de « x » são », tem declarado M. V.", "“Estas de ‘x’ são”, tem declarado M. V."),
    ("pt-PT", NESTED, "« Estas de « x » são », tem declarado M. V.", "«Estas de “x” são», tem declarado M. V."),
    ("de", NESTED, "« Diese « x » sind », so M. V.", "„Diese ‚x‘ sind“, so M. V."),
    ("nl", NESTED, "« Deze « x » zijn », zei M. V.", "‘Deze “x” zijn’, zei M. V."),
    ("pl", NESTED, "« Te « x » są », mówi M. V.", "„Te «x» są”, mówi M. V."),
    ("ja", NESTED, "«これらの«x»は», M. V.", "「これらの『x』は」, M. V."),
    ("fi", NESTED, "« Nämä « x » ovat », sanoo M. V.", "”Nämä ’x’ ovat”, sanoo M. V."),
    # As neural engines write them.
    ("en", NESTED, 'These "x" are, "they are", said M. V.', "These “x” are, “they are”, said M. V."),
    ("en", NESTED, "\"These 'x' are\", said the officers' chief.", "“These ‘x’ are”, said the officers’ chief."),
    ("en", NESTED, 'These "are "x"", said M. V.', "These “are ‘x’”, said M. V."),
    ("de", NESTED, "„Diese „x“ sind“, so M. V.", "„Diese ‚x‘ sind“, so M. V."),
    ("en", NESTED, "„These „x“ are“, said M. V.", "“These ‘x’ are”, said M. V."),
    ("es", NESTED, "“Estas “x” son”, dice M. V.", "«Estas “x” son», dice M. V."),
    ("sv", NESTED, "”Dessa ”x” är”, säger M. V.", "”Dessa ’x’ är”, säger M. V."),
    ("hu", NESTED, "»Ez »x« van«, M. V.", "„Ez »x« van”, M. V."),
    # Pieces of longer quotations.
    ("en", "« Il est mort.", "« He is dead.", "“He is dead."),
    ("en", "Où trouver refuge ? »", "Where find shelter? »", "Where find shelter?”"),
    ("es", "Où trouver refuge ».", "Dónde encontrar refugio ».", "Dónde encontrar refugio»."),
    ("es", 'Ils sont là."', 'Están ahí. "', "Están ahí.»"),
    ("en", "Voilà (« sic »).", "Here (« sic »).", "Here (“sic”)."),
    ("ca", "Voilà l’« agent ».", "Heus l'« agent ».", "Heus l’«agent»."),
    ("en", "« … et voilà »", "« … and here »", "“… and here”"),
    # Not quotation marks.
    ("it", "La ’ndrangheta est là.", "La 'ndrangheta è l'altra.", "La ’ndrangheta è l’altra."),
    ("en", "Des années 90.", "Of the ‘90s.", "Of the ‘90s."),
    ("en", "Du rock.", "Rock 'n' roll.", "Rock ’n’ roll."),
]


@pytest.mark.parametrize(("lang", "source", "raw", "expected"), CASES)
def test_marks_are_those_of_the_language(finish: Finish, lang: str, source: str, raw: str, expected: str) -> None:
    assert finish(source, raw, lang).text == expected


def segments(*sources: str) -> list[Segment]:
    return [Segment(f"s{i}", "d", "b0", i, 0, len(source), source) for i, source in enumerate(sources)]


def test_depths_run_through_the_segments_of_a_block() -> None:
    quoted = segments("Il a dit : « Un.", "Deux « trois » quatre.", "« Cinq. »", "Six. »", "Sept.")
    assert quote_depths(quoted) == (0, 1, 1, 1, 0)


def test_a_quotation_over_several_segments_keeps_count(finish: Finish) -> None:
    assert finish("Deux « x » là.", "Two « x » there.", "en", quote_depth=1).text == "Two ‘x’ there."
    assert finish("Deux « x » là. »", "Two « x » there. »", "es", quote_depth=1).text == "Two “x” there.»"


def test_french_of_another_country_has_its_own_inner_space(finish: Finish) -> None:
    assert finish("« Oui »", "« Oui »", "fr").text == "«\u00a0Oui\u00a0»"
