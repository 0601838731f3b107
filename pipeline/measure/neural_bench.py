"""How fast neural translation is here: contenders that take turns on the same texts, and the ratios of their speeds.

Each part of the comparison yields lines for people. Medians over the rounds are compared, never times of different
runs: what shares a run shares the machine's load.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.measure.neural_models import make_texts
from pipeline.translate import build_translator
from pipeline.translate.cache import SegmentCache
from pipeline.translate.engine import Engine
from pipeline.translate.neural import NeuralEngine, NeuralTranslator
from pipeline.translate.token_batches import EXTRA_TOKENS, TokenBatch, length_class

RAW_BATCHES = (512, 1_024, 2_048, 4_096)
"""Tokens a batch with which CTranslate2 alone is tried; the best one counts."""

NAIVE_TEXTS = 24
"""A loop of one text at a time takes long: some are measured, evenly over all lengths, and the rest reckoned."""

CARD_TYPES = ("bfloat16", "float16")
CARD_ROWS = (64, 512)
CARD_BEAMS = (1, 4)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is measured.

    Attributes:
        checkpoint: A model of `build_checkpoint`.
        segments: Texts.
        rounds: Times that each contender runs.
        beam: Beam size.
        device: `cpu` or `cuda`.
        threads: Processor cores.
        clock: Seconds; the processor's own on a machine that others use too.
    """

    checkpoint: Path
    segments: int = 2_000
    rounds: int = 5
    beam: int = 1
    device: str = "cpu"
    threads: int = 1
    clock: Callable[[], float] = time.perf_counter

    def build(self, backend: str, compute_type: str = "auto", **more: Any) -> NeuralTranslator:
        """Return a translator whose outputs are about as long as their sources."""
        values = {
            "name": "bench",
            "backend": backend,
            "model": str(self.checkpoint),
            "device": self.device,
            "compute_type": compute_type,
            "threads": self.threads,
            "decoding": DecodingConfig(beam_size=self.beam, max_length_factor=1.0),
            **more,
        }
        return cast(NeuralTranslator, build_translator(SystemConfig.model_validate(values)))


def take_turns(contenders: Mapping[str, Callable[[], object]], settings: Settings) -> dict[str, float]:
    """Return each contender's median seconds; each runs once a round, one after the other."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(settings.rounds):
        for name, run in contenders.items():
            started = settings.clock()
            run()
            times[name].append(settings.clock() - started)
            print(f"round {number + 1}: {name}, {times[name][-1]:.1f} s", file=sys.stderr, flush=True)
    return {name: statistics.median(made) for name, made in times.items()}


def compare_engines(settings: Settings, *, with_torch: bool) -> Iterator[str]:
    """Compare our translators with CTranslate2 alone and, if asked for, with a naive loop in full precision."""
    ours = settings.build("ctranslate2")
    family = ours._family
    texts = make_texts(settings.segments, lambda text: len(family.encode([text], "fr", "en")[0]))
    sequences = family.encode(texts, "fr", "en")
    tokens = sum(map(len, sequences))
    ours.translate(texts[:1], "fr", "en")
    yield (
        f"{settings.device}, {settings.threads} threads, beam {settings.beam}, {len(texts)} segments, "
        f"mean {tokens / len(texts):.1f} tokens, {settings.rounds} rounds"
    )
    runs: dict[str, Callable[[], object]] = {"pipeline": lambda: through_engine(ours, texts)}
    for budget in RAW_BATCHES:
        runs[f"raw ctranslate2, {budget} tokens"] = partial(raw, ours, sequences, settings.beam, budget)
    runs["tokenize, detokenize"] = lambda: family.decode(family.encode(texts, "fr", "en"))
    shares: dict[str, float] = {}
    padding = {"ctranslate2": ours}
    if with_torch:
        loops = {f"seq2seq, {name}": settings.build("seq2seq", name) for name in ("float32", "bfloat16")}
        sample = sorted(sequences, key=len)[:: max(1, len(sequences) // NAIVE_TEXTS)]
        shares["naive loop"] = sum(map(len, sample)) / tokens
        for name, translator in loops.items():
            translator.translate(texts[:1], "fr", "en")
            runs[name] = partial(translator.translate, texts, "fr", "en")
        padding["seq2seq"] = loops["seq2seq, float32"]
        runs["naive loop"] = lambda: naive(loops["seq2seq, float32"], sample, settings.beam)
    seconds = {name: made / shares.get(name, 1) for name, made in take_turns(runs, settings).items()}
    for name, made in seconds.items():
        yield f"  {name:36} {len(texts) / made:10.1f} segments/s"
    ours_took = seconds["pipeline"]
    best_raw = min(made for name, made in seconds.items() if name.startswith("raw"))
    yield f"pipeline ÷ raw ctranslate2               {best_raw / ours_took:8.2f}   (bar: at least 0.90)"
    if with_torch:
        best_loop = min(made for name, made in seconds.items() if name.startswith("seq2seq"))
        yield f"ctranslate2 ÷ naive loop                 {seconds['naive loop'] / ours_took:8.1f}   (at least 10)"
        yield f"seq2seq, best type ÷ naive loop          {seconds['naive loop'] / best_loop:8.1f}   (at least 4)"
    for name, translator in padding.items():
        efficiency = translator.counts().padding_efficiency
        yield f"padding efficiency, {name:20} {efficiency:8.3f}   (at least 0.80)"
    share = seconds["tokenize, detokenize"] / ours_took
    yield f"tokenize + detokenize ÷ translate        {share:8.4f}   (at most 0.03)"


def compare_duplicates(settings: Settings) -> Iterator[str]:
    """Measure what doing each distinct text once saves where half are repetitions, and costs where none is."""
    ours = settings.build("ctranslate2")
    texts = make_texts(settings.segments, lambda text: len(ours._family.encode([text], "fr", "en")[0]))
    ours.translate(texts[:1], "fr", "en")
    half = texts[::2]
    runs: dict[str, Callable[[], object]] = {
        "translator alone": lambda: ours.translate(texts, "fr", "en"),
        "engine, all different": lambda: through_engine(ours, texts),
        "translator alone, half of them twice": lambda: ours.translate([*half, *half], "fr", "en"),
        "engine, half of them twice": lambda: through_engine(ours, [*half, *half]),
    }
    seconds = take_turns(runs, settings)
    saved = seconds["translator alone, half of them twice"] / seconds["engine, half of them twice"]
    cost = seconds["engine, all different"] / seconds["translator alone"] - 1
    yield f"each distinct text once, 50 % duplicates {saved:8.2f}   (at least 1.9)"
    yield f"each distinct text once, no duplicates   {100 * cost:+8.1f} % (at most 2 %)"


def compare_card(settings: Settings) -> Iterator[str]:
    """Measure both engines on a graphics card: number types, rows in a batch, beams."""
    import torch

    family = settings.build("seq2seq")._family
    texts = make_texts(settings.segments, lambda text: len(family.encode([text], "fr", "en")[0]))
    sequences, prefix = family.encode(texts, "fr", "en"), family.decoder_prefix("en")
    yield f"{torch.cuda.get_device_name()}, {settings.segments} segments, {settings.rounds} rounds"
    yield f"{'engine':12} {'type':9} {'batch':>5} {'beam':>5} {'segments/s':>11}"
    for backend in ("ctranslate2", "seq2seq"):
        for number_type in CARD_TYPES:
            engine = settings.build(backend, number_type)._engine
            runs: dict[str, Callable[[], object]] = {}
            for rows, beam in product(CARD_ROWS, CARD_BEAMS):
                batches = cut_batches(sequences, rows)
                decoding = DecodingConfig(beam_size=beam, max_length_factor=1.0)
                run = partial(_compute, engine, batches, prefix, decoding)
                runs[f"{backend:12} {number_type:9} {rows:5} {beam:5}"] = run
            _compute(engine, cut_batches(sequences[:64], 64), prefix, DecodingConfig(max_length_factor=1.0))
            for name, seconds in take_turns(runs, settings).items():
                yield f"{name} {settings.segments / seconds:11.0f}"
            engine.close()


def cut_batches(sequences: Sequence[Sequence[int]], rows: int) -> list[TokenBatch]:
    """Put sequences into batches of so many rows each, longest first."""
    order = sorted(range(len(sequences)), key=lambda row: -len(sequences[row]))
    batches = []
    for start in range(0, len(order), rows):
        part = order[start : start + rows]
        members = tuple(tuple(sequences[row]) for row in part)
        batches.append(TokenBatch(tuple(part), members, length_class(len(members[0]))))
    return batches


def _compute(
    engine: NeuralEngine, batches: Sequence[TokenBatch], prefix: Sequence[int], decoding: DecodingConfig
) -> object:
    return list(engine.run(batches, prefix, decoding))


def through_engine(translator: NeuralTranslator, texts: Sequence[str]) -> object:
    """Translate as a run does: each distinct text once, results into a cache that is empty at first."""
    with TemporaryDirectory() as folder, SegmentCache(Path(folder) / "segments.sqlite") as cache:
        return Engine(translator, cache, "fr", "en").translate(texts)


def raw(ours: NeuralTranslator, sequences: Sequence[Sequence[int]], beam: int, budget: int) -> object:
    """Have CTranslate2 alone translate tokens that are already made, into as many tokens as ours.

    Lengths are limited for a whole call, so that each length class is a call; all are under way at once.
    """
    translator, names = cast(Any, ours._engine)._translator, cast(Any, ours._engine)._tokens
    classes: dict[int, list[list[str]]] = {}
    for ids in sorted(sequences, key=len, reverse=True):
        classes.setdefault(length_class(len(ids)), []).append([names[token] for token in ids])
    pending = [
        translator.translate_batch(
            members,
            asynchronous=True,
            max_batch_size=budget,
            batch_type="tokens",
            beam_size=beam,
            max_decoding_length=size + EXTRA_TOKENS,
            max_input_length=0,
            return_scores=True,
        )
        for size, members in classes.items()
    ]
    return [result.result() for result in chain.from_iterable(pending)]


def naive(translator: NeuralTranslator, sequences: Sequence[Sequence[int]], beam: int) -> object:
    """Do what a first script would do: one text at a time, in full precision."""
    import torch

    model = cast(Any, translator._engine)._model
    with torch.inference_mode():
        return [
            model.generate(
                input_ids=torch.tensor([ids], device=model.device),
                num_beams=beam,
                max_new_tokens=length_class(len(ids)) + EXTRA_TOKENS,
                decoder_start_token_id=model.config.decoder_start_token_id,
                pad_token_id=model.config.pad_token_id,
                eos_token_id=model.config.eos_token_id,
            )
            for ids in sequences
        ]
