"""The filter for scripts: French lines in, as many lines in another language out, in the same order.

A line is a paragraph: it is cut into sentences, which go through protect, translate and restore as a release's do.
Lines pass in batches, so that their number has no limit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.config import Config
from pipeline.errors import ConfigError, LanguageError, TranslatorError
from pipeline.fingerprint import digest
from pipeline.protect import TermMatcher, load_termbase
from pipeline.records import Block, Document, Failure, PreparedDocument, TranslatedDocument
from pipeline.report.publish import target_blocks
from pipeline.segment import segment_document
from pipeline.stages import protect_release, restore_release
from pipeline.translate import build_translator
from pipeline.translate.cache import SegmentCache
from pipeline.translate.engine import Engine


@contextmanager
def open_filter(config: Config, system: str | None) -> Iterator[Callable[[Iterable[str]], Iterator[str]]]:
    """Open one of a configuration's systems for the configuration's first target language.

    Args:
        config: The configuration.
        system: Name of the system; None for the first.

    Raises:
        ConfigError: There is no such system.
        LanguageError: It cannot translate into the language.
    """
    names = [item.name for item in config.systems]
    if system is not None and system not in names:
        raise ConfigError([f"there is no system “{system}”; there are {', '.join(names)}"], "--system")
    chosen = config.systems[names.index(system) if system else 0]
    translator = build_translator(chosen)
    source_lang, target_lang = config.source_lang, config.targets[0]
    if not translator.supports(source_lang, target_lang):
        raise LanguageError(f"no translator {source_lang}→{target_lang}", translator.remedy(source_lang, target_lang))
    terms = load_termbase(config.terms.termbase) if config.terms.termbase else ()
    matcher = TermMatcher(terms, config.terms.do_not_translate, target_lang)
    with TemporaryDirectory() as folder, SegmentCache(Path(folder) / "segments.sqlite") as cache:
        engine = Engine(translator, cache, source_lang, target_lang)
        try:
            yield partial(translate_lines, engine=engine, matcher=matcher, system=chosen.name)
        finally:
            translator.close()


def translate_lines(lines: Iterable[str], engine: Engine, matcher: TermMatcher, system: str) -> Iterator[str]:
    """Translate lines one for one; an empty line stays empty.

    Args:
        lines: Without their line feeds.
        engine: For the pair of languages.
        matcher: The terms, for the target language.
        system: Name of the system.

    Raises:
        TranslatorError: A line cannot be translated; the message quotes it.
    """
    source = iter(lines)
    while batch := list(islice(source, engine.translator.batch_texts)):
        yield from _translate_batch(batch, engine, matcher, system)


def _translate_batch(batch: Sequence[str], engine: Engine, matcher: TermMatcher, system: str) -> Iterator[str]:
    releases = [_as_release(line, engine.source_lang) for line in batch]
    masked = [protect_release(release, matcher, system, engine.translator.draft) for release in releases]
    texts = [mask.text for masks in masked if not isinstance(masks, Failure) for mask in masks]
    translations = engine.translate(texts)
    for line, release, masks in zip(batch, releases, masked, strict=True):
        done = (
            masks
            if isinstance(masks, Failure)
            else restore_release(
                release,
                masks,
                {mask.seg_id: translations[mask.text] for mask in masks},
                engine.target_lang,
                system,
            )
        )
        if isinstance(done, Failure):
            raise TranslatorError(f"“{line[:80]}”: {done.message}", done.remedy)
        yield _as_line(line, release, done)


def _as_release(line: str, lang: str) -> PreparedDocument:
    doc_id = digest(line.encode("utf-8", "surrogatepass"))[:16]
    document = Document(doc_id, "-", lang, "line", (Block("b0", "paragraph", line),))
    return PreparedDocument(document, segment_document(document))


def _as_line(line: str, release: PreparedDocument, translated: TranslatedDocument) -> str:
    block = target_blocks(release, translated).get("b0")
    return block.text if block else line
