"""A corpus is cleaned, augmented and tokenized the same way however the work is divided."""

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ConfigError, InputError
from pipeline.train.arrays import ArrayWriter, open_arrays, read_counts
from pipeline.train.batches import IGNORED, WIDTHS, Position, Reader, make_batch, plan_epoch
from pipeline.train.corpus import FORMS, clean_corpus, sample_sentences, tokenize_corpus, write_arrays
from pipeline.train.pairs import Pair, read_pairs
from pipeline.train.recipe import VocabularyRecipe, load_recipe
from pipeline.train.vocabulary import END, PADDING, UNKNOWN, encode, has_vocabulary, load_pieces, train_vocabulary
from pipeline.train.workers import cut_chunks, map_chunks
from pipeline.translate.declaration import MOST_MASKS, TERMS, symbols
from pipeline.translate.seq2seq_families import load_family
from tests.train.tiny_training import MADE, write_recipe
from tests.translate.tiny_models import PAIRS, corpus


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vocabulary") / "made"
    train_vocabulary(folder, corpus(), VocabularyRecipe(size=500), ("fr", "en"), 64)
    return folder


def test_what_is_removed_is_counted_and_the_rest_is_kept(tmp_path: Path) -> None:
    recipe_file = write_recipe(tmp_path)
    more = (
        "Le festival commence à midi pile.\tThe festival begins at noon sharp.\n"
        "La loi.\t\n"
        "La route est fermée!\tThe road is closed.\n"
    )
    with (tmp_path / "pairs.tsv").open("a", encoding="utf-8") as file:
        file.write(more)
    counts = clean_corpus(load_recipe(recipe_file), tmp_path / "cleaned", 1)
    kept = len(PAIRS) + len(MADE)
    assert counts == {"read": kept + 3, "kept": kept, "measured on": 1, "empty": 1, "duplicate": 1}
    assert list(read_pairs(tmp_path / "cleaned" / "pairs.tsv", "fr", "en")) == [Pair(*pair) for pair in [*PAIRS, *MADE]]
    assert json.loads((tmp_path / "cleaned" / "counts.json").read_text(encoding="utf-8")) == counts


def test_dev_lines_are_never_learnt(tmp_path: Path) -> None:
    recipe_file = write_recipe(tmp_path)
    (tmp_path / "pairs.tsv").write_text(
        "Bonsoir à tous.\tThe road is open tonight!\nLe chat.\tThe cat.\n", encoding="utf-8"
    )
    assert clean_corpus(load_recipe(recipe_file), tmp_path / "cleaned", 1)["measured on"] == 1


def test_a_corpus_without_pairs_is_refused(tmp_path: Path) -> None:
    recipe_file = write_recipe(tmp_path)
    (tmp_path / "pairs.tsv").write_text("sans rien\n", encoding="utf-8")
    with pytest.raises(InputError, match="no pair is left of 1"):
        clean_corpus(load_recipe(recipe_file), tmp_path / "cleaned", 1)


def test_only_every_nth_pair_is_taken_if_so_wanted(tmp_path: Path) -> None:
    recipe_file = write_recipe(tmp_path)
    recipe_file.write_text(
        recipe_file.read_text(encoding="utf-8").replace("[data]", "[data]\nevery = 10"), encoding="utf-8"
    )
    assert clean_corpus(load_recipe(recipe_file), tmp_path / "cleaned", 1)["read"] == -(-(len(PAIRS) + len(MADE)) // 10)


def test_the_vocabulary_is_drawn_from_the_whole_corpus_some_of_it_in_capitals(tmp_path: Path) -> None:
    clean_corpus(load_recipe(write_recipe(tmp_path)), tmp_path / "cleaned", 1)
    some = list(sample_sentences(tmp_path / "cleaned", 30, 0.5))
    assert any(source in some for source, _ in MADE[-12:])
    assert PAIRS[0][1] in some
    assert sum(map(str.isupper, some)) == 2 * (sum(not text.isupper() for text in some) // 4)


def test_any_number_of_processes_gives_the_same_arrays(tmp_path: Path, vocabulary: Path) -> None:
    recipe = load_recipe(write_recipe(tmp_path))
    made = []
    for processes in (1, 2):
        cleaned, arrays = tmp_path / f"c{processes}", tmp_path / f"a{processes}"
        clean_corpus(recipe, cleaned, processes)
        counts = tokenize_corpus(recipe, cleaned, vocabulary, arrays, processes)
        made.append([counts, *((arrays / f"{side}.tokens").read_bytes() for side in ("source", "target"))])
    assert made[0] == made[1]
    assert made[0][0]["plain"] == len(PAIRS) + len(MADE)
    assert made[0][0]["masks"] > 5


def test_chunks_come_in_order_and_errors_come_out() -> None:
    chunks = list(cut_chunks(range(23), 5))
    assert [len(chunk) for chunk in chunks] == [5, 5, 5, 5, 3]
    assert list(map_chunks(sum, chunks, 2)) == list(map(sum, chunks))
    with pytest.raises(TypeError):
        list(map_chunks(sum, [["a"]], 2))


class TestVocabulary:
    def test_masks_and_term_marks_are_one_piece_each(self, vocabulary: Path) -> None:
        pieces = load_pieces(vocabulary)
        assert all(not pieces.is_unknown(pieces.piece_to_id(symbol)) for symbol in symbols())
        text = f"Le ⟦{MOST_MASKS}⟧ et {TERMS.write('plan', 'plan')}, ⟦1⟧."
        made = pieces.encode(text, out_type=str)
        assert [piece for piece in made if piece in symbols()] == ["⟦48⟧", "⟪", "⇒", "⟫", "⟦1⟧"]
        assert pieces.decode(pieces.encode(text)) == text

    def test_the_tokenizer_of_the_folder_gives_the_same_numbers(self, vocabulary: Path) -> None:
        family = load_family(vocabulary)
        texts = ["Le préfet annonce ⟦1⟧, l’accord.", "«\u00a0Oui\u00a0»", ">>x", "日本 ½"]
        assert family.encode(texts, "fr", "en")[:2] == encode(vocabulary, texts)[:2]
        assert family.limit == 64
        assert family.supports("fr", "en")
        assert not family.supports("fr", "de")
        assert (family.tokenizer.eos_token_id, family.tokenizer.unk_token_id) == (END, UNKNOWN)
        assert family.tokenizer.pad_token_id == PADDING

    @pytest.mark.parametrize(
        ("given", "read"),
        [
            ("l’accord", "l'accord"),
            ("«\u00a0oui\u202f»", '"oui"'),
            ("« oui »", '"oui"'),
            ("“oui”", '"oui"'),
            ("2\u202f500 €", "2 500 €"),
            ("Fin…", "Fin..."),
            ("le m² et le ½", "le m² et le ½"),
            ("日本 Łódź", "日本 Łódź"),
        ],
    )
    def test_spellings_become_one_and_nothing_is_lost(self, vocabulary: Path, given: str, read: str) -> None:
        pieces = load_pieces(vocabulary)
        assert pieces.decode(pieces.encode(given)) == read
        assert UNKNOWN not in pieces.encode(given)

    def test_too_little_text_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"vocabulary\.size"):
            train_vocabulary(tmp_path / "v", ["Un mot."], VocabularyRecipe(size=5000), ("fr", "en"), 64)
        assert not has_vocabulary(tmp_path / "v")
        assert list(tmp_path.iterdir()) == []


class TestArrays:
    def test_sequences_come_back(self, tmp_path: Path) -> None:
        write_arrays(tmp_path, [([5, 6, 0], [7, 0]), ([8] * 40, [9, 0]), ([65_000, 0], [3, 4, 0])], 20, {"pairs": 2})
        source, target = open_arrays(tmp_path)
        assert source.lengths.tolist() == [3, 2]
        assert source.rows(np.array([1, 0]), 4, PADDING).tolist() == [[65_000, 0, 2, 2], [5, 6, 0, 2]]
        assert target.rows(np.array([1]), 3, PADDING).tolist() == [[3, 4, 0]]
        assert read_counts(tmp_path) == {"pairs": 2}

    def test_a_folder_that_is_not_finished_is_refused(self, tmp_path: Path) -> None:
        writer = ArrayWriter(tmp_path)
        with pytest.raises(InputError, match="no finished corpus"):
            open_arrays(tmp_path)
        writer.close({})
        with pytest.raises(InputError, match="all are too long"):
            open_arrays(tmp_path)


class TestBatches:
    @pytest.fixture
    def reader(self, tmp_path: Path) -> Reader:
        pairs = [([*range(3, 3 + n % 30 + 1), END], [*range(3, 3 + n % 20 + 1), END]) for n in range(200)]
        write_arrays(tmp_path, pairs, 64, {})
        return Reader(*open_arrays(tmp_path), batch_tokens=300, step_tokens=900, seed=5)

    def test_an_epoch_has_every_pair_once_in_few_shapes_within_the_budget(self, reader: Reader) -> None:
        plans = plan_epoch(reader.source, reader.target, 300, 5, 0)
        rows = [row for plan in plans for row in plan.rows.tolist()]
        assert sorted(rows) == list(range(200))
        assert all(plan.tokens <= 300 for plan in plans)
        assert all({plan.source_width, plan.target_width} <= set(WIDTHS) for plan in plans)
        assert rows != sorted(rows)

    def test_epochs_differ_and_seeds_differ(self, reader: Reader) -> None:
        def order(seed: int, epoch: int) -> list[list[int]]:
            return [plan.rows.tolist() for plan in plan_epoch(reader.source, reader.target, 300, seed, epoch)]

        assert order(5, 0) == order(5, 0)
        assert order(5, 0) != order(5, 1)
        assert order(5, 0) != order(6, 0)

    def test_the_decoder_is_given_what_it_is_to_say_one_later(self, reader: Reader) -> None:
        plan = plan_epoch(reader.source, reader.target, 300, 5, 0)[0]
        batch, labels, tokens = make_batch(plan, reader.source, reader.target)
        said = batch.labels != IGNORED
        assert batch.begun[:, 0].tolist() == [PADDING] * len(plan.rows)
        assert batch.begun[:, 1:][said[:, 1:]].tolist() == batch.labels[:, :-1][said[:, 1:]].tolist()
        assert labels == int(said.sum()) == int(reader.target.lengths[plan.rows].sum())
        assert tokens == labels + int(reader.source.lengths[plan.rows].sum())

    def test_steps_hold_as_many_tokens_as_wanted_and_go_on_from_any_position(self, reader: Reader) -> None:
        with reader.ahead(Position()) as steps:
            first = [next(steps) for _ in range(30)]
        assert all(sum(b.source.numel() + b.labels.numel() for b in step.batches) >= 900 for step in first)
        assert first[-1].after.epoch > 0
        with reader.ahead(first[9].after) as steps:
            again = next(steps)
        assert again.after == first[10].after
        assert all(a.source.equal(b.source) for a, b in zip(again.batches, first[10].batches, strict=True))

    def test_an_error_in_the_thread_comes_out(self, reader: Reader) -> None:
        broken = Reader(reader.source, reader.source, 300, 900, seed=-1)
        with pytest.raises(ValueError), broken.ahead(Position()) as steps:
            next(steps)


def test_base_forms_are_learnt_from_the_targets(tmp_path: Path) -> None:
    recipe_file = write_recipe(tmp_path)
    lines = [f"Voici {n} lois et une loi\tHere are {n} laws and a law\n" for n in range(100, 140)]
    (tmp_path / "pairs.tsv").write_text("".join(lines), encoding="utf-8")
    clean_corpus(load_recipe(recipe_file), tmp_path / "cleaned", 1)
    assert json.loads((tmp_path / "cleaned" / FORMS).read_text(encoding="utf-8")) == {"laws": "law"}
