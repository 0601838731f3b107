"""Whole runs with summaries: written by a model, in both orders, edited by a reviewer, and what is made again."""

import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from whole_runs import FAKE, Ended, communique, jsonl, published_cells, snapshot, write_files

from pipeline.summarize.limits import count_words
from pipeline.summarize.weighted import weighted_length
from pipeline.translate.apertium import ApertiumTranslator

_spec = importlib.util.spec_from_file_location("chat_server", Path(__file__).parent / "translate" / "chat_server.py")
assert _spec and _spec.loader
chat_server = sys.modules.get("chat_server") or importlib.util.module_from_spec(_spec)
if "chat_server" not in sys.modules:
    sys.modules["chat_server"] = chat_server
    _spec.loader.exec_module(chat_server)

TITLE = "Une opération de police contre le trafic d’armes"
LEAD = "La police de Lyon a arrêté 12 personnes mardi 4 mars 2025."
SEIZED = "Les enquêteurs ont saisi 250 armes (et des véhicules volés) dans la région."
SAID = "« Le réseau est démantelé », a déclaré Mme Martin."
RELEASE = f"{TITLE}\n\n{LEAD} {SEIZED}\n\n{SAID}\n"
ENGLISH = {
    TITLE: "A police operation against arms trafficking",
    LEAD: "Police in Lyon arrested 12 people on Tuesday 4 March 2025.",
    SEIZED: "Investigators seized 250 weapons (and stolen vehicles) in the region.",
    SAID: "“The network has been dismantled,” Ms Martin said.",
}
CHANNELS = """
[[summarize.channels]]
name = "post"
max_weighted = 280
[[summarize.channels]]
name = "abstract"
max_words = 40
"""
WRITTEN = {
    "French": ["À Lyon, la police a arrêté 12 personnes."],
    "English": ["In Lyon, police arrested 12 people."],
}
INVENTED = {
    "French": ["À Lyon, la police a arrêté 59 personnes."],
    "English": ["In Lyon, police arrested 59 people."],
}


def memory_config(*more: str) -> str:
    """A configuration whose translator knows the release's own sentences and no other."""
    return "\n".join(
        [
            'targets = ["en"]\ninputs = ["in"]\noutput = "out"\nedits = "kept/edits.jsonl"',
            'dismissals = "kept/dismissed.jsonl"\n[repair]\nattempts = []',
            '[[systems]]\nname = "memory"\nbackend = "memory"\nmemories = ["memory.jsonl"]\nthen = "apertium"',
            CHANNELS,
            *more,
        ]
    )


def chat_method(url: str) -> str:
    return f'[summarize.method]\nbackend = "chat"\nurl = "{url}"\nmodel = "tiny"\n'


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run of the release with a configuration's further tables."""
    if not ApertiumTranslator().supports("fr", "en"):
        pytest.skip("needs Apertium's pairs")
    pairs = [
        {"source": source, "target": target, "source_lang": "fr", "target_lang": "en"}
        for source, target in ENGLISH.items()
    ]
    lines = "".join(json.dumps(pair) + "\n" for pair in pairs)
    write_files(tmp_path, {"in/a.txt": RELEASE, "memory.jsonl": lines})

    def run(*tables: str, command: str = "run") -> Ended:
        write_files(tmp_path, {"run.toml": memory_config(*tables)})
        return communique(command, tmp_path / "run.toml", "--json")

    return run


@pytest.fixture
def server() -> Iterator[Any]:
    with chat_server.ChatServer() as running:
        running.always = write_well_but_for_posts
        yield running


def write_well_but_for_posts(handler: Any, question: dict[str, Any]) -> None:
    """Write what the release supports, and in posts what it does not."""
    rules = question["messages"][0]["content"]
    channel, lang = re.match(r"You write the (\w+) of a press release in (\w+)", rules).groups()  # type: ignore[union-attr]
    sentences = (INVENTED if channel == "post" else WRITTEN)[lang]
    chat_server.say(json.dumps({"sentences": sentences}, ensure_ascii=False))(handler, question)


def summaries(folder: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return a run's summaries by language, channel and order."""
    found = jsonl(folder / "out" / "summaries.jsonl")
    return {tuple(filter(None, (one["lang"], one["channel"], one["order"]))): one for one in found}


def summary_findings(folder: Path) -> dict[str, dict[str, Any]]:
    found = [one for one in jsonl(folder / "out" / "findings.jsonl") if one["check"] == "summary"]
    return {one["target_lang"]: one for one in found}


def planned(ended: Ended) -> set[tuple[str, str]]:
    return {(cell["stage"], cell["target_lang"]) for cell in ended.json["cells"] if cell["state"] == "to do"}


TTS, STT = "translate-then-summarize", "summarize-then-translate"


class TestWritten:
    def test_what_holds_is_shown_and_what_does_not_leaves_the_extractive_text_and_a_finding(
        self, tmp_path: Path, run: Run, server: Any
    ) -> None:
        assert run().code == 0
        drawn = {key: one["text"] for key, one in summaries(tmp_path).items()}
        assert summary_findings(tmp_path) == {}
        assert run(chat_method(server.url)).code == 0
        made = summaries(tmp_path)
        assert made["fr", "abstract"]["text"] == WRITTEN["French"][0]
        assert made["en", "abstract", TTS]["text"] == WRITTEN["English"][0]
        for key in (("fr", "abstract"), ("en", "abstract", TTS)):
            assert made[key]["alternatives"][0]["text"] == drawn[key]
            assert all(one for one in made[key]["source_seg_ids"])
        for key in (("fr", "post"), ("en", "post", TTS)):
            assert made[key]["text"] == drawn[key]
            assert "the written one was set aside" in made[key]["note"]
        findings = summary_findings(tmp_path)
        assert set(findings) == {"fr", "en"}
        assert "says “59”" in findings["en"]["message"]
        (verdict,) = jsonl(tmp_path / "out" / "verdicts.jsonl")
        assert "1 summary was set aside or needs a look (minor)" in verdict["reasons"]
        assert any(line.endswith("2 summaries looked at, 1 without a finding") for line in verdict["checked"])
        page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        assert page.count("which does not stand in the release") >= 2
        assert "59" not in (tmp_path / "out/summaries/a.txt/fr.txt").read_text(encoding="utf-8")

    def test_a_second_run_asks_nobody_and_writes_nothing(self, tmp_path: Path, run: Run, server: Any) -> None:
        assert run(chat_method(server.url)).code == 0
        before, asked = snapshot(tmp_path / "out"), len(server.questions)
        assert asked == 4  # two channels, two languages
        assert run(chat_method(server.url)).code == 0
        assert snapshot(tmp_path / "out") == before
        assert len(server.questions) == asked

    def test_another_method_redoes_the_summaries_and_what_shows_them(
        self, tmp_path: Path, run: Run, server: Any
    ) -> None:
        assert run().code == 0
        plan = run(chat_method(server.url), command="plan")
        shown = {("summarize", ""), ("summarize", "en"), ("write", "en"), ("index", "")}
        assert planned(plan) == shown
        before = published_cells(tmp_path / "out")
        assert run(chat_method(server.url)).code == 0
        assert {stage for stage, _ in published_cells(tmp_path / "out") - before} == {"summarize", "write", "index"}

    def test_what_was_written_is_remembered_where_only_an_edit_is_new(
        self, tmp_path: Path, run: Run, server: Any
    ) -> None:
        assert run(chat_method(server.url)).code == 0
        asked = len(server.questions)
        edit = ("edit", tmp_path / "out", "--release", "a.txt", "--channel", "abstract", "--pick", 2)
        assert communique(*edit).code == 0
        assert run(chat_method(server.url)).code == 0
        assert summaries(tmp_path)["fr", "abstract"]["state"] == "reviewed"
        assert len(server.questions) == asked

    def test_a_server_that_is_gone_costs_no_release_and_is_asked_again(
        self, tmp_path: Path, run: Run, server: Any
    ) -> None:
        server.always = chat_server.status(401, "no")
        ended = run(chat_method(server.url))
        assert ended.code == 2
        failures = jsonl(tmp_path / "out" / "failures.jsonl")
        assert {(one["path"], one["stage"], one["target_lang"]) for one in failures} == {
            ("a.txt", "summarize", ""),
            ("a.txt", "summarize", "en"),
        }
        assert all(one["text"] for one in summaries(tmp_path).values())
        server.always = write_well_but_for_posts
        assert run(chat_method(server.url)).code == 0
        assert summaries(tmp_path)["en", "abstract", TTS]["text"] == WRITTEN["English"][0]

    def test_findings_on_summaries_can_be_dismissed_in_every_language(
        self, tmp_path: Path, run: Run, server: Any
    ) -> None:
        run(chat_method(server.url))
        ids = [one["finding_id"] for one in summary_findings(tmp_path).values()]
        assert communique("dismiss", tmp_path / "out", *ids, "--reason", "known").code == 0
        assert run(chat_method(server.url)).code == 0
        assert {one["dismissed"] for one in summary_findings(tmp_path).values()} == {"known"}
        (verdict,) = jsonl(tmp_path / "out" / "verdicts.jsonl")
        assert "1 finding dismissed by a reviewer" in verdict["reasons"]
        assert not any("set aside" in reason for reason in verdict["reasons"])

    def test_the_noise_of_an_untrained_checkpoint_never_reaches_a_summary(self, tmp_path: Path, run: Run) -> None:
        pytest.importorskip("torch")
        spec = importlib.util.spec_from_file_location(
            "test_summarizers_seq2seq", Path(__file__).parent / "summarize" / "test_summarizers_seq2seq.py"
        )
        assert spec and spec.loader
        checkpoints = sys.modules.get("test_summarizers_seq2seq") or importlib.util.module_from_spec(spec)
        if "test_summarizers_seq2seq" not in sys.modules:
            spec.loader.exec_module(checkpoints)
        model = checkpoints.checkpoint("bart")
        assert run().code == 0
        drawn = {key: one["text"] for key, one in summaries(tmp_path).items()}
        options = 'device = "cpu"\nthreads = 1\ndecoding = { beam_size = 1 }\n'
        method = f'[summarize.method]\nbackend = "seq2seq"\nmodel = "{model}"\n{options}'
        assert run(method).code == 0
        assert {key: one["text"] for key, one in summaries(tmp_path).items()} == drawn
        assert set(summary_findings(tmp_path)) == {"fr", "en"}
        assert planned(run(method, command="plan")) == set()


def test_a_language_that_the_model_does_not_know_is_said_once_a_release(tmp_path: Path, server: Any) -> None:
    write_files(tmp_path, {"in/a.txt": RELEASE, "c.toml": f"{FAKE}{CHANNELS}{chat_method(server.url)}"})
    arguments = ("run", tmp_path / "c.toml", "-i", tmp_path / "in", "-o", tmp_path / "out", "--to", "x-rot13")
    assert communique(*arguments).code == 0
    (finding,) = [one for one in jsonl(tmp_path / "out" / "findings.jsonl") if one["target_lang"] == "x-rot13"]
    assert "the model does not know" in finding["message"]
    assert summaries(tmp_path)["x-rot13", "post", TTS]["text"]


class TestOrders:
    BOTH = '[summarize]\norder = "both"'

    def test_a_run_does_both_and_shows_them_side_by_side(self, tmp_path: Path, run: Run) -> None:
        assert run(self.BOTH).code == 0
        made = summaries(tmp_path)
        assert set(made) == {
            (*("fr", channel),) if lang == "fr" else (lang, channel, order)
            for lang in ("fr", "en")
            for channel in ("post", "abstract")
            for order in (TTS, STT)
        }
        assert made["en", "abstract", STT]["text"] == f"{ENGLISH[LEAD]} {ENGLISH[SEIZED]} {ENGLISH[SAID]}"
        assert made["en", "abstract", STT]["source_seg_ids"] == made["fr", "abstract"]["source_seg_ids"]
        assert made["en", "abstract", STT]["measures"]["agreement"] == 1
        page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        assert page.count("<small>translated from the French summary</small>") == 1
        text = (tmp_path / "out/summaries/a.txt/en/memory.txt").read_text(encoding="utf-8")
        assert "characters as networks weigh them, translated from the French summary)" in text
        assert planned(run(self.BOTH, command="plan")) == set()

    def test_another_order_redoes_the_summaries_of_translations_alone(self, tmp_path: Path, run: Run) -> None:
        assert run().code == 0
        plan = run(f'[summarize]\norder = "{STT}"', command="plan")
        assert planned(plan) == {("summarize", "en"), ("write", "en"), ("index", "")}
        assert run(f'[summarize]\norder = "{STT}"').code == 0
        assert {key[2] for key in summaries(tmp_path) if key[0] == "en"} == {STT}

    def test_a_french_text_that_a_reviewer_wrote_is_what_is_translated(self, tmp_path: Path, run: Run) -> None:
        assert run(self.BOTH).code == 0
        edit = ("edit", tmp_path / "out", "--release", "a.txt", "--channel", "post", "--text", LEAD)
        assert communique(*edit).code == 0
        assert run(self.BOTH).code == 0
        assert summaries(tmp_path)["en", "post", STT]["text"] == ENGLISH[LEAD]

    def test_limits_and_what_is_reserved_hold_in_every_language_and_order(self, tmp_path: Path) -> None:
        reserve = "#Police https://example.org/communiques/2025/une-adresse-tres-longue-mais-qui-pese-23"
        channels = (
            '[summarize]\norder = "both"\n'
            f'[[summarize.channels]]\nname = "post"\nmax_weighted = 120\nreserve = "{reserve}"\n'
            '[[summarize.channels]]\nname = "headline"\nmax_chars = 40\n'
            '[[summarize.channels]]\nname = "bullets"\nmax_chars = 70\nitems = 2\n'
            f'[[summarize.channels]]\nname = "abstract"\nmax_words = 18\nreserve = "{reserve}"\n'
        )
        write_files(tmp_path, {"in/a.txt": RELEASE, "c.toml": f"{FAKE}{channels}"})
        arguments = ("-i", tmp_path / "in", "-o", tmp_path / "out", "--to", "x-accent,x-rot13", "--fail-on", "never")
        assert communique("run", tmp_path / "c.toml", *arguments).code == 0
        made = summaries(tmp_path)
        assert len(made) == 4 + 2 * 2 * 4
        for (_, channel, *_), one in made.items():
            texts = [text for text in (one["text"], *(other["text"] for other in one["alternatives"])) if text]
            assert texts
            for text in texts:
                match channel:
                    case "post":
                        assert weighted_length(text) <= 120
                        assert text.endswith(f" {reserve}")
                    case "abstract":
                        assert count_words(text, "fr") <= 18
                        assert text.endswith(f" {reserve}")
                    case "headline":
                        assert len(text) <= 40
                    case _:
                        assert len(text.split("\n")) <= 2
                        assert all(len(line) <= 70 for line in text.split("\n"))


class TestEdits:
    def edit(self, folder: Path, *change: object, channel: str = "abstract", lang: str | None = "en") -> Ended:
        where = ("--release", "a.txt", "--channel", channel, *(("--lang", lang) if lang else ()))
        return communique("edit", folder / "out", *where, *change)

    def test_what_there_is_to_pick_from_is_shown_and_another_text_takes_its_place(
        self, tmp_path: Path, run: Run
    ) -> None:
        run()
        made = summaries(tmp_path)["en", "abstract", TTS]
        shown = self.edit(tmp_path)
        assert "words" in shown.err
        assert made["alternatives"][0]["text"].split()[0] in shown.err
        assert not (tmp_path / "kept").exists()
        assert self.edit(tmp_path, "--pick", 2).code == 0
        assert run().code == 0
        picked = summaries(tmp_path)["en", "abstract", TTS]
        assert picked["text"] == made["alternatives"][0]["text"]
        assert picked["state"] == "reviewed"
        assert picked["note"].startswith("chosen by a reviewer")
        assert picked["alternatives"][0]["text"] == made["text"]
        assert "<b>reviewed</b>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
        length = f"({count_words(picked['text'], 'en')} words, reviewed)"
        assert length in (tmp_path / "out/summaries/a.txt/en/memory.txt").read_text(encoding="utf-8")
        assert summary_findings(tmp_path) == {}

    def test_a_text_is_shortened_by_rule(self, tmp_path: Path, run: Run) -> None:
        run()
        assert self.edit(tmp_path, "--shorten", 60).code == 0
        run()
        assert summaries(tmp_path)["en", "abstract", TTS]["text"] == ENGLISH[LEAD]
        assert "nothing can be cut" in self.edit(tmp_path, "--shorten", 20).err

    def test_a_text_of_ones_own_is_compared_with_the_release_and_stands_with_a_finding(
        self, tmp_path: Path, run: Run
    ) -> None:
        run()
        assert self.edit(tmp_path, "--text", "Police arrested 12 people.").code == 0
        run()
        assert summaries(tmp_path)["en", "abstract", TTS]["note"] == "edited by a reviewer"
        assert summary_findings(tmp_path) == {}
        assert self.edit(tmp_path, "--text", "Police arrested 59 people.").code == 0
        run()
        made = summaries(tmp_path)["en", "abstract", TTS]
        assert made["text"] == "Police arrested 59 people."
        finding = summary_findings(tmp_path)["en"]
        assert finding["severity"] == "major"
        assert "it stands as the reviewer left it" in finding["message"]
        (verdict,) = jsonl(tmp_path / "out" / "verdicts.jsonl")
        assert "1 summary was set aside or needs a look (major)" in verdict["reasons"]
        dismissed = communique("dismiss", tmp_path / "out", finding["finding_id"], "--reason", "counted again")
        assert dismissed.code == 0
        run()
        assert summary_findings(tmp_path)["en"]["dismissed"] == "counted again"

    def test_a_text_beyond_the_limit_is_refused_and_one_in_the_file_is_set_aside(
        self, tmp_path: Path, run: Run
    ) -> None:
        run()
        long = "word " * 41
        refused = self.edit(tmp_path, "--text", long)
        assert (refused.code, "beyond the limit of its channel: 41 words" in refused.err) == (2, True)
        before = summaries(tmp_path)["en", "abstract", TTS]
        line = {"doc_id": before["doc_id"], "lang": "en", "system": "memory", "channel": "abstract", "order": TTS}
        write_files(tmp_path, {"kept/edits.jsonl": json.dumps(line | {"text": long}) + "\n"})
        run()
        assert summaries(tmp_path)["en", "abstract", TTS] == before
        assert "beyond the limit of its channel (41 words)" in summary_findings(tmp_path)["en"]["message"]

    def test_an_edit_can_be_taken_back(self, tmp_path: Path, run: Run) -> None:
        run()
        before = summaries(tmp_path)
        self.edit(tmp_path, "--pick", 2)
        run()
        assert summaries(tmp_path) != before
        assert "as it was made" in self.edit(tmp_path, "--text", "").out
        run()
        assert summaries(tmp_path) == before

    def test_an_edit_redoes_its_languages_summaries_alone_and_is_lost_with_its_release(
        self, tmp_path: Path, run: Run
    ) -> None:
        run()
        self.edit(tmp_path, "--pick", 2)
        assert planned(run(command="plan")) == {("summarize", "en"), ("write", "en"), ("index", "")}
        write_files(tmp_path, {"in/a.txt": RELEASE.replace("250", "251")})
        run()
        assert summaries(tmp_path)["en", "abstract", TTS]["state"] == "initial"

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (("--pick", 9), "there is no candidate 9"),
            (("--pick", 1, "--text", "x"), "only one of"),
            (("--system", "none"), "there is no summary with"),
        ],
    )
    def test_what_cannot_be_put_in_place_is_said(
        self, change: tuple[object, ...], message: str, tmp_path: Path, run: Run
    ) -> None:
        run()
        ended = self.edit(tmp_path, *change)
        assert ended.code == 2
        assert message in ended.err

    def test_of_two_orders_one_must_be_named(self, tmp_path: Path, run: Run) -> None:
        run(TestOrders.BOTH)
        assert "say which with --order" in self.edit(tmp_path, "--pick", 1).err
        assert self.edit(tmp_path, "--pick", 2, "--order", STT).code == 0

    def test_without_a_file_of_edits_the_line_to_add_is_said(self, tmp_path: Path) -> None:
        write_files(tmp_path, {"in/a.txt": RELEASE, "c.toml": f"{FAKE}{CHANNELS}"})
        communique("run", tmp_path / "c.toml", "-i", tmp_path / "in", "-o", tmp_path / "out", "--to", "x-rot13")
        assert 'edits = "edits.jsonl"' in self.edit(tmp_path, "--pick", 1, lang=None).err

    def test_a_damaged_file_of_edits_is_refused_line_by_line(self, tmp_path: Path, run: Run) -> None:
        write_files(tmp_path, {"kept/edits.jsonl": '{"doc_id": "d", "lang": "en"}\n[]\n'})
        ended = run()
        assert ended.code == 2
        assert "line 1: no “channel”; an edit needs all of doc_id, lang and channel" in ended.err
        assert "line 2: not an object" in ended.err


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (
            '[summarize]\nmethod = "magic"',
            "no summaries can be made with “magic”; use one of extractive, seq2seq, chat",
        ),
        ('[summarize]\nmethod = "chat"', "summarize.method.model: missing; chat needs it"),
        ('[summarize.method]\nbackend = "chat"\nmodel = "m"', "summarize.method.url: missing; chat needs it"),
        ('[summarize.method]\nbackend = "seq2seq"\nmodel = "none"', "summarize.method: there is no model folder"),
        ('[summarize.method]\nbackend = "seq2seq"\nmodell = "m"', "summarize.method.modell: no such key"),
        ('[summarize]\norder = "none"', "summarize.order"),
    ],
)
def test_what_cannot_be_used_is_said_before_the_run(tables: str, message: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"in/a.txt": RELEASE, "c.toml": f"{FAKE}{tables}\n"})
    ended = communique("run", tmp_path / "c.toml", "-i", tmp_path / "in", "-o", tmp_path / "out", "--to", "x-rot13")
    assert ended.code == 2
    assert message in " ".join(ended.err.split())
    assert not (tmp_path / "out").exists()


class TestAlone:
    def test_a_release_is_summarized_with_the_configured_method(self, tmp_path: Path, server: Any) -> None:
        write_files(tmp_path, {"a.txt": RELEASE, "c.toml": f"{CHANNELS}{chat_method(server.url)}"})
        ended = communique("summarize", tmp_path / "a.txt", "--channel", "abstract", "--config", tmp_path / "c.toml")
        assert (ended.code, ended.out) == (0, f"{WRITTEN['French'][0]}\n")
        (told,) = communique("summarize", tmp_path / "a.txt", "--config", tmp_path / "c.toml", "--json").json
        assert [one["channel"] for one in told["summaries"]] == ["post", "abstract"]
        assert "says “59”" in told["findings"][0]

    def test_lines_of_text_and_of_json_are_answered_in_json(self, server: Any, tmp_path: Path) -> None:
        lines = f"{LEAD}\n{json.dumps({'id': 'x', 'text': f'{LEAD} {SAID}', 'title': TITLE})}\n".encode()
        ended = communique("summarize", "--lines", "--max-words", 15, stdin=lines)
        first, second = map(json.loads, ended.out.splitlines())
        assert [one["text"] for one in first["summaries"]] == [LEAD]
        assert (second["id"], second["findings"]) == ("x", [])

    def test_a_server_that_is_gone_is_an_error(self, server: Any, tmp_path: Path) -> None:
        server.always = chat_server.status(401, "no")
        write_files(tmp_path, {"a.txt": RELEASE, "c.toml": chat_method(server.url)})
        ended = communique("summarize", tmp_path / "a.txt", "--config", tmp_path / "c.toml")
        assert ended.code == 2

    @pytest.mark.parametrize("arguments", [(), ("--lines", "a.txt")])
    def test_there_must_be_something_to_summarize(self, arguments: tuple[str, ...]) -> None:
        ended = communique("summarize", *arguments)
        assert ended.code == 2
        assert "give releases, or --lines" in ended.err
