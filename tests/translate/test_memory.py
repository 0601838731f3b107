"""A memory in front of another translator: the same sentence is not translated again, a similar one only shown."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pipeline.config import SystemConfig
from pipeline.errors import ConfigError, LanguageError, TranslatorError
from pipeline.protect import TermMatcher, protect_segment
from pipeline.protect.normalise import normalise
from pipeline.records import Markup, Segment, Term
from pipeline.restore import restore_segment
from pipeline.translate import build_translator
from pipeline.translate.base import Candidate, Candidates
from pipeline.translate.chat import ChatTranslator
from pipeline.translate.chat_client import ChatClient
from pipeline.translate.context import Passage, PassageText, SomeFailedError, StandIn, cut_passages
from pipeline.translate.fake import FakeTranslator, rotate
from pipeline.translate.memory import MemoryTranslator
from pipeline.translate.memory_index import MAX_FUZZY_CHARS, FuzzyMatch, TranslationMemory
from pipeline.translate.tmx import Entry, write_tmx
from tests.translate.chat_server import ChatServer, answer, asked

LANG = "x-rot13"
ENTRIES = [
    Entry("Il est en fuite.", "On the run (he)."),
    Entry("Il est en fuite.", "On the run (the suspect).", "Le suspect a 40 ans.", "La police le recherche."),
    Entry("Il est en fuite.", "On the run (the dog).", "Le chien a 4 ans."),
    Entry("La police a arrêté 58 personnes.", "Police arrested 58 people."),
    Entry("« Bonjour », dit-il.", "“Hello,” he said."),
]


class TestIndex:
    memory = TranslationMemory(ENTRIES)

    def test_the_latest_of_equal_sentences_counts_most(self) -> None:
        assert self.memory.exact("Il est en fuite.") == (
            "On the run (the dog).",
            "On the run (the suspect).",
            "On the run (he).",
        )

    @pytest.mark.parametrize(
        ("before", "after", "best"),
        [
            ("Le suspect a 40 ans.", "La police le recherche.", "On the run (the suspect)."),
            ("Le suspect a 40 ans.", "", "On the run (the suspect)."),
            ("", "La police le recherche.", "On the run (the suspect)."),
            ("Le chien a 4 ans.", "La police le recherche.", "On the run (the dog)."),
            ("Le chat a 4 ans.", "", "On the run (the dog)."),
            ("Le suspect\u00a0a 40 ans.", "Autre chose.", "On the run (the suspect)."),
        ],
    )
    def test_the_same_neighbours_count_more(self, before: str, after: str, best: str) -> None:
        assert self.memory.exact("Il est en fuite.", before, after)[0] == best

    @pytest.mark.parametrize(
        ("source", "found"),
        [
            ("«\u00a0Bonjour\u202f», dit-il.", True),
            (" « Bonjour »,  dit-il. ", True),
            ("La police a arre\u0302té 58 personnes.", True),
            ("La po\u00adlice a arrêté 58 personnes.", True),
            ("La police a arrêté 59 personnes.", False),
            ("la police a arrêté 58 personnes.", False),
            ("La police a arrêté 58 personnes", False),
            ("", False),
        ],
    )
    def test_the_same_sentence_is_the_same_to_a_translator(self, source: str, found: bool) -> None:
        assert bool(self.memory.exact(source)) == found

    def test_similar_ones_are_ranked_and_the_same_one_is_not_among_them(self) -> None:
        (match,) = self.memory.fuzzy("La police a arrêté 59 personnes.")
        assert match == FuzzyMatch(ENTRIES[3], 1 - 1 / 32)
        assert self.memory.fuzzy("La police a arrêté 58 personnes.") == ()
        assert self.memory.fuzzy("Tout autre chose, vraiment.") == ()
        assert self.memory.fuzzy("") == self.memory.fuzzy("x" * (MAX_FUZZY_CHARS + 1)) == ()

    @settings(max_examples=80, deadline=None)
    @given(st.lists(st.text("abé ", min_size=1, max_size=12), max_size=12), st.text("abé ", min_size=1, max_size=12))
    def test_nothing_similar_enough_is_missed(self, sources: list[str], query: str) -> None:
        memory = TranslationMemory([Entry(source, "x") for source in sources], 0.6)
        plain = {normalise(source).text.strip() for source in sources} - {""}
        wanted = normalise(query).text.strip()
        scores = (Levenshtein.normalized_similarity(wanted, source) for source in plain if source != wanted)
        expected = sorted((score for score in scores if wanted and score >= 0.6), reverse=True)[:3]
        assert [match.similarity for match in memory.fuzzy(query)] == pytest.approx(expected)

    def test_a_later_entry_of_a_similar_sentence_is_the_one_shown(self) -> None:
        memory = TranslationMemory([Entry("Il est là.", "old"), Entry("Il est là.", "new")])
        assert [match.entry.target for match in memory.fuzzy("Il est las.")] == ["new"]
        assert len(memory) == 2


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    write_tmx(tmp_path / "approved.tmx", ENTRIES, "fr", LANG)
    return tmp_path / "approved.tmx"


class Plain(FakeTranslator):
    """The fake, which counts, and fails where told to."""

    def __init__(self, fails: str = "", *, says_which: bool = False) -> None:
        self.asked: list[list[str]] = []
        self.fails = fails
        self.says_which = says_which
        self.closed = 0

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        self.asked.append(list(texts))
        if self.fails and self.says_which and any(self.fails in text for text in texts):
            made = super().translate(texts, source_lang, target_lang)
            raise SomeFailedError(
                [
                    TranslatorError(f"told to fail at {text}") if self.fails in text else candidates
                    for text, candidates in zip(texts, made, strict=True)
                ]
            )
        if self.fails and any(self.fails in text for text in texts):
            raise TranslatorError("told to fail")
        return super().translate(texts, source_lang, target_lang)

    def close(self) -> None:
        self.closed += 1


class TestWithoutPassages:
    def test_hits_say_so_and_the_rest_is_translated_in_order(self, tmx: Path) -> None:
        then = Plain()
        made = MemoryTranslator([tmx], then).translate(
            ["Autre.", "La police a arrêté 58 personnes.", "La police a arrêté 59 personnes.", "Il est \ue000."],
            "fr",
            LANG,
        )
        assert made == [
            (Candidate(rotate("Autre.")),),
            (Candidate("Police arrested 58 people.", origin="tm"),),
            (Candidate(rotate("La police a arrêté 59 personnes.")),),
            (Candidate(rotate("Il est \ue000.")),),
        ]
        assert len(then.asked[0]) == 3

    def test_other_approved_translations_are_candidates_too(self, tmx: Path) -> None:
        (candidates,) = MemoryTranslator([tmx], Plain()).translate(["Il est en fuite."], "fr", LANG)
        assert [candidate.origin for candidate in candidates] == ["tm"] * 3

    def test_a_partial_failure_keeps_hits_and_successes(self, tmx: Path) -> None:
        memory = MemoryTranslator([tmx], Plain("mal", says_which=True))
        with pytest.raises(SomeFailedError, match="told to fail at mal") as failure:
            memory.translate(["bien", "mal", "La police a arrêté 58 personnes."], "fr", LANG)
        first, second, third = failure.value.outcomes
        assert first == (Candidate(rotate("bien")),)
        assert isinstance(second, TranslatorError)
        assert third == (Candidate("Police arrested 58 people.", origin="tm"),)


def passage(*texts: str, before: str = "", after: str = "") -> Passage:
    return Passage(tuple(map(PassageText, texts)), tuple(filter(None, [before])), tuple(filter(None, [after])))


class TestWithPassages:
    def test_neighbours_inside_and_outside_the_passage_count(self, tmx: Path) -> None:
        memory = MemoryTranslator([tmx], Plain())
        inside, outside = memory.translate_passages(
            [
                passage("Le suspect a 40 ans.", "Il est en fuite.", "La police le recherche."),
                passage("Il est en fuite.", before="Le chien a 4 ans."),
            ],
            "fr",
            LANG,
        )
        assert isinstance(inside[1], tuple)
        assert inside[1][0] == Candidate("On the run (the suspect).", origin="tm")
        assert isinstance(outside[0], tuple)
        assert outside[0][0] == Candidate("On the run (the dog).", origin="tm")

    def test_what_is_missing_is_translated_once_for_all_passages(self, tmx: Path) -> None:
        then = Plain()
        made = MemoryTranslator([tmx], then).translate_passages([passage("a", "b"), passage("b", "a")], "fr", LANG)
        assert made == [((Candidate("n"),), (Candidate("o"),)), ((Candidate("o"),), (Candidate("n"),))]
        assert then.asked == [["a", "b"]]

    def test_nothing_missing_asks_nobody(self, tmx: Path) -> None:
        then = Plain()
        MemoryTranslator([tmx], then).translate_passages([passage("Il est en fuite.")], "fr", LANG)
        assert then.asked == []

    @pytest.mark.parametrize("says_which", [True, False])
    def test_what_fails_costs_no_other(self, tmx: Path, says_which: bool) -> None:
        memory = MemoryTranslator([tmx], Plain("mal", says_which=says_which))
        (made,) = memory.translate_passages([passage("a", "mal", "b", "Il est en fuite.", "c")], "fr", LANG)
        assert [isinstance(outcome, TranslatorError) for outcome in made] == [False, True, False, False, False]

    def test_a_translator_at_fault_is_an_error(self, tmx: Path) -> None:
        with pytest.raises(TranslatorError, match="told to fail"):
            MemoryTranslator([tmx], Plain(" ")).translate_passages([passage("a b", "c d")], "fr", LANG)


class TestPlaceables:
    """From a release to its finished translation, through masking and back."""

    def finish(self, folder: Path, source: str, entry: Entry, markup: tuple[Markup, ...] = ()) -> tuple[str, int, str]:
        write_tmx(folder / "a.tmx", [entry], "fr", "es")
        terms = [Term("préfet", (("es", "prefecto"),))]
        segment = Segment("s", "d", "b", 0, 0, len(source), source)
        masked = protect_segment(segment, markup, TermMatcher(terms, ["INTERPOL"], "es"))
        memory = MemoryTranslator([folder / "a.tmx"], Spanish())
        ((outcome,),) = memory.translate_passages(cut_passages([segment], [masked], {}), "fr", "es")
        assert isinstance(outcome, tuple)
        hypothesis = restore_segment(segment, masked, outcome[0], "es", "it", outcome[0].origin)
        return hypothesis.text, len(hypothesis.lost), hypothesis.origin

    @pytest.mark.parametrize(
        ("source", "target", "lost"),
        [
            ("Écrivez à a@b.fr.", "Escriba a a@b.fr.", 0),
            ("Écrivez à a@b.fr.", "Escríbanos.", 1),
            ("INTERPOL écrit.", "INTERPOL escribe.", 0),
            ("Le préfet écrit.", "El prefecto escribe.", 0),
            ("Le préfet écrit.", "El gobernador escribe.", 1),
            ("Voir www.b.fr et www.b.fr/c.", "Véase www.b.fr y www.b.fr/c.", 0),
            ("Tel. 01 02 03 04 05 !", "¡Tel. 01 02 03 04 05!", 0),
        ],
    )
    def test_what_must_survive_is_counted_in_approved_text_too(
        self, tmp_path: Path, source: str, target: str, lost: int
    ) -> None:
        assert self.finish(tmp_path, source, Entry(source, target)) == (target, lost, "tm")

    def test_formatting_inside_is_reported_as_lost(self, tmp_path: Path) -> None:
        entry = Entry("Un mot gras.", "Una palabra negrita.")
        assert self.finish(tmp_path, entry.source, entry, (Markup(0, "bold", 3, 6),)) == (entry.target, 2, "tm")

    def test_a_private_use_character_in_a_memory_is_no_token(self, tmp_path: Path) -> None:
        source = "Écrivez à a@b.fr."
        assert self.finish(tmp_path, source, Entry(source, "Escriba a \ue000."))[2] == "mt"

    def test_a_name_inside_another_word_is_not_a_placeable(self) -> None:
        item = PassageText("L'\ue000 écrit.", (StandIn("\ue000", "UE", "UE"),))
        candidates = MemoryTranslator([], Plain())
        candidates._memories["fr", LANG] = TranslationMemory([Entry("L'UE écrit.", "QUELLE UE")])
        ((outcome,),) = candidates.translate_passages([Passage((item,))], "fr", LANG)
        assert outcome == (Candidate("QUELLE \ue000", origin="tm"),)


class Spanish(Plain):
    """Takes Spanish for a pseudo-language."""

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        return super().translate(texts, source_lang, LANG)


class TestWithAModelThatReads:
    def test_it_gets_the_gaps_with_what_is_around_them_and_similar_sentences(self, tmp_path: Path) -> None:
        write_tmx(tmp_path / "a.tmx", ENTRIES, "fr", "es")
        texts = ["Un.", "Deux.", "Il est en fuite.", "La police a arrêté 59 personnes."]
        with ChatServer() as server:
            client = ChatClient(server.url, attempts=1)
            memory = MemoryTranslator([tmp_path / "a.tmx"], ChatTranslator(client, "m", concurrency=1))
            (made,) = memory.translate_passages([passage(*texts, before="Avant.")], "fr", "es")
            server.always = answer(lambda given: {})
            (failed,) = memory.translate_passages([passage(*texts)], "fr", "es")
            memory.close()
        assert [outcome[0].text for outcome in made if isinstance(outcome, tuple)] == [
            "Ha.",
            "Qrhk.",
            "On the run (the dog).",
            rotate(texts[3]),
        ]
        first, second = map(asked, server.questions[:2])
        assert first == {"before": ["Avant."], "translate": {"1": "Un.", "2": "Deux."}, "after": texts[2:]}
        assert second == {
            "before": texts[:3],
            "translate": {"1": texts[3]},
            "examples": [{"source": ENTRIES[3].source, "translation": ENTRIES[3].target}],
        }
        assert [isinstance(outcome, TranslatorError) for outcome in failed] == [True, True, False, True]


class TestAsATranslator:
    def test_similar_sentences_are_there_for_a_reviewer(self, tmx: Path) -> None:
        memory = MemoryTranslator([tmx], Plain(), fuzzy_threshold=0.9)
        (match,) = memory.matches("La police a arrêté 59 personnes.", "fr", LANG)
        assert match.entry.target == "Police arrested 58 people."
        assert memory.matches("La police arrête 59 gens.", "fr", LANG) == ()

    def test_signature_tells_content_settings_and_the_other_translator(self, tmx: Path, tmp_path: Path) -> None:
        def sign(*paths: Path, threshold: float = 0.75) -> dict[str, str]:
            return MemoryTranslator(paths, FakeTranslator(), threshold).signature("fr", LANG)

        one = sign(tmx)
        assert one["backend"] == "memory"
        assert one["then.backend"] == "fake"
        copy = tmp_path / "copy.tmx"
        copy.write_bytes(tmx.read_bytes())
        assert sign(copy) == one
        copy.write_bytes(tmx.read_bytes() + b"\n")
        assert len({str(sign(*paths)) for paths in ([tmx], [copy], [tmx, copy], [copy, tmx])}) == 4
        assert sign(tmx, threshold=0.8) != one

    def test_a_missing_file_is_told_before_any_work(self, tmp_path: Path) -> None:
        memory = MemoryTranslator([tmp_path / "none.tmx"], FakeTranslator())
        with pytest.raises(TranslatorError, match=r"none\.tmx: cannot be read"):
            memory.signature("fr", LANG)

    def test_a_later_file_counts_more(self, tmx: Path, tmp_path: Path) -> None:
        write_tmx(tmp_path / "new.tmx", [Entry(ENTRIES[3].source, "58 arrests.")], "fr", LANG)
        (candidates,) = MemoryTranslator([tmx, tmp_path / "new.tmx"], Plain()).translate(
            [ENTRIES[3].source], "fr", LANG
        )
        assert [candidate.text for candidate in candidates] == ["58 arrests.", "Police arrested 58 people."]

    def test_what_the_other_translator_cannot_do_it_cannot(self, tmx: Path) -> None:
        memory = MemoryTranslator([tmx], FakeTranslator())
        assert memory.draft
        assert memory.supports("fr", LANG)
        assert not memory.supports("fr", "es")
        assert memory.remedy("fr", "es") == "ask for x-accent or x-rot13"
        with pytest.raises(LanguageError):
            memory.signature("fr", "es")

    def test_is_built_from_its_table(self, tmx: Path) -> None:
        built = build_translator(
            SystemConfig.model_validate({"name": "it", "backend": "memory", "memories": [tmx], "then": "fake"})
        )
        assert isinstance(built, MemoryTranslator)
        assert isinstance(built.then, FakeTranslator)
        assert built.translate(["Bonjour"], "fr", LANG) == [(Candidate("Obawbhe"),)]
        built.close()

    def test_without_files_and_what_comes_next_both_are_named(self) -> None:
        with pytest.raises(ConfigError, match=r"(?s)memories: missing.*then: missing"):
            build_translator(SystemConfig(name="it", backend="memory"))
