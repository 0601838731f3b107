"""What the text of one block says of its role: predicates over a string, blind to the blocks around it.

They know the set phrases of French press offices: « Pour diffusion immédiate », « À propos de … », « Contact
presse », « Note aux rédacteurs ». A block is only ever called something other than a paragraph on such evidence.
"""

import re

from pipeline.structure.datelines import is_date

TITLE_LIMIT = 250
"""Code points; a longer block is no headline, whatever it ends with."""

HEADING_LIMIT = 90
"""Code points; the same for a heading that no layout marks."""

_LABEL = re.compile(
    r"\W*(?:communiqué(?:\sde\spresse|\sconjoint|\scommun|\sofficiel)?(?:\s(?:n\s?[°º]|no\.?)\s?[\w./-]+)?|"
    r"(?:pour\s)?(?:diffusion|publication)\simmédiate|embargo\slevé|dossier\sde\spresse|information\spresse|info\spresse|fin(?:\sdu\scommuniqué)?)\W*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\W*(?:[àa]\spropos\s(?:de\b|d[’']|du\b|des\b)|[àa]\spropos\W*$|qui\ssommes[\s-]nous\b)", re.IGNORECASE
)
_ABOUT_INLINE = re.compile(r"\W*[àa]\spropos\s(?:de\s|du\s|des\s|d[’'])[^.:!?]{1,100}\s?(?::|\s[–—‒])\s", re.IGNORECASE)
_NOTE = re.compile(
    r"\W*(?:notes?\s(?:aux?|à\sl[’']attention\sdes?|à\sl[’']intention\sdes?|pour\sles?|à)\s"
    r"(?:rédact\w+|l[’']éditeur|éditeurs?|journalistes?|médias|la\spresse)|notes?(?:\sde\sbas\sde\spage)?\W*$|"
    r"nota\sbene\b|n\.?\s?b\.?\s?:|ndlr\b)",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"(?:[¹²³⁰⁴-⁹]|\*{1,3}\s|\[\d{1,2}\]\s|\(\d{1,2}\)\s)")
_CONTACT = re.compile(
    r"\W*(?:(?:vos\s|nos\s|votre\s)?contacts?\b|(?:service|bureau|relations?|attachée?)\s(?:de\s(?:la\s)?)?"
    r"(?:presse|médias?)\b|relations\s(?:avec\s(?:les\s)?)?(?:presse|médias)\b|pour\stoute?\s(?:demande|information|question|renseignement)|"
    r"(?:tél(?:éphone)?|courriel|mél|e-?mail|fax|télécopie|permanence|standard)\b\.?\s?:)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.,])(?:\+\d{1,3}[\s.]?(?:\(0\)\s?)?\d|0\d)(?:[\s.-]?\d\d){3,5}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CONTACT_WORDS = 12
"""A line with a number or an address and no more words than this is a contact; more make a sentence."""

_OPEN_QUOTES = '«“"'
_FINAL_MARKS = ".:;,"


def is_label(text: str) -> bool:
    """Tell whether a block only says what the paper is: « COMMUNIQUÉ DE PRESSE », « Pour diffusion immédiate »."""
    return len(text) <= TITLE_LIMIT and _LABEL.fullmatch(text) is not None


def opens_boilerplate(text: str) -> bool:
    """Tell whether a block begins the standing text about the sender.

    « À propos de cette affaire, le ministre … » does not: the phrase must stand alone or before a colon or dash.
    """
    if _ABOUT_INLINE.match(text):
        return True
    return looks_like_heading(text) and _ABOUT.match(text) is not None


def opens_notes(text: str) -> bool:
    """Tell whether a block is, or begins, notes to editors."""
    return _NOTE.match(text) is not None


def is_note(text: str) -> bool:
    """Tell whether a block begins with a footnote's mark."""
    return _NOTE_MARK.match(text) is not None


def opens_contacts(text: str) -> bool:
    """Tell whether a block is a title over contact details."""
    return looks_like_heading(text.rstrip(" :\u00a0\u202f")) and _CONTACT.match(text) is not None


def is_contact(text: str) -> bool:
    """Tell whether a block is made of contact details rather than of a sentence that mentions some."""
    head = text[: 4 * TITLE_LIMIT]
    without, details = _EMAIL.subn(" ", head)
    without, numbers = _PHONE.subn(" ", without)
    if not details + numbers:
        return False
    words = len(_WORD.findall(without))
    if _CONTACT.match(text):
        return words <= _CONTACT_WORDS * (details + numbers)
    return words <= _CONTACT_WORDS and not text.endswith(".")


def looks_like_title(text: str) -> bool:
    """Tell whether a block without layout could be the headline: short, capitalised, and not a finished sentence."""
    body = text.rstrip()
    return (
        0 < len(body) <= TITLE_LIMIT
        and body[-1] not in _FINAL_MARKS
        and not is_date(body)
        and _starts_upper(body)
        and any(character.isalpha() for character in body)
    )


def looks_like_heading(text: str) -> bool:
    """Tell whether a block without layout could be a heading between paragraphs."""
    return len(text) <= HEADING_LIMIT and looks_like_title(text)


def is_all_capitals(text: str) -> bool:
    """Tell whether every letter that can be a capital is one."""
    return text.isupper()


def quoted_share(text: str, opened_before: bool = False) -> tuple[float, bool]:
    """Measure how much of a block stands between quotation marks.

    Args:
        text: The block.
        opened_before: Whether a quotation of the paragraph before it goes on here.

    Returns:
        The share of its code points (0–1), and whether a quotation is still open at its end.
    """
    depth = 1 if opened_before else 0
    if opened_before and text.lstrip()[:1] in ("«", "»", "“"):
        text = text.lstrip()[1:]  # a mark at the head of a further paragraph only repeats that the quotation goes on
    quoted = 0
    for character in text:
        if character in "«“":
            depth += 1
        elif character in "»”":
            depth = max(0, depth - 1)
        elif character == '"':
            depth = 0 if depth else 1
        elif depth:
            quoted += 1
    return quoted / max(1, len(text)), depth > 0


def opens_with_quote(text: str) -> bool:
    """Tell whether a block begins with a quotation mark, after a dash at most."""
    return text.lstrip(" –—-\u00a0\u202f")[:1] in tuple(_OPEN_QUOTES)


def introduces_quote(text: str) -> bool:
    """Tell whether a block leads to a quotation with a colon: « Le préfet a déclaré : « … » »."""
    return re.search(r":\s*[«“\"]", text) is not None


def _starts_upper(text: str) -> bool:
    first = next((character for character in text if character.isalnum()), "")
    return first.isdigit() or first.isupper()
