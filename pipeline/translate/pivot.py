"""Two translators composed: the first one's output is the second one's input.

Takes any two translators and the language between them, and is itself a translator. Words that the first did not know
reach the second as they are; they stay reported as unknown where they still stand in the final text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.records import Span
from pipeline.translate.base import Candidate, Candidates, Route, Translator, TranslatorCounts


class PivotTranslator:
    """Translates through a language in between.

    Args:
        first: From the source language to the one in between.
        second: From there to the target language.
        via: BCP-47 tag of the language in between.
    """

    def __init__(self, first: Translator, second: Translator, via: str) -> None:
        self.first = first
        self.second = second
        self.via = via
        self.draft = first.draft or second.draft
        self.batch_texts = max(first.batch_texts, second.batch_texts)

    def signature(self, source_lang: str, target_lang: str) -> dict[str, str]:
        """Say what changes the result: all that does in either translator, and the language between them.

        Raises:
            LanguageError: One half of the way is closed.
        """
        first, second = self.first.signature(source_lang, self.via), self.second.signature(self.via, target_lang)
        return {
            "backend": "pivot",
            "via": self.via,
            **{f"first.{key}": value for key, value in first.items()},
            **{f"second.{key}": value for key, value in second.items()},
        }

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Tell whether both halves of the way are open."""
        return self.first.supports(source_lang, self.via) and self.second.supports(self.via, target_lang)

    def remedy(self, source_lang: str, target_lang: str) -> str:
        """Say what to do for each half that is closed; empty when one of them cannot be opened."""
        halves = ((self.first, source_lang, self.via), (self.second, self.via, target_lang))
        remedies = [half.remedy(source, target) for half, source, target in halves if not half.supports(source, target)]
        return "; ".join(remedies) if all(remedies) else ""

    def route(self, source_lang: str, target_lang: str, *, installable: bool = False) -> Route:
        """Return the first half's languages, then the second's."""
        first = self.first.route(source_lang, self.via, installable=installable)
        second = self.second.route(self.via, target_lang, installable=installable)
        return (*first, *second[1:]) if first and second else ()

    def translate(self, texts: Sequence[str], source_lang: str, target_lang: str) -> list[Candidates]:
        """Translate the first translator's best candidate of each text with the second."""
        between = self.first.translate(texts, source_lang, self.via)
        final = self.second.translate([candidates[0].text for candidates in between], self.via, target_lang)
        return [
            tuple(keep_unknown(candidates[0], candidate) for candidate in made)
            for candidates, made in zip(between, final, strict=True)
        ]

    def other_decoding(self) -> Translator | None:
        """Search in another way in whichever halves can."""
        first, second = self.first.other_decoding(), self.second.other_decoding()
        return PivotTranslator(first or self.first, second or self.second, self.via) if first or second else None

    def counts(self) -> TranslatorCounts | None:
        """Return what both translators did together."""
        counted = [counts for counts in (self.first.counts(), self.second.counts()) if counts]
        return sum(counted, TranslatorCounts()) if counted else None

    def close(self) -> None:
        """Close both translators."""
        self.first.close()
        self.second.close()


def keep_unknown(between: Candidate, final: Candidate) -> Candidate:
    """Add to a candidate's unknown words those of the text that it was made from, where they still stand in it."""
    words = {between.text[span.start : span.end] for span in between.unknown}
    if not words:
        return final
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    still = (Span(*match.span()) for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", final.text))
    free = [span for span in still if not any(span.start < at.end and at.start < span.end for at in final.unknown)]
    unknown = tuple(sorted((*final.unknown, *free), key=lambda span: span.start))
    return replace(final, unknown=unknown)
