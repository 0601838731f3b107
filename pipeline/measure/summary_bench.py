"""The figures of `scripts/bench_summaries`: OrangeSum's articles in, one row a bar out."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from pipeline.config import DEFAULT_CHANNELS, ChannelConfig
from pipeline.facts import find_value_facts
from pipeline.facts.names import find_names
from pipeline.measure.summary_baselines import BASELINES, take_by_length
from pipeline.measure.summary_seeds import SEEDS, names_of, seed
from pipeline.records import Block, Document, Layout, PreparedDocument, Summary
from pipeline.score.rouge import mean_rouge, rouge_signature
from pipeline.segment import segment_document
from pipeline.structure import structure_document
from pipeline.summarize import rank_segments, summarize_document
from pipeline.summarize.limits import within
from pipeline.summarize.measures import Meter, values_of
from pipeline.summarize.source import Source, source_of
from pipeline.summarize.support import find_unsupported

WORDS = 32
"""Mean length of OrangeSum's own abstracts."""

HEADLINE = ChannelConfig(name="headline", max_chars=90)
SEEDED = ChannelConfig(name="abstract", max_words=60)
WINDOW = 10
"""Sentences of the parallel texts that make a release."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure.

    Attributes:
        what: What was measured.
        value: What came out.
        bar: What is asked for; empty where nothing is.
        met: Whether it is; None where nothing is asked for.
    """

    what: str
    value: str
    bar: str = ""
    met: bool | None = None

    @property
    def line(self) -> str:
        """A row of a Markdown table."""
        verdict = "" if self.met is None else " met" if self.met else " **missed**"
        return f"| {self.what} | {self.value} | {self.bar}{verdict} |"


@dataclass(frozen=True, slots=True)
class Article:
    """An article, ready to be summarized."""

    prepared: PreparedDocument
    ranking: tuple[str, ...]
    reference: str

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return [segment.source for segment in self.prepared.segments]

    @property
    def source(self) -> Source:
        """What its summaries may say."""
        return source_of(self.sentences, "fr")

    def summaries(self, channels: Sequence[ChannelConfig]) -> tuple[Summary, ...]:
        """Summarize it."""
        texts = {segment.seg_id: segment.source for segment in self.prepared.segments}
        return summarize_document(self.prepared, texts, "fr", "", channels, self.ranking)


def measure_all(data: Path, count: int) -> Iterator[Row]:
    """Yield all rows; `data` holds `orangesum`, and `newstest` for the facts across languages."""
    abstracts = read_articles(data / "orangesum" / "abstract.valid.jsonl", count)
    yield Row("ROUGE signature", f"`{rouge_signature('fr')}`")
    yield from measure_abstracts(abstracts)
    yield from measure_titles(read_articles(data / "orangesum" / "title.valid.jsonl", count))
    yield from measure_limits(abstracts)
    yield from measure_seeds(abstracts)
    yield from measure_across_languages(data / "newstest")
    yield from measure_speed(data / "orangesum" / "abstract.valid.jsonl", count)


def read_articles(path: Path, count: int) -> list[Article]:
    """Read the first articles of a file."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [_article(row["id"], "", row["text"], row["summary"]) for row in rows]


def _article(name: str, headline: str, text: str, reference: str) -> Article:
    texts = [*([headline] if headline else []), *filter(str.strip, text.split("\n"))]
    first: Layout = "title" if headline else "paragraph"
    blocks = [
        Block(f"b{number}", "paragraph", part, layout="paragraph" if number else first)
        for number, part in enumerate(texts)
    ]
    document = structure_document(Document(name, name, "fr", "text", tuple(blocks)))
    prepared = PreparedDocument(document, segment_document(document))
    return Article(prepared, rank_segments(prepared), reference)


def measure_abstracts(articles: Sequence[Article]) -> Iterator[Row]:
    """Compare extractive abstracts with LEAD, LexRank and TextRank at equal mean length."""
    references = [article.reference for article in articles]

    def own(words: int) -> list[str]:
        channel = ChannelConfig(name="abstract", max_words=words)
        return [article.summaries((channel,))[0].text for article in articles]

    texts = at_length(own, WORDS)
    values = mean_rouge(texts, references, "fr")
    yield Row("abstract, extractive", _rouge(values, texts))
    for name, order in BASELINES.items():
        orders = [order(article.sentences) for article in articles]

        def baseline(words: int, orders: list[list[int]] = orders, name: str = name) -> list[str]:
            return [
                take_by_length(ranked, article.sentences, words, in_a_row=name == "LEAD")
                for ranked, article in zip(orders, articles, strict=True)
            ]

        others = at_length(baseline, _mean_words(texts))
        other = mean_rouge(others, references, "fr")
        gains = {metric: values[metric] - other[metric] for metric in values}
        met = gains["ROUGE-1"] >= 1.5 and (name != "LEAD" or gains["ROUGE-L"] >= 1.0)
        bar = "≥ 1.5 / 1.0 (ROUGE-1 / L)" if name == "LEAD" else "≥ 1.5 (ROUGE-1)"
        gained = " / ".join(f"{gains[metric]:+.1f}" for metric in ("ROUGE-1", "ROUGE-2", "ROUGE-L"))
        yield Row(f"abstract against {name} ({_rouge(other, others)})", gained, bar, met)
    measures = [
        Meter(article.sentences, "fr", values_of(article.sentences, "fr")).measure(text)
        for text, article in zip(texts, articles, strict=True)
    ]
    for name in ("compression", "novelty", "coverage", "redundancy"):
        yield Row(f"abstract, {name}", f"{fmean(getattr(measure, name) for measure in measures):.3f}")


def at_length(make: Callable[[int], list[str]], words: float) -> list[str]:
    """Return texts whose mean length is nearest to a number of words, by trying limits."""
    tried = {limit: make(limit) for limit in (30, 40, 50)}
    for _ in range(4):
        lengths = {limit: _mean_words(texts) for limit, texts in tried.items()}
        best = min(lengths, key=lambda limit: abs(lengths[limit] - words))
        step = round((words - lengths[best]) * 1.1) or (1 if lengths[best] < words else -1)
        if best + step in tried or best + step < 5:
            break
        tried[best + step] = make(best + step)
    return min(tried.values(), key=lambda texts: abs(_mean_words(texts) - words))


def measure_titles(articles: Sequence[Article]) -> Iterator[Row]:
    """Compare headlines drawn from the text with its first sentence, cut at the limit."""
    references = [article.reference for article in articles]
    texts = [article.summaries((HEADLINE,))[0].text for article in articles]
    firsts = [article.sentences[0][:90] for article in articles]
    values, others = mean_rouge(texts, references, "fr"), mean_rouge(firsts, references, "fr")
    gain = values["ROUGE-1"] - others["ROUGE-1"]
    yield Row("headline, extractive", _rouge(values, texts))
    name = f"headline against the first sentence cut at 90 ({_rouge(others, firsts)})"
    yield Row(name, f"{gain:+.1f}", "≥ 1.0 (ROUGE-1)", gain >= 1.0)


def measure_limits(articles: Sequence[Article]) -> Iterator[Row]:
    """Count texts over their limit, cuts inside a number, date or name, and facts that the article does not hold."""
    found: Counter[str] = Counter()
    texts = 0
    for article in articles:
        source = article.source
        for channel, summary in zip(DEFAULT_CHANNELS, article.summaries(DEFAULT_CHANNELS), strict=True):
            for text in (summary.text, *(choice.text for choice in summary.alternatives)):
                texts += 1
                lines = text.split("\n") if channel.name == "bullets" else [text]
                found["over"] += not all(within(line, channel, "fr") for line in lines) or len(lines) > 3
                found["cuts"] += cuts_inside(text, article.sentences)
                found["unsupported"] += len(find_unsupported(text, "fr", source)) if text else 0
            found["alone"] += not summary.alternatives and bool(summary.text)
    yield Row(
        f"channel limits: {texts:,} texts for 4 channels, over the limit", str(found["over"]), "0", not found["over"]
    )
    yield Row("cuts inside a word, number, date or name", str(found["cuts"]), "0", not found["cuts"])
    yield Row("unsupported facts in extractive summaries", str(found["unsupported"]), "0", not found["unsupported"])
    yield Row("summaries without another candidate", str(found["alone"]))


def cuts_inside(text: str, sentences: Sequence[str]) -> int:
    """Count the sentences of a summary that break off inside a word, a number, a date or a name of their source."""
    count = 0
    for line in text.split("\n"):
        kept = line.rstrip("….")
        source = next((sentence for sentence in sentences if kept and sentence.startswith(kept)), None)
        if source is None or len(source.rstrip("….")) <= len(kept):
            continue
        facts = (*find_value_facts(source, "fr"), *find_names(source))
        inside = any(fact.start < len(kept) < fact.end for fact in facts)
        count += inside or (kept[-1].isalnum() and source[len(kept)].isalnum())
    return count


def measure_seeds(articles: Sequence[Article]) -> Iterator[Row]:
    """Put unsupported facts into abstracts and count those that are seen."""
    names = sorted({name for article in articles for name in names_of(" ".join(article.sentences))})
    seeded: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for article in articles:
        text = article.summaries((SEEDED,))[0].text
        source = article.source
        for kind in SEEDS:
            if made := seed(kind, text, " ".join(article.sentences), names):
                seeded[kind] += 1
                caught[kind] += bool(find_unsupported(made.text, "fr", source))
    for kind in SEEDS:
        yield _caught(f"seeded in French: {kind.replace('_', ' ')}", caught[kind], seeded[kind])


def measure_across_languages(folder: Path) -> Iterator[Row]:
    """The same with human translations of French news, compared with the French, with and without the translation."""
    for lang in ("en", "es", "de", "it"):
        name = "newssyscomb2009" if lang == "it" else "newstest2012"
        if (folder / f"{name}.{lang}").is_file():
            french = (folder / f"{name}.fr").read_text(encoding="utf-8").splitlines()
            target = (folder / f"{name}.{lang}").read_text(encoding="utf-8").splitlines()
            yield from _across(french, target, lang)


def _across(french: Sequence[str], target: Sequence[str], lang: str) -> Iterator[Row]:
    names = sorted({found for line in target for found in names_of(line)})
    for how in ("", ", translation at hand"):
        seeded: Counter[str] = Counter()
        caught: Counter[str] = Counter()
        alarms: Counter[str] = Counter()
        windows = range(0, len(french) - WINDOW, WINDOW)
        for start in windows:
            sentences = target[start : start + WINDOW]
            source = source_of(french[start : start + WINDOW], "fr", sentences if how else (), lang)
            text = " ".join(sentences[:2])
            found = {fact.kind for fact in find_unsupported(text, lang, source)}
            alarms.update(found)
            for kind, seen_as in (("number", {"number", "date"}), ("name", {"name"})):
                if found & seen_as:
                    continue
                if made := seed(kind, text, " ".join((*sentences, *source.sentences)), names):
                    seeded[kind] += 1
                    caught[kind] += not seen_as.isdisjoint(f.kind for f in find_unsupported(made.text, lang, source))
        total = len(windows)
        told = ", ".join(f"{kind} {100 * number / total:.1f} %" for kind, number in alarms.most_common())
        yield Row(f"false alarms in {total} human translations, fr→{lang}{how}", told or "none")
        for kind in ("number", "name") if lang != "de" else ("number",):
            yield _caught(f"seeded, fr→{lang}{how}: {kind}", caught[kind], seeded[kind], across=True)


def measure_speed(path: Path, count: int) -> Iterator[Row]:
    """Measure ranking and composing all channels of releases that have their headline, on one core."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    releases = [_article(row["id"], row["title"], row["text"], "") for row in rows]
    _forget()
    start = time.process_time()
    for release in releases:
        Article(release.prepared, rank_segments(release.prepared), "").summaries(DEFAULT_CHANNELS)
    speed = len(releases) / (time.process_time() - start)
    yield Row("releases a second on one core, four channels with alternatives", f"{speed:.0f}", "≥ 200", speed >= 200)


def _forget() -> None:
    """Empty the memories of the summarizer, so that its speed is that of a first run."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pipeline.summarize"):
            for item in vars(module).values():
                if clear := getattr(item, "cache_clear", None):
                    clear()


def _caught(what: str, caught: int, seeded: int, across: bool = False) -> Row:
    share = 100 * caught / max(seeded, 1)
    value = f"{share:.1f} % of {seeded:,}"
    return Row(what, value) if across else Row(what, value, "≥ 98 %", share >= 98)


def _rouge(values: dict[str, float], texts: Sequence[str]) -> str:
    return " / ".join(f"{value:.1f}" for value in values.values()) + f", {_mean_words(texts):.1f} words"


def _mean_words(texts: Sequence[str]) -> float:
    return fmean(len(text.split()) for text in texts)
