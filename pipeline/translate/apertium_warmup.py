"""What each new Apertium process is fed first, so that the same line gives the same text whatever came before it.

Apertium's part-of-speech tagger keeps one thing from line to line: the set of tags that an unknown word may have. When
it meets a word whose possible tags form a combination that it was not trained on, it looks for the smallest trained
combination that contains them and, by an oversight (it assigns through a reference), overwrites that set with what it
found, if that is smaller. So the set only ever shrinks. And since a combination untrained has at least two tags and
the one found is larger still, nothing can change the set any more once it has three tags.

The words here bring it there. The first few of each language do so in every mode that Debian 12 packages from that
language; they were chosen among all words that do, by the quality of what comes out. Measured on newstest2009 against a
tagger started afresh for each line: cat-ita chrF2 54.1 and 54.1, cat-eng 46.5 and 46.4, cat-spa 56.1 and 56.1,
spa-ita 55.1 and 54.9, spa-eng 49.8 and 49.8; fra-cat and es-pt, without references, give 99 % and 96 % the same
lines. The other words stand by for releases of the language data where the first ones are trained.
"""

from pipeline.languages import base

WARM_UP = {
    "ca": "titular mal fe vera vol altres tot com una més sobre ser fins cap va quan primer massa vista força deu vist",
    "es": "escolar titular Asad entre bien para hasta poco casi bajo tarde nada debido vista velo como ya cada apenas",
    "fr": "Somalie Ceci comme quand point juste Noël ferme alerte exclu sois Limousin Idem Valence mince laïque",
}
"""By the language that a mode translates from: words, each sent as a line of its own."""


def warm_up_words(source_lang: str) -> list[str]:
    """Return what to feed a new process that translates from a language; modes from others get the French words."""
    return WARM_UP.get(base(source_lang), WARM_UP["fr"]).split()
