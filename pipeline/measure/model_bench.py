"""What a translation model is worth, against bars: an exported model and dev texts in, rows of figures out.

Measured are the folders that `pipeline.train.export` writes, through the project's own backends, with Apertium on the
same sentences beside them. Masks are those that `protect` makes; required terms are words of the reference, aligned by
the lexicon.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from pipeline.config import SystemConfig
from pipeline.protect import TermMatcher, protect_segment
from pipeline.records import Segment
from pipeline.summarize.stems import all_stems
from pipeline.train.alignment import align_terms
from pipeline.train.evaluate import score, spread
from pipeline.train.export import FULL, INT8
from pipeline.train.pairs import Pair, read_lines
from pipeline.translate import build_translator
from pipeline.translate.base import Translator, is_token
from pipeline.translate.declaration import declared_terms

TEST = "newstest2012"
OTHERS = ("news-test2008", "newstest2009", "newstest2010", "newstest2011")
SOURCE, TARGET = "fr", "en"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        name: What was measured.
        value: What came out.
        bar: What was wanted.
        met: Whether it is reached; None where there is no bar, or nothing could be measured.
    """

    name: str
    value: str
    bar: str = ""
    met: bool | None = None

    @property
    def line(self) -> str:
        """The row for a Markdown table."""
        verdict = {True: " met", False: " **missed**", None: ""}[self.met]
        return f"| {self.name} | {self.value} | {self.bar}{verdict} |"


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured.

    Attributes:
        sentences: Of newstest2012.
        full_sentences: Of those, how many the 32-bit model translates too.
        masked: Sentences with masks.
        constraints: Required terms.
        timed: Sentences for the throughput.
    """

    sentences: int = 3_003
    full_sentences: int = 1_000
    masked: int = 1_000
    constraints: int = 500
    timed: int = 500


def measure_model(folder: Path, data: Path, amounts: Amounts, against: Path | None = None) -> Iterator[Row]:
    """Yield every figure.

    Args:
        folder: With the subfolders `transformers` and `int8`.
        data: The folder of newstest texts.
        amounts: How much is measured.
        against: Another model's folder, trained without constraints, to compare with.
    """
    pairs = read_texts(data, TEST)
    pairs = [pairs[i] for i in spread(len(pairs), amounts.sentences)]
    others = [pair for name in OTHERS for pair in read_texts(data, name)]
    model = open_model(folder / INT8)
    try:
        hypotheses = translate(model, [pair.source for pair in pairs])
        yield from measure_quality(hypotheses, pairs)
        yield measure_full(folder / FULL, hypotheses, pairs, amounts.full_sentences)
        yield measure_masks(model, others, amounts.masked)
        yield from measure_constraints(model, folder / INT8, others, amounts.constraints)
        yield measure_against(against, hypotheses, pairs)
        yield measure_capitals(model, hypotheses, pairs)
        yield measure_throughput(model, pairs[: amounts.timed])
    finally:
        model.close()


def read_texts(data: Path, name: str) -> list[Pair]:
    """Read one line-aligned set."""
    sides = (read_lines(data / f"{name}.{lang}") for lang in (SOURCE, TARGET))
    return [Pair(*lines) for lines in zip(*sides, strict=True)]


def open_model(folder: Path) -> Translator:
    """Open an 8-bit model on two processor cores."""
    return build_translator(
        SystemConfig(name="model", backend="ctranslate2", model=str(folder), device="cpu", threads=2)
    )


def translate(translator: Translator, texts: Sequence[str]) -> list[str]:
    """Return each text's best translation."""
    return [candidates[0].text for candidates in translator.translate(texts, SOURCE, TARGET)]


def measure_quality(hypotheses: Sequence[str], pairs: Sequence[Pair]) -> Iterator[Row]:
    """BLEU and chrF, and Apertium's on the same sentences."""
    references = [pair.target for pair in pairs]
    scores = score(hypotheses, references)
    named = f"{TEST}, {len(pairs):,} sentences"
    yield Row(f"{named}: BLEU `{scores.signatures[0]}`", f"{scores.bleu:.1f}", "≥ 25", scores.bleu >= 25)
    yield Row(f"{named}: chrF `{scores.signatures[1]}`", f"{scores.chrf:.1f}", "≥ 53", scores.chrf >= 53)
    apertium = build_translator(SystemConfig(name="apertium", backend="apertium"))
    if not apertium.supports(SOURCE, TARGET):
        yield Row("the same, Apertium", f"not measured: {apertium.remedy(SOURCE, TARGET)}")
        return
    theirs = score(translate(apertium, [pair.source for pair in pairs]), references)
    apertium.close()
    yield Row("the same, Apertium", f"BLEU {theirs.bleu:.1f}, chrF {theirs.chrf:.1f}")


def measure_full(folder: Path, hypotheses: Sequence[str], pairs: Sequence[Pair], most: int) -> Row:
    """What the 8-bit numbers cost, in BLEU."""
    chosen = spread(len(pairs), most)
    references = [pairs[i].target for i in chosen]
    full = build_translator(
        SystemConfig(name="full", backend="seq2seq", model=str(folder), device="cpu", compute_type="float32")
    )
    exact = score(translate(full, [pairs[i].source for i in chosen]), references).bleu
    full.close()
    small = score([hypotheses[i] for i in chosen], references).bleu
    return Row(
        f"int8 against float32, BLEU on {len(chosen):,} sentences",
        f"{small:.2f} against {exact:.2f}",
        "within 0.3",
        abs(small - exact) <= 0.3,
    )


def mask_sentences(pairs: Sequence[Pair], most: int) -> list[str]:
    """Return sentences with addresses, names and acronyms masked as a run does, as far as there are any."""
    matcher = TermMatcher((), (), TARGET)
    masked: list[str] = []
    for number, pair in enumerate(pairs):
        segment = Segment(f"s{number}", "d", "b", number, 0, len(pair.source), pair.source)
        text = protect_segment(segment, (), matcher, names=True).text
        if any(map(is_token, text)):
            masked.append(text)
    return [masked[i] for i in spread(len(masked), most)]


def measure_masks(model: Translator, pairs: Sequence[Pair], most: int) -> Row:
    """How many masks come back, each once."""
    texts = mask_sentences(pairs, most)
    made = translate(model, texts)
    tokens = [
        (token, hypothesis)
        for text, hypothesis in zip(texts, made, strict=True)
        for token in set(filter(is_token, text))
    ]
    copied = sum(hypothesis.count(token) == 1 for token, hypothesis in tokens)
    share = copied / max(1, len(tokens))
    return Row(
        f"masks that come back once, {len(tokens):,} in {len(texts):,} sentences",
        f"{share:.1%}",
        "≥ 99.5 %",
        share >= 0.995,
    )


def measure_constraints(model: Translator, folder: Path, pairs: Sequence[Pair], most: int) -> Iterator[Row]:
    """How many required terms are obeyed, in any inflection; apart, those that the model would not have said itself."""
    marks = declared_terms(folder)
    if marks is None:
        yield Row("required terms obeyed", "not measured: the model's folder declares none")
        return
    chance = Random(1)  # noqa: S311 - no secrets here
    chosen: list[tuple[str, str, str]] = []
    for pair in chance.sample(list(pairs), len(pairs)):
        if len(chosen) == most:
            break
        if terms := align_terms(pair, TARGET):
            term = chance.choice(terms)
            french, wanted = term.texts(pair)
            written = pair.source[: term.source_start] + marks.write(french, wanted) + pair.source[term.source_end :]
            chosen.append((pair.source, written, wanted))
    free = translate(model, [source for source, _, _ in chosen])
    bound = translate(model, [written for _, written, _ in chosen])
    said = [stands_in(wanted, text) for (_, _, wanted), text in zip(chosen, free, strict=True)]
    obeyed = [stands_in(wanted, text) for (_, _, wanted), text in zip(chosen, bound, strict=True)]
    share = sum(obeyed) / max(1, len(obeyed))
    new = [kept for kept, before in zip(obeyed, said, strict=True) if not before]
    yield Row(f"required terms obeyed, {len(chosen):,}", f"{share:.1%}", "≥ 95 %", share >= 0.95)
    yield Row(
        f"of those, the {len(new):,} that it does not say by itself", f"{sum(new) / len(new):.1%}" if new else "none"
    )


def stands_in(term: str, text: str) -> bool:
    """Tell whether a term's words follow one another in a text, in any inflection."""
    wanted, words = all_stems(term, TARGET), all_stems(text, TARGET)
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))


def measure_against(against: Path | None, hypotheses: Sequence[str], pairs: Sequence[Pair]) -> Row:
    """What learning to obey costs where nothing is required, against a model that did not learn it."""
    name = "BLEU without required terms, against a model that was not trained for them"
    if against is None:
        return Row(name, "not measured: no other model was given", "within 0.2")
    references = [pair.target for pair in pairs]
    other = open_model(against / INT8)
    theirs = score(translate(other, [pair.source for pair in pairs]), references).bleu
    other.close()
    ours = score(hypotheses, references).bleu
    return Row(name, f"{ours:.2f} against {theirs:.2f}", "within 0.2", abs(ours - theirs) <= 0.2)


def measure_capitals(model: Translator, hypotheses: Sequence[str], pairs: Sequence[Pair]) -> Row:
    """What is left of the BLEU, compared without case, when all of the French is in capitals."""
    from sacrebleu.metrics.bleu import BLEU

    bleu = BLEU(lowercase=True)
    references = [[pair.target for pair in pairs]]
    usual = bleu.corpus_score(list(hypotheses), references).score
    capitals = bleu.corpus_score(translate(model, [pair.source.upper() for pair in pairs]), references).score
    return Row(
        f"all capitals, BLEU `{bleu.get_signature()}`",
        f"{capitals:.1f} against {usual:.1f}",
        "≥ 0.85 ×",
        capitals >= 0.85 * usual,
    )


def measure_throughput(model: Translator, pairs: Sequence[Pair]) -> Row:
    """The model's speed on two cores against Apertium's through Spanish, one after the other in the same run."""
    texts = [pair.source for pair in pairs]
    apertium = build_translator(SystemConfig(name="apertium", backend="apertium", via=("es",)))
    name = f"sentences per second, {len(texts):,}, int8 on two cores"
    speed = _speed(model, texts)
    if not apertium.supports(SOURCE, TARGET):
        return Row(name, f"{speed:.0f}; Apertium not measured: {apertium.remedy(SOURCE, TARGET)}", "report the ratio")
    theirs = _speed(apertium, texts)
    apertium.close()
    return Row(name, f"{speed:.0f}, Apertium {theirs:.0f}: ratio {speed / theirs:.2f}", "report the ratio")


def _speed(translator: Translator, texts: Sequence[str]) -> float:
    translator.translate(texts[:2], SOURCE, TARGET)  # loads
    began = time.perf_counter()
    translator.translate(texts, SOURCE, TARGET)
    return len(texts) / (time.perf_counter() - began)
