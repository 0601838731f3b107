import pytest

from pipeline.check.length import EMPTY, LENGTH

SOURCE = "Des spécialistes des pays participants analyseront les éléments saisis afin d’identifier les victimes."

PASSES = [
    (SOURCE, "Specialists from the countries taking part will analyse what was seized to identify victims.", "en"),
    (SOURCE, "Especialistas de los países participantes analizarán lo incautado para identificar víctimas.", "es"),
    ("Contact", "Contact", "en"),
    ("Oui.", "Yes.", "nl"),
]
FAILS = [
    (SOURCE, "Specialists will analyse.", "ca", "major", "short"),
    (SOURCE, "Specialists from those countries will analyse items.", "en", "minor", "short"),
    (SOURCE, SOURCE * 2, "es", "major", "long"),
    (SOURCE, "word " * 60, "nl", "major", "long"),
]


@pytest.mark.parametrize(("source", "target", "lang"), PASSES)
def test_usual_lengths_pass(make_pair, source, target, lang):
    assert list(LENGTH.find(make_pair(source, target, lang))) == []


@pytest.mark.parametrize(("source", "target", "lang", "severity", "direction"), FAILS)
def test_unusual_lengths_are_found(make_pair, source, target, lang, severity, direction):
    (defect,) = LENGTH.find(make_pair(source, target, lang))
    assert defect.severity == severity
    assert f"unusually {direction} ({len(target.strip())} characters where about" in defect.message


def test_length_is_compared_only_between_words_with_spaces():
    assert LENGTH.applies("de")
    assert LENGTH.applies("x-rot13")
    assert not LENGTH.applies("zh-Hans")


@pytest.mark.parametrize("target", ["", "  ", "…", "«\u00a0»"])
def test_an_empty_translation_blocks(make_pair, target):
    found = [(defect.severity, defect.message) for defect in EMPTY.find(make_pair("Un fait.", target))]
    assert found == [("blocker", "The English text is empty: the sentence was not translated.")]


@pytest.mark.parametrize(("source", "target"), [("Un fait.", "A fact."), ("***", ""), ("12", "12")])
def test_a_translation_that_is_there_passes(make_pair, source, target):
    assert list(EMPTY.find(make_pair(source, target))) == []


def test_sentences_without_a_letter_are_not_counted(make_pair):
    assert EMPTY.count(make_pair("***", "")) == 0
    assert EMPTY.count(make_pair("Un fait.", "")) == 1
