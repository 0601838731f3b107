"""Every format there and back through whole runs: translated into rotated letters, and rotated again."""

import shutil
from pathlib import Path

import pytest
from docx_samples import canonical, rich_docx
from whole_runs import EXAMPLES, HTML, MARKDOWN, TEXT, communique, config_file, write_files

UNTOUCHED = {"[Content_Types].xml", "word/media/logo.png", "word/styles.xml", "word/settings.xml"}


@pytest.fixture(scope="module")
def there_and_back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The original files, what they became in rotated letters, and what those became."""
    folder = tmp_path_factory.mktemp("there-and-back")
    originals = folder / "originals"
    shutil.copytree(EXAMPLES, originals)
    utf16 = TEXT.replace("\n", "\r\n").encode("utf-16")
    write_files(originals, {"rich.docx": rich_docx(), "crlf.txt": utf16, "ansi.html": HTML.encode("cp1252")})
    write_files(originals, {"bom.md": b"\xef\xbb\xbf" + MARKDOWN.encode()})
    config = config_file(folder, '[[systems]]\nname = "fake"\nbackend = "fake"\n')
    rotated = translate(config, originals, folder / "there", folder / "rotated")
    config.write_text(f'source_lang = "x-rotated"\n{config.read_text(encoding="utf-8")}', encoding="utf-8")
    return originals, rotated, translate(config, rotated, folder / "back-again", folder / "restored")


def translate(config: Path, source: Path, output: Path, target: Path) -> Path:
    """Run, and gather the translated files under their originals' names."""
    ended = communique(
        "run", config, "--input", source, "--to", "x-rot13", "--output", output, "--fail-on", "never", "--json"
    )
    assert ended.code == 0, ended.err
    target.mkdir()
    for outcome in ended.json["outcomes"]:
        shutil.copy(output / outcome["file"], target / outcome["path"])
    return target


def names(*suffixes: str) -> list[str]:
    examples = [path.name for path in EXAMPLES.iterdir()]
    return sorted(
        name for name in [*examples, "rich.docx", "crlf.txt", "ansi.html", "bom.md"] if name.endswith(suffixes)
    )


@pytest.mark.parametrize("name", names(".txt", ".md", ".html"))
def test_text_formats_come_back_byte_for_byte(there_and_back: tuple[Path, Path, Path], name: str) -> None:
    originals, rotated, restored = there_and_back
    assert (rotated / name).read_bytes() != (originals / name).read_bytes()
    assert (restored / name).read_bytes() == (originals / name).read_bytes()


@pytest.mark.parametrize("name", names(".docx"))
def test_word_comes_back_with_every_part_the_same(there_and_back: tuple[Path, Path, Path], name: str) -> None:
    originals, rotated, restored = (canonical((folder / name).read_bytes()) for folder in there_and_back)
    assert restored == originals
    assert rotated["word/document.xml"] != originals["word/document.xml"]
    for member in UNTOUCHED & set(originals):
        assert rotated[member] == originals[member]
