"""Similar sentences of the memory stand beside what was translated anew, and count as no translation."""

from pathlib import Path

from whole_runs import communique, config_file, jsonl, write_files

from pipeline.translate.tmx import Entry, write_tmx

KNOWN = "La police a arrêté 58 personnes à Manille."
SIMILAR = "La police a arrêté 59 personnes à Manille."
OTHER = "Le budget de la région a été voté hier soir."
MEMORY = """
[[systems]]
name = "remembering"
backend = "memory"
memories = ["approved.tmx"]
then = "fake"
[[systems]]
name = "fake"
backend = "fake"
"""


def test_the_page_shows_a_reviewer_what_the_memory_has_of_similar_sentences(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {"a.txt": f"{SIMILAR}\n\n{OTHER}\n\n{KNOWN}\n"})
    write_tmx(tmp_path / "approved.tmx", [Entry(KNOWN, "Approved <b>words</b>.")], "fr", "x-rot13")
    config, output = config_file(tmp_path, MEMORY), tmp_path / "out"
    communique("run", config, "--input", tmp_path / "in", "--to", "x-rot13", "--output", output)
    rows = jsonl(output / "segments.jsonl")
    origins = {row["source"]: row["origin"] for row in rows if row["system"] == "remembering"}
    assert origins == {SIMILAR: "mt", OTHER: "mt", KNOWN: "tm"}
    page = (output / "index.html").read_text(encoding="utf-8")
    shown = page.split('<summary class="tag" lang="en" dir="ltr">memory ')[1:]
    assert len(shown) == 1
    assert shown[0].startswith("97 %")
    assert KNOWN in shown[0].split("</details>")[0]
    assert "Approved &lt;b&gt;words&lt;/b&gt;." in shown[0].split("</details>")[0]
