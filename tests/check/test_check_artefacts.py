import pytest

from pipeline.check.artefacts import ARTEFACTS

PASSES = [
    ("Un fait", "A fact"),
    ("R&D et 5 * 3", "R&D and 5 * 3"),
    ("Suivez #sextorsion et @Interpol", "Follow #sextorsion and @Interpol"),
    ("press@interpol.int", "press@interpol.int"),
    ("voir la note *suite", "see the note *suite"),
    ("a < b > c", "a < b > c"),
]
FAILS = [
    ("A ⁇ fact", "⁇"),
    ("A <unk> fact", "<unk>"),
    ("A fact</s>", "</s>"),
    ("[UNK] fact", "[UNK]"),
    ("A fact<|endoftext|>", "<|endoftext|>"),
    (">>spa<< Un hecho", ">>spa<<"),
    ("__en__ A fact", "__en__"),
    ("A \ue001 fact", "\ue001"),
    ("A ⟦7⟧ fact", "⟦7⟧"),
    ("▁A fact", "▁"),
    ("A fa@@ ct", "@@"),
    ("A&nbsp;fact", "&nbsp;"),
    ("Un *fait", "*fait"),
    ("Un #fait", "#fait"),
    ("Un @fait", "@fait"),
    ("A \ufffd fact", "\ufffd"),
]


@pytest.mark.parametrize(("source", "target"), PASSES)
def test_text_for_readers_passes(make_pair, source, target):
    assert list(ARTEFACTS.find(make_pair(source, target))) == []


@pytest.mark.parametrize(("target", "artefact"), FAILS)
def test_traces_of_the_machine_block(make_pair, target, artefact):
    (defect,) = ARTEFACTS.find(make_pair("Un fait", target))
    assert defect.severity == "blocker"
    assert target[defect.target_span.start : defect.target_span.end] == artefact


def test_a_character_without_a_shape_is_named(make_pair):
    (defect,) = ARTEFACTS.find(make_pair("Un fait", "A \ue001 fact"))
    assert defect.message == "The character U+E001 is a trace of the machine and no English."
