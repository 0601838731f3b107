import pytest

from pipeline.errors import InputError
from pipeline.score import references
from pipeline.score.references import load_references


def write(folder, name, text="A fact.\n\n  Another fact.\n"):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("release.docx", "release.en.txt"),
        ("release.docx", "en/release.txt"),
        ("release.fr.txt", "release.en.txt"),
        ("release.fr.txt", "release.fr.en.txt"),
        ("news/release.docx", "news/release.en.txt"),
        ("news/release.docx", "news/en/release.txt"),
        ("news/release.docx", "en/news/release.txt"),
        ("news/release.docx", "release.en.txt"),
        ("rows.parquet#12", "rows#12.en.txt"),
    ],
)
def test_a_translation_is_found_by_its_name(tmp_path, path, name):
    write(tmp_path, name)
    reference = load_references(tmp_path, path, "en")
    assert (reference.path, reference.target_lang) == (path, "en")
    assert reference.segments == ("A fact.", "Another fact.")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("release.docx", "release.es.txt"),
        ("release.docx", "other.en.txt"),
        ("release.docx", "release.txt"),
        ("rows.parquet#12", "rows.en.txt"),
        ("rows.parquet#12", "rows#1.en.txt"),
    ],
)
def test_another_release_s_translation_is_not_taken(tmp_path, path, name):
    write(tmp_path, name)
    assert load_references(tmp_path, path, "en") is None


def test_the_most_particular_translation_wins(tmp_path):
    write(tmp_path, "release.pt.txt", "Portugal")
    write(tmp_path, "release.pt-BR.txt", "Brasil")
    assert load_references(tmp_path, "release.docx", "pt-BR").segments == ("Brasil",)
    assert load_references(tmp_path, "release.docx", "pt-PT").segments == ("Portugal",)


def test_a_path_never_leaves_the_folder(tmp_path):
    write(tmp_path, "secret/release.en.txt")
    folder = tmp_path / "references"
    folder.mkdir()
    assert load_references(folder, "../secret/release.docx", "en") is None
    assert load_references(folder, str(tmp_path / "secret" / "release.docx"), "en") is None


def test_a_byte_order_mark_is_no_text(tmp_path):
    (tmp_path / "release.en.txt").write_bytes("\ufeffA fact.\r\n".encode())
    assert load_references(tmp_path, "release.docx", "en").segments == ("A fact.",)


@pytest.mark.parametrize(
    ("content", "message"), [(b"caf\xe9", "not UTF-8 at byte 3"), (b" \n\n", "empty"), (b"", "empty")]
)
def test_an_unusable_translation_is_refused(tmp_path, content, message):
    (tmp_path / "release.en.txt").write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        load_references(tmp_path, "release.docx", "en")
    assert error.value.remedy


def test_a_translation_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(references, "MAX_BYTES", 3)
    write(tmp_path, "release.en.txt")
    with pytest.raises(InputError, match="more than 3"):
        load_references(tmp_path, "release.docx", "en")
