"""The Markdown parser: markdown-it-py, with notes of where in the text it found things.

It decides what is emphasis, a link, a table …, and does not say where it found it. Its rules are therefore wrapped:
each inline token carries in `meta` the `start` and `end` of the content it was made from, and the environment has in
`rows`, for each line of a table, its length from the first cell to the end.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt, rules_block, rules_inline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MAX_NESTING = 50
"""Lists, quotations and brackets inside one another."""

Environment = dict[str, Any]
"""What a document's contents share: the targets of its reference links, the lengths of its tables' rows."""

_Rule = Callable[[StateInline, bool], bool]

_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,64}\]")
_START_MARK = re.compile(r"\[\^[^\s\[\]]{1,64}\]:[ \t]*|\[[ xX]\][ \t]+")
"""What may stand in front of a footnote's text or of a task in a list."""


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and strikethrough; its `parse` finds blocks alone."""
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    markdown.core.ruler.disable(["inline", "text_join"])
    markdown.inline.ruler2.disable("fragments_join")
    rules: dict[str, _Rule] = {
        "newline": rules_inline.newline,
        "escape": rules_inline.escape,
        "backticks": rules_inline.backtick,
        "strikethrough": rules_inline.strikethrough.tokenize,
        "emphasis": rules_inline.emphasis.tokenize,
        "link": rules_inline.link,
        "image": rules_inline.image,
        "autolink": rules_inline.autolink,
        "html_inline": rules_inline.html_inline,
        "entity": rules_inline.entity,
    }
    markdown.block.ruler.at("table", _noting_rows, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.at("reference", _reference)
    for name, rule in rules.items():
        markdown.inline.ruler.at(name, _noting(rule))
    markdown.inline.ruler.before("link", "footnote", _noting(_footnote))
    return markdown


def _footnote(state: StateInline, silent: bool) -> bool:
    match = _START_MARK.match(state.src) if state.pos == 0 else None
    match = match or _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote", "", 0)
    state.pos = match.end()
    return True


def _noting_rows(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    found = rules_block.table(state, start_line, end_line, silent)
    if found and not silent:
        for line in range(start_line, state.line):
            state.env["rows"][line] = state.eMarks[line] - state.bMarks[line] - state.tShift[line]
    return found


def _reference(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read `[label]: address`, but not `[^1]: text`: that is a footnote."""
    if state.src.startswith("[^", state.bMarks[start_line] + state.tShift[start_line]):
        return False
    return rules_block.reference(state, start_line, end_line, silent)


def _noting(rule: _Rule) -> _Rule:
    """Wrap a rule so that the tokens it makes say where in the content they stand."""

    def run(state: StateInline, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > first:
            _note(state, start, state.tokens[first:])
        return True

    return run


def _note(state: StateInline, start: int, tokens: Sequence[Token]) -> None:
    end, last = state.pos, tokens[-1]
    if last.type == "link_close":
        opening = next(token for token in tokens if token.type == "link_open")
        if opening.markup == "autolink":
            opening.meta = {"start": start, "end": end}
        else:
            label_end = state.md.helpers.parseLinkLabel(state, start, True)
            opening.meta = {"start": start, "end": start + 1}
            last.meta = {"start": label_end, "end": end}
    elif last.type == "text":
        for token in reversed(tokens):
            if end > start:
                token.meta = {"start": end - len(token.content), "end": end}
                end -= len(token.content)
    else:
        last.meta = {"start": start, "end": end}
