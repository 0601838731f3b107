"""Putting another text in a summary's place: a run's folder and a choice in, a line in the file of edits out.

Which file that is the run's configuration says; the next run with it reads the line, and checks what it says.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import ChannelConfig
from pipeline.errors import InputError
from pipeline.finished_run import configured_file, read_lines, run_config
from pipeline.summarize.edits import Edit, add_edit, whole
from pipeline.summarize.limits import describe_length, keeps_limits, without_reserve
from pipeline.summarize.written import cut_written, fit, join

LEAST_CHARS = 20
"""A shorter text says nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A summary of a run, and what may be picked in its place.

    Attributes:
        path: The release's path.
        doc_id: The release.
        lang: BCP-47 tag.
        system: The system whose translation it is of; empty for the French.
        channel: The limits of its channel.
        order: As in `Summary`.
        texts: The texts to pick from, the present one first.
    """

    path: str
    doc_id: str
    lang: str
    system: str
    channel: ChannelConfig
    order: str
    texts: tuple[str, ...]

    @property
    def rows(self) -> list[list[str]]:
        """The texts as a table: number, length, text."""
        return [
            [str(number), describe_length(text, self.channel.name, self.lang), text]
            for number, text in enumerate(self.texts, start=1)
        ]


def find_choice(output: Path, wanted: dict[str, str | None]) -> Choice:
    """Find a summary of a run.

    Args:
        output: The run's output folder.
        wanted: What its line in `summaries.jsonl` must say, by field; None where it may say anything.

    Raises:
        InputError: There is no such summary, or there are several.
    """
    asked = {name: value for name, value in wanted.items() if value is not None}
    found = [line for line in read_lines(output / "summaries.jsonl") if _is_wanted(line, asked)]
    if len(found) != 1:
        said = ", ".join(f"{name} “{value}”" for name, value in asked.items())
        if not found:
            raise InputError(f"there is no summary with {said}", "take its fields from summaries.jsonl")
        apart = [name for name in ("path", "system", "order") if len({line[name] for line in found}) > 1]
        options = " or ".join(f"--{'release' if name == 'path' else name}" for name in apart)
        raise InputError(f"there are {len(found)} summaries with {said}", f"say which with {options or '--release'}")
    (line,) = found
    channels = [ChannelConfig.model_validate(one) for one in run_config(output)["summarize"]["channels"]]
    return Choice(
        line["path"],
        line["doc_id"],
        line["lang"],
        line["system"],
        next(channel for channel in channels if channel.name == line["channel"]),
        line["order"],
        (line["text"], *(choice["text"] for choice in line["alternatives"])),
    )


def pick(choice: Choice, number: int) -> str:
    """Return one of the texts that a summary may have, by its number from 1.

    Raises:
        InputError: There are not so many.
    """
    if not 1 <= number <= len(choice.texts):
        raise InputError(f"there is no candidate {number}", f"pick one of 1 to {len(choice.texts)}")
    return choice.texts[number - 1]


def shorten_to(choice: Choice, most: int) -> str:
    """Make a summary shorter by rule: its last sentences go, then what a sentence can do without.

    The limit is for each bullet where there are several.

    Raises:
        InputError: No clean cut makes it so short.
    """
    bare = without_reserve(choice.texts[0], choice.channel)
    room = most - (len(choice.texts[0]) - len(bare))
    text = ""
    if room >= LEAST_CHARS:
        channel = ChannelConfig(name=choice.channel.name, max_chars=room, items=choice.channel.items)
        fitted = fit(cut_written(bare, channel, choice.lang), channel, choice.lang)
        text = join([sentence for _, sentence in fitted], channel, choice.lang)
    if not text:
        raise InputError(f"nothing can be cut to {most} characters without harm", "give a text of your own with --text")
    return text


def edit(output: Path, choice: Choice, text: str) -> Path:
    """Put a text in a summary's place, from the next run on; an empty one takes an earlier edit back.

    Returns:
        The file that was added to.

    Raises:
        InputError: The text is beyond the limit of its channel, or the run's configuration names no file of edits.
    """
    channel, lang = choice.channel, choice.lang
    written = whole(text, channel)
    if text and not keeps_limits(without_reserve(written, channel), channel, lang):
        length = describe_length(written, channel.name, lang)
        raise InputError(f"the text is beyond the limit of its channel: {length}", "shorten it")
    path = configured_file(output, "edits", "edits.jsonl")
    place = (choice.doc_id, choice.lang, choice.channel.name)
    add_edit(path, Edit(*place, text, choice.system, choice.order, choice.path, choice.texts[0]))
    return path


def _is_wanted(line: dict[str, Any], asked: dict[str, str]) -> bool:
    return all(line[name] == value for name, value in asked.items())
