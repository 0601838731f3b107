"""Memories as files: what other tools write is read, what we write they read, what is hostile is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from pipeline.errors import TranslatorError
from pipeline.translate import tmx
from pipeline.translate.tmx import Entry, read_entries, write_tmx

UNIT = '<tu><tuv xml:lang="fr"><seg>{source}</seg></tuv><tuv xml:lang="es"><seg>{target}</seg></tuv></tu>'
DTD = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def memory(*units: str, head: str = "", header: str = '<header srclang="fr"/>') -> str:
    return f'<?xml version="1.0"?>{head}<tmx version="1.4">{header}<body>{"".join(units)}</body></tmx>'


def read(folder: Path, content: str | bytes, target_lang: str = "es", name: str = "a.tmx") -> list[Entry]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_entries(path, "fr", target_lang))


HELLO = UNIT.format(source="Bonjour.", target="Hola.")


class TestReading:
    @pytest.mark.parametrize("head", ["", DTD, f"{DTD}<!-- from a tool -->", "<!DOCTYPE tmx>"])
    def test_with_and_without_the_document_type(self, tmp_path: Path, head: str) -> None:
        assert read(tmp_path, memory(HELLO, head=head)) == [Entry("Bonjour.", "Hola.")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
    def test_in_the_encodings_that_tools_write(self, tmp_path: Path, encoding: str) -> None:
        content = memory(UNIT.format(source="Été à Nîmes", target="Verano en Nimes — año"))
        if encoding == "iso-8859-1":
            content = content.replace("—", "-").replace('"1.0"', '"1.0" encoding="iso-8859-1"')
        (entry,) = read(tmp_path, content.encode(encoding))
        assert entry.source == "Été à Nîmes"
        assert entry.target.startswith("Verano en Nimes")

    @pytest.mark.parametrize(
        ("segment", "text"),
        [
            ("plain &amp; simple", "plain & simple"),
            ('<bpt i="1">&lt;b></bpt>gras<ept i="1">&lt;/b></ept> fin', "gras fin"),
            ('un <ph x="1">{1}</ph>deux', "un deux"),
            ('<it pos="begin">&lt;i></it>seul', "seul"),
            ('<hi type="x">mis en <hi>relief</hi></hi> ici', "mis en relief ici"),
            ('a<ph>&lt;img alt="<sub>texte</sub>"></ph>b', "ab"),
            ("<ut>{\\b</ut>vieux<ut>}</ut>", "vieux"),
            ("avant<!-- note -->après<?pi x?>", "avantaprès"),
            ("<![CDATA[<b>]]> x", "<b> x"),
            ("&#8239;fin", "\u202ffin"),
        ],
    )
    def test_native_codes_are_left_out_and_text_is_kept(self, tmp_path: Path, segment: str, text: str) -> None:
        assert [entry.source for entry in read(tmp_path, memory(UNIT.format(source=segment, target="X")))] == [text]

    @pytest.mark.parametrize(
        ("source_lang", "of_target", "wanted", "found"),
        [
            ("fr", "es", "es", True),
            ("FR-FR", "ES-ES", "es", True),
            ("fr_CA", "pt_BR", "pt", True),
            ("fr", "pt", "pt-BR", True),
            ("fr", "pt-PT", "pt-BR", False),
            ("fr", "ca", "es", False),
            ("en", "es", "es", False),
            ("fr", "*all*", "es", False),
            ("fr", "", "es", False),
        ],
    )
    def test_languages_are_matched_by_what_they_say(
        self, tmp_path: Path, source_lang: str, of_target: str, wanted: str, found: bool
    ) -> None:
        unit = HELLO.replace('"fr"', f'"{source_lang}"').replace('"es"', f'"{of_target}"')
        assert bool(read(tmp_path, memory(unit), wanted)) == found

    def test_old_files_name_the_language_without_its_namespace(self, tmp_path: Path) -> None:
        assert read(tmp_path, memory(HELLO.replace("xml:lang", "lang"))) == [Entry("Bonjour.", "Hola.")]

    def test_a_unit_may_hold_many_languages_and_several_translations(self, tmp_path: Path) -> None:
        unit = HELLO.replace(
            "</tu>",
            '<tuv xml:lang="de"><seg>Hallo.</seg></tuv><tuv xml:lang="es"><seg>Buenas.</seg></tuv></tu>',
        )
        assert [entry.target for entry in read(tmp_path, memory(unit))] == ["Hola.", "Buenas."]
        assert [entry.target for entry in read(tmp_path, memory(unit), "de")] == ["Hallo."]

    def test_a_namespace_changes_nothing(self, tmp_path: Path) -> None:
        content = memory(HELLO).replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ')
        assert read(tmp_path, content) == [Entry("Bonjour.", "Hola.")]

    def test_what_has_no_text_is_no_entry(self, tmp_path: Path) -> None:
        units = [UNIT.format(source="", target="x"), UNIT.format(source="x", target=" \n"), "<tu/>", "<tu><tuv/></tu>"]
        long = UNIT.format(source="x" * (tmx.MAX_CHARS + 1), target="x")
        assert read(tmp_path, memory(*units, long, HELLO)) == [Entry("Bonjour.", "Hola.")]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "an entity": (memory(HELLO, head=BOMB), "entities"),
    "an entity in use": (memory(UNIT.format(source="&b;", target="x"), head=BOMB), "entities"),
    "an entity in an attribute": (
        memory(HELLO, head=BOMB, header='<header srclang="&b;"/>'),
        "entities",
    ),
    "an outside entity": (
        memory(
            UNIT.format(source="&x;", target="x"),
            head='<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        ),
        "entities",
    ),
    "a parameter entity": (
        memory(HELLO, head='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>'),
        "entities|XML",
    ),
    "an undefined entity": (memory(UNIT.format(source="&nbsp;", target="x")), "XML"),
    "cut off": (memory(HELLO)[:-20], "XML"),
    "nothing": ("", "XML"),
    "another XML": ("<html><body/></html>", "not a TMX file"),
    "text": ("Bonjour", "XML"),
    "binary": (bytes(range(256)) * 10, "XML"),
    "great depth": (memory("<x>" * 100_000), "XML"),
    "no entry for long": (memory("<x/>" * 1_100_000), "without an entry"),
}


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSED)
    def test_name_the_file_and_the_reason(self, tmp_path: Path, name: str) -> None:
        content, reason = REFUSED[name]
        with pytest.raises(TranslatorError, match=rf"a\.tmx: .*(?:{reason})"):
            read(tmp_path, content)

    @pytest.mark.parametrize("name", ["a.tmx", "a.jsonl"])
    def test_a_missing_file_names_the_key(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(TranslatorError, match=r"cannot be read: No such file .*`memories`"):
            list(read_entries(tmp_path / name, "fr", "es"))

    def test_too_many_entries(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tmx, "MAX_ENTRIES", 3)
        assert len(read(tmp_path, memory(HELLO * 3))) == 3
        with pytest.raises(TranslatorError, match="more than 3 entries"):
            read(tmp_path, memory(HELLO * 4))

    def test_a_long_memory_is_read_in_little_space(self, tmp_path: Path) -> None:
        for name, count in (("short", 10), ("long", 30_000)):
            units = (UNIT.format(source=f"Phrase {number}. " * 20, target="Frase.") for number in range(count))
            (tmp_path / f"{name}.tmx").write_text(memory(*units))
        assert (tmp_path / "long.tmx").stat().st_size > 9_000_000
        peaks = [peak_megabytes(tmp_path / f"{name}.tmx") for name in ("short", "long")]
        assert peaks[1] - peaks[0] < 10


def peak_megabytes(path: Path) -> float:
    script = (
        "import sys; from pathlib import Path; from pipeline.translate.tmx import read_entries\n"
        "for _ in read_entries(Path(sys.argv[1]), 'fr', 'es'): pass\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) / 1024)"
    )
    return float(subprocess.run([sys.executable, "-c", script, path], capture_output=True, check=True).stdout)


def line(**values: object) -> str:
    fields = {"source": "Bonjour.", "target": "Hola.", "source_lang": "fr", "target_lang": "es", **values}
    return json.dumps({key: value for key, value in fields.items() if value is not ...}) + "\n"


class TestLinesOfJson:
    def test_are_entries(self, tmp_path: Path) -> None:
        content = line(before="Avant.") + "\n" + line(target_lang="ca") + line(target="Buenas.", reviewer="A. B.")
        expected = [Entry("Bonjour.", "Hola.", "Avant."), Entry("Bonjour.", "Buenas.")]
        assert read(tmp_path, content, name="a.jsonl") == expected

    @pytest.mark.parametrize(
        ("state", "approved"),
        [(..., True), ("reviewed", True), ("final", True), ("translated", False), ("initial", False), ("", False)],
    )
    def test_what_nobody_approved_is_none(self, tmp_path: Path, state: object, approved: bool) -> None:
        assert bool(read(tmp_path, line(state=state), name="a.jsonl")) == approved

    @pytest.mark.parametrize(
        "content",
        ["{", "[]", '"x"', "{}", line(target=...), line(target=3), line(before=None), "[" * 100_000, "\udc80"],
    )
    def test_what_is_none_names_its_line(self, tmp_path: Path, content: str) -> None:
        with pytest.raises(TranslatorError, match=r"a\.jsonl, line 2: no entry"):
            read(tmp_path, (line() + content).encode("utf-8", "surrogateescape"), name="a.jsonl")


ENTRIES = [
    Entry("« Bonjour & bienvenue »", "«Hola»", "Avant <b>.", "Après."),
    Entry("  deux\u00a0 espaces ", "dos\n líneas"),
    Entry("emoji 👩‍🚒", "عربي"),
]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1).filter(
    str.strip
)


class TestWriting:
    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "out.tmx"
        write_tmx(path, ENTRIES, "fr", "pt-BR")
        assert list(read_entries(path, "fr", "pt-BR")) == ENTRIES

    @settings(max_examples=60, deadline=None)
    @given(entries=st.lists(st.builds(Entry, TEXT, TEXT, TEXT, TEXT), max_size=4))
    def test_any_text_comes_back(self, tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
        path = tmp_path_factory.mktemp("tmx") / "a.tmx"
        write_tmx(path, entries, "fr", "es")
        assert list(read_entries(path, "fr", "es")) == entries

    def test_equal_entries_make_equal_files(self, tmp_path: Path) -> None:
        for name in ("a.tmx", "b.tmx"):
            write_tmx(tmp_path / name, iter(ENTRIES), "fr", "es")
        assert (tmp_path / "a.tmx").read_bytes() == (tmp_path / "b.tmx").read_bytes()

    def test_what_xml_cannot_hold_is_left_out(self, tmp_path: Path) -> None:
        write_tmx(tmp_path / "a.tmx", [Entry("a\x00b\x0c", "c\ufffed")], "fr", "es")
        assert list(read_entries(tmp_path / "a.tmx", "fr", "es")) == [Entry("ab", "cd")]


class TestAnotherTool:
    """Translate Toolkit, which knows nothing of us."""

    def test_reads_what_we_write(self, tmp_path: Path) -> None:
        write_tmx(tmp_path / "ours.tmx", ENTRIES, "fr", "es")
        store = tmxfile.parsefile(str(tmp_path / "ours.tmx"))
        assert store.sourcelanguage == "fr"
        pairs = [(unit.source, str(unit.gettarget("es"))) for unit in store.units]
        # It folds white space, as XML's default says it may.
        assert [(" ".join(a.split()), " ".join(b.split())) for a, b in pairs] == [
            (" ".join(entry.source.split()), " ".join(entry.target.split())) for entry in ENTRIES
        ]

    def test_writes_what_we_read(self, tmp_path: Path) -> None:
        store = tmxfile(sourcelanguage="fr", targetlanguage="es")
        for entry in ENTRIES:
            store.addtranslation(entry.source, "fr", entry.target, "es", comment="a note", context="somewhere")
        store.savefile(str(tmp_path / "theirs.tmx"))
        assert b"<!DOCTYPE tmx" in (tmp_path / "theirs.tmx").read_bytes()
        found = list(read_entries(tmp_path / "theirs.tmx", "fr", "es"))
        assert found == [Entry(entry.source, entry.target) for entry in ENTRIES]
