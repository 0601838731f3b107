"""What every translator must do, whatever it is: a new backend is one more line in `CASES`."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import LanguageError
from pipeline.records import Span
from pipeline.translate import build_translator
from pipeline.translate.apertium import ApertiumTranslator
from pipeline.translate.base import Translator, is_token
from pipeline.translate.fake import FakeTranslator
from pipeline.translate.pivot import PivotTranslator
from tests.translate.chat_server import ChatServer
from tests.translate.tiny_models import checkpoint


@dataclass(frozen=True)
class Case:
    """A backend under test, with the pair of languages to test it on."""

    build: Callable[[], Translator]
    target_lang: str
    tokens_kept: float = 1.0
    """Share of the tokens that must come back; the engine reports the others."""
    learnt: bool = True
    """Whether it knows any language; a tiny model with random weights says nothing that means anything."""


def system(backend: str, *via: str) -> Callable[[], Translator]:
    return lambda: build_translator(SystemConfig(name="under-test", backend=backend, via=via))


@cache
def chat_url() -> str:
    """Start the chat server, which ends with the tests."""
    return ChatServer().__enter__().url


def chat() -> Translator:
    return build_translator(SystemConfig(name="under-test", backend="chat", url=chat_url(), model="a-model"))


def memory() -> Translator:
    files = (Path(__file__).parents[1] / "data" / "memory_fr_x-accent.jsonl",)
    then = SystemConfig(name="fake", backend="fake")
    return build_translator(SystemConfig(name="under-test", backend="memory", memories=files, then=then))


def neural(backend: str, family: str) -> Case:
    def build() -> Translator:
        decoding = DecodingConfig(beam_size=1, max_length_factor=0.1)  # little is said: it means nothing
        model = str(checkpoint(family))
        return build_translator(
            SystemConfig(name="tiny", backend=backend, model=model, device="cpu", threads=1, decoding=decoding)
        )

    return Case(build, "en", learnt=False)


CASES = {
    "fake, rot13": Case(system("fake"), "x-rot13"),
    "fake, accents": Case(system("fake"), "x-accent"),
    "pivot, fake": Case(lambda: PivotTranslator(FakeTranslator(), FakeTranslator(), "x-rot13"), "x-accent"),
    "chat": Case(chat, "es"),
    "memory, then fake": Case(memory, "x-accent"),
    "seq2seq, marian": neural("seq2seq", "marian"),
    "ctranslate2, marian": neural("ctranslate2", "marian"),
    "ctranslate2, madlad": neural("ctranslate2", "madlad"),
    "pivot, apertium": Case(lambda: PivotTranslator(ApertiumTranslator(), FakeTranslator(), "es"), "x-accent", 0.999),
    "apertium, es": Case(system("apertium"), "es", 0.999),
    "apertium, ca": Case(system("apertium"), "ca", 0.999),
    "apertium, en": Case(system("apertium"), "en", 0.999),
    "apertium, en via ca": Case(system("apertium", "ca"), "en", 0.999),
    "apertium, pt": Case(system("apertium"), "pt", 0.999),
    "apertium, it": Case(system("apertium"), "it", 0.999),
}

RELEASE = """
Une opération coordonnée par la police a abouti à l'arrestation de 58 personnes.
Le préfet de la Loire-Atlantique, M. Le Goff, se rendra sur place à 14 h 30.
« Nous n'avons jamais vu cela », a déclaré Mme Okonkwo, directrice de l'agence Xyzzian.
Comme chaque année, la Somalie et le Limousin seront à l'honneur du festival.
Ceci n'est pas un exercice : l'alerte est levée depuis le 3 mars.
Quand le ministre a été interrogé, il n'a rien dit ; sois prudent, lui avait-on soufflé.
Les billets (12,50 €) sont en vente sur le site de la mairie.
La circulation sera exclue du centre-ville jusqu'à nouvel ordre.
Le titulaire du poste, déjà vu à Valence, entre en fonction demain.
Orange et la banque Strikeback ont signé un accord de 2 500 000 euros.
Bravo à toutes les équipes de Bulacan et de Laguna !
Qui a pu écrire ces lignes ?
Il ne l'a pas vu, mais il en a entendu parler par son frère.
Les écoles, fermées depuis lundi, rouvriront pour les élèves de cours moyen.
L'enquête, ouverte à la suite d'une plainte, porte sur des faits de chantage.
Toute personne ayant des informations peut appeler le numéro vert.
Le prix récompense un roman, une pièce et un recueil de nouvelles.
Le bilan provisoire fait état de trois blessés légers.
ARRESTATION D'UN SUSPECT À MARSEILLE
Le service de presse se tient à votre disposition.
Contact : Service de la communication, 1er étage
Vers une nouvelle politique de l'eau
Sous la présidence de Nakatani, le conseil a voté le budget par 12 voix contre 3.
La vente aux enchères de velours et de voiles aura lieu rue de la Mer.
""".strip().split("\n")

ODD = {
    "empty": "",
    "a space": " ",
    "white space": " \t\n \n",
    "no letters": "12 345,67 — 89 % !?",
    "leading and trailing white space": "  \tBonjour à tous. \n",
    "lines": "Premier point.\n\nDeuxième point.\r\nTroisième point.\n",
    "blank lines at the start": "\n\nTexte.",
    "NUL": "avant\x00après",
    "controls": "a\x01b\x02c\x1bd\x7fe\x85f\u2028g",
    "lone surrogates": "un \ud800 deux \udfff trois",
    "non-characters": "un \ufffe deux \uffff trois \ufdd0 \U0001ffff",
    "supplementary private use": "un \U000f0000 deux \U0010fffd",
    "unknown-word marks": "un *mot* #autre @tiers ~quart et * # @ ~ seuls",
    "stream signs": "^un$ [deux] {trois} \\quatre\\ /cinq/ <six> 7 > 6 < 8",
    "stream words": "^police/police<n><f><sg>$[<b>]\\[[t:b:1]]mot[[/]]",
    "a word of 12,000 letters": "a" * 12_000,
    "12,000 spaces": "mot" + " " * 12_000 + "mot",
    "a long line": "La police arrête les hommes. " * 400,
    "emoji and scripts": "Bravo 👩‍🚒 à Владимир, محمد, 田中 et Ελένη 🇫🇷 !",
    "decomposed accents": "Un e\u0301te\u0301 a\u0300 la mer, l\u2019a\u0302ge",
    "no-break spaces": "« Bonjour » : 58\u00a0000\u202f€",
    "only a token": "\ue000",
    "tokens at both ends": "\ue000La police arrête les hommes.\ue001",
    "tokens side by side": "Voir \ue000\ue001\ue002 ici.",
    "tokens in words": "rela\ue000tif à l'\ue001école\ue002, aujourd'\ue003hui",
    "tokens around words": "la \ue000grande\ue001 ville du\ue002 nord, il ne l'a \ue003pas\ue004 vu",
    "tokens as words": "Écrivez à \ue000 ou voyez \ue001, \ue002 et (\ue003) : \ue004.",
    "the last tokens": "un \uf8fe deux \uf8ff",
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture(scope="module")
def translator(case: Case) -> Iterator[Translator]:
    built = case.build()
    if not built.supports("fr", case.target_lang):
        pytest.skip(f"cannot translate into {case.target_lang} here: {built.remedy('fr', case.target_lang)}")
    yield built
    built.close()


def translate(translator: Translator, case: Case, texts: list[str]) -> list[tuple[str, tuple[Span, ...]]]:
    made = translator.translate(texts, "fr", case.target_lang)
    assert len(made) == len(texts)
    assert all(made)
    return [(candidates[0].text, candidates[0].unknown) for candidates in made]


def test_order_and_company_change_nothing(case: Case, translator: Translator) -> None:
    texts = [*RELEASE, *ODD.values()]
    forwards = translate(translator, case, texts)
    assert translate(translator, case, texts[::-1])[::-1] == forwards
    assert [translate(translator, case, [line])[0] for line in RELEASE] == forwards[: len(RELEASE)]
    batches = [RELEASE[start : start + 7] for start in range(0, len(RELEASE), 7)]
    assert [result for batch in batches for result in translate(translator, case, batch * 2)[len(batch) :]] == (
        forwards[: len(RELEASE)]
    )


def test_a_new_translator_gives_the_same(case: Case, translator: Translator) -> None:
    expected = translate(translator, case, RELEASE)
    other = case.build()
    assert other.signature("fr", case.target_lang) == translator.signature("fr", case.target_lang)
    assert translate(other, case, RELEASE[::-1])[::-1] == expected
    other.close()


def test_nothing_in_nothing_out(case: Case, translator: Translator) -> None:
    assert translator.translate([], "fr", case.target_lang) == []


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_survived(case: Case, translator: Translator, name: str) -> None:
    source = ODD[name]
    (text, unknown), (after, _) = translate(translator, case, [source, RELEASE[0]])
    assert after == translate(translator, case, [RELEASE[0]])[0][0]
    assert bool(text.strip()) == bool(source.strip())
    assert text.count("\n") == source.count("\n")
    assert all(0 <= span.start < span.end <= len(text) for span in unknown)


@pytest.mark.parametrize("name", ["unknown-word marks", "stream signs"])
def test_special_signs_are_text_like_any_other(case: Case, translator: Translator, name: str) -> None:
    if not case.learnt:
        pytest.skip("a model with random weights")
    text = translate(translator, case, [ODD[name]])[0][0]
    signs = "*#@~^$[]{}\\/<>"
    assert [sign for sign in text if sign in signs] == [sign for sign in ODD[name] if sign in signs]


def test_tokens_come_back_each_once(case: Case, translator: Translator) -> None:
    if not case.learnt:
        pytest.skip("a model with random weights")
    texts = [text for text in ODD.values() if any(map(is_token, text))]
    for number, line in enumerate(RELEASE):
        words = line.split(" ")
        at = number % len(words)
        words[at] = f"\ue000{words[at]}\ue001"
        texts += [" ".join(words), " ".join([*words[:at], "\ue007", *words[at + 1 :]])]
    wanted = kept = 0
    for source, (text, _) in zip(texts, translate(translator, case, texts), strict=True):
        before, after = Counter(filter(is_token, source)), Counter(filter(is_token, text))
        assert not after - before
        wanted += before.total()
        kept += after.total()
    assert kept >= case.tokens_kept * wanted


def test_sentences_keep_their_final_mark(case: Case, translator: Translator) -> None:
    if not case.learnt:
        pytest.skip("a model with random weights")
    marked = [line for line in RELEASE if line.endswith((".", "!", "?"))]
    for source, (text, _) in zip(marked, translate(translator, case, marked), strict=True):
        assert source[-1] in text[-2:]


def test_what_is_not_supported_is_refused(case: Case, translator: Translator) -> None:
    assert not translator.supports("fr", "tlh")
    with pytest.raises(LanguageError):
        translator.translate(["Bonjour."], "fr", "tlh")
    with pytest.raises(LanguageError):
        translator.signature("fr", "tlh")


def test_signature_is_text_and_ready_before_anything_starts(case: Case, translator: Translator) -> None:
    signature = case.build().signature("fr", case.target_lang)
    assert signature["backend"]
    assert all(isinstance(value, str) for value in signature.values())


def test_closing_twice_is_closing(case: Case) -> None:
    built = case.build()
    built.close()
    built.close()
