"""A tiny model really learns, survives being killed, and says what it learnt through the project's own backends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from pipeline.config import DecodingConfig, SystemConfig
from pipeline.errors import InputError, Interrupted, StoreError
from pipeline.train.batches import Batch, Position, Step
from pipeline.train.checkpoints import KEPT, State, find_state, load_checkpoint, save_checkpoint
from pipeline.train.evaluate import read_dev_set, score, spread
from pipeline.train.model import FINAL_RATE, build_model, loss_of, make_learner, rate_at
from pipeline.train.recipe import LearningRecipe, ModelRecipe, load_recipe
from pipeline.train.run import Call, run_training
from pipeline.train.trainer import Budget
from pipeline.translate import build_translator
from tests.train.tiny_training import learnt, train_steps, write_recipe
from tests.translate.tiny_models import PAIRS

ROOT = Path(__file__).parents[2]
TINY = ModelRecipe(width=32, inner=64, heads=4, encoder_layers=1, decoder_layers=2, dropout=0.0, longest=64)


def log(work: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (work / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def averaged(work: Path) -> dict[str, torch.Tensor]:
    found = find_state(work / "checkpoints")
    assert found is not None
    return load_file(found[0] / "averaged.safetensors")


class TestLearning:
    def test_the_loss_falls(self) -> None:
        losses = [line["loss"] for line in log(learnt()) if "loss" in line]
        assert losses[0] > 4
        assert losses[-1] < 0.2

    def test_speed_rates_and_dev_scores_stand_in_the_log(self) -> None:
        lines = log(learnt())
        steps = [line for line in lines if "loss" in line]
        dev = [line for line in lines if "dev_chrf" in line]
        assert [line["step"] for line in steps] == list(range(1, 221))
        assert all(line["tokens_per_second"] > 0 and line["rate"] > 0 for line in steps)
        assert len(dev) == 10
        assert dev[-1]["dev_chrf"] > dev[0]["dev_chrf"]
        assert "version:" in dev[-1]["signatures"][1]

    @pytest.mark.parametrize(("backend", "folder"), [("ctranslate2", "int8"), ("seq2seq", "transformers")])
    def test_the_exported_model_says_what_was_learnt(self, backend: str, folder: str) -> None:
        model = str(learnt() / "model" / folder)
        # A search with several beams ends with the first few finished ones: shorter scraps, in a model this sure.
        greedy = DecodingConfig(beam_size=1)
        translator = build_translator(
            SystemConfig(name="learnt", backend=backend, model=model, device="cpu", threads=1, decoding=greedy)
        )
        french, english = zip(*PAIRS, strict=True)
        assert [made[0].text for made in translator.translate(french, "fr", "en")] == list(english)
        translator.close()

    def test_what_is_done_is_not_done_again(self) -> None:
        work = learnt()
        steps = ("cleaned", "vocabulary", "arrays", "checkpoints")
        files = [path for step in steps for path in (work / step).rglob("*") if path.is_file()]
        before = [path.stat().st_mtime_ns for path in files]
        reached = train_steps(work.parent, work, 220)
        assert reached.exported is not None
        assert [path.stat().st_mtime_ns for path in files] == before

    def test_another_recipe_or_budget_does_not_go_on_there(self) -> None:
        with pytest.raises(InputError, match="another recipe or another budget"):
            train_steps(learnt().parent, learnt(), 230)


class TestCuts:
    @pytest.mark.slow
    def test_a_killed_training_ends_where_one_that_was_not_killed_ends(self, tmp_path: Path) -> None:
        recipe = write_recipe(tmp_path)
        command = [sys.executable, "-m", "pipeline.cli", "train", str(recipe), "--output", str(tmp_path / "killed")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [*command, "--steps", "40", "--threads", "1", "--save-seconds", "0"],
            env=environment,
            stderr=subprocess.PIPE,
        )
        while process.poll() is None and len(list((tmp_path / "killed" / "checkpoints").glob("step-*"))) < KEPT:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        found = find_state(tmp_path / "killed" / "checkpoints")
        assert found is not None
        assert 0 < found[1].step < 40
        train_steps(tmp_path, tmp_path / "killed", 40)
        train_steps(tmp_path, tmp_path / "whole", 40)
        killed, whole = (
            [(one["step"], one.get("rate"), one.get("loss"), one.get("dev_chrf")) for one in log(tmp_path / name)]
            for name in ("killed", "whole")
        )
        assert killed == whole
        weights = averaged(tmp_path / "whole")
        assert all(tensor.equal(weights[name]) for name, tensor in averaged(tmp_path / "killed").items())

    def test_a_slice_stops_in_good_order_and_the_next_one_goes_on(self, tmp_path: Path) -> None:
        write_recipe(tmp_path)
        first = train_steps(tmp_path, tmp_path / "work", 12, slice_seconds=1e-6)
        assert (first.exported, first.state.step) == (None, 1)
        assert first.progress == pytest.approx(1 / 12)
        second = train_steps(tmp_path, tmp_path / "work", 12, slice_seconds=1e-6)
        assert second.state.step == 2
        assert second.state.elapsed > first.state.elapsed

    def test_a_work_folder_may_be_moved_and_its_data_too(self, tmp_path: Path) -> None:
        write_recipe(tmp_path / "here")
        train_steps(tmp_path / "here", tmp_path / "work", 12, slice_seconds=1e-6)
        (tmp_path / "work").rename(tmp_path / "moved")
        (tmp_path / "here").rename(tmp_path / "there")
        made = (tmp_path / "moved" / "arrays" / "counts.json").stat().st_mtime_ns
        assert train_steps(tmp_path / "there", tmp_path / "moved", 12, slice_seconds=1e-6).state.step == 2
        assert (tmp_path / "moved" / "arrays" / "counts.json").stat().st_mtime_ns == made

    def test_a_signal_leaves_a_checkpoint(self, tmp_path: Path) -> None:
        recipe_file = write_recipe(tmp_path)

        def say(told: str) -> None:
            if told.startswith("step 3,"):
                os.kill(os.getpid(), signal.SIGTERM)

        with pytest.raises(Interrupted):
            run_training(load_recipe(recipe_file), tmp_path / "work", Budget(steps=500), say, Call(threads=1))
        found = find_state(tmp_path / "work" / "checkpoints")
        assert found is not None
        assert found[1].step == 4  # the one in flight is finished

    def test_a_budget_in_time_counts_all_calls(self, tmp_path: Path) -> None:
        recipe = load_recipe(write_recipe(tmp_path))
        told: list[str] = []
        while True:
            call = Call(slice_seconds=0.3, threads=1)
            reached = run_training(recipe, tmp_path / "work", Budget(seconds=1.0), told.append, call)
            if reached.exported:
                break
            assert 0.3 <= reached.state.elapsed < 1.0
        assert reached.state.elapsed >= 1.0
        steps = [line for line in log(tmp_path / "work") if "rate" in line]
        assert steps[-1]["step"] == reached.state.step

    @pytest.mark.parametrize(
        ("budget", "progress"), [(Budget(seconds=120), 0.5), (Budget(steps=40), 0.25), (Budget(seconds=30), 2.0)]
    )
    def test_the_part_of_a_budget_that_is_used(self, budget: Budget, progress: float) -> None:
        assert budget.progress(State("k", step=10, elapsed=60.0)) == progress


class TestCheckpoints:
    def reader_free_learner(self, seed: int) -> Any:
        return make_learner(build_model(TINY, 50, seed), LearningRecipe(), "cpu")

    def test_state_and_tensors_come_back_and_old_ones_go(self, tmp_path: Path) -> None:
        learner = self.reader_free_learner(1)
        for step in (1, 2, 3):
            save_checkpoint(tmp_path, learner, State("k", step, 2.5, Position(1, step), 7, 1))
        assert len(list(tmp_path.iterdir())) == KEPT
        found = find_state(tmp_path)
        assert found is not None
        path, state = found
        assert state == State("k", 3, 2.5, Position(1, 3), 7, 1)
        other = self.reader_free_learner(2)
        load_checkpoint(path, other, state)
        pairs = zip(learner.model.parameters(), other.model.parameters(), strict=True)
        assert all(one.equal(same) for one, same in pairs)
        assert other.steps == 3

    def test_an_unfinished_checkpoint_is_none(self, tmp_path: Path) -> None:
        (tmp_path / ".part-00000009").mkdir()
        assert find_state(tmp_path) is None

    @pytest.mark.parametrize("name", ["state.json", "weights.safetensors", "optimizer.safetensors"])
    def test_a_damaged_checkpoint_is_said(self, tmp_path: Path, name: str) -> None:
        learner = self.reader_free_learner(1)
        path = save_checkpoint(tmp_path, learner, State("k", 1))
        (path / name).write_bytes(b"{")
        with pytest.raises(StoreError, match="damaged"):
            found = find_state(tmp_path)
            assert found is not None
            load_checkpoint(found[0], learner, found[1])

    def test_a_folder_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        with pytest.raises(StoreError, match="make room"):
            save_checkpoint(tmp_path / "file", self.reader_free_learner(1), State("k", 1))


class TestModel:
    def test_our_masks_give_the_loss_that_the_library_gives(self) -> None:
        model = build_model(TINY, 50, 1).eval()
        source = torch.tensor([[5, 6, 7, 0, 2, 2, 2, 2], [9, 8, 7, 6, 5, 4, 3, 0]])
        labels = torch.tensor([[4, 5, 0, -100], [8, 9, 10, 0]])
        begun = torch.tensor([[2, 4, 5, 0], [2, 8, 9, 10]])
        theirs = model(input_ids=source, attention_mask=(source != 2).long(), decoder_input_ids=begun, labels=labels)
        ours = loss_of(model, Batch(source, begun, labels), 0.0)
        assert ours.item() / 7 == pytest.approx(theirs.loss.item(), rel=1e-5)
        model.final_logits_bias[0, 8] = 3.0
        theirs = model(input_ids=source, attention_mask=(source != 2).long(), decoder_input_ids=begun, labels=labels)
        ours = loss_of(model, Batch(source, begun, labels), 0.0, model.final_logits_bias)
        assert ours.item() / 7 == pytest.approx(theirs.loss.item(), rel=1e-5)

    @pytest.mark.slow
    def test_a_compiled_loss_learns_the_same(self) -> None:
        compiled = torch.compile(loss_of, dynamic=True, backend="aot_eager")
        source, labels = torch.tensor([[5, 6, 7, 0], [9, 8, 0, 2]]), torch.tensor([[4, 5, 0], [8, 0, -100]])
        begun = torch.tensor([[2, 4, 5], [2, 8, 0]])
        step = Step((Batch(source, begun, labels),), 5, 12, Position())
        losses = []
        for loss in (loss_of, compiled):
            learner = make_learner(build_model(TINY, 50, 1), LearningRecipe(), "cpu", loss)
            losses.append([learner.learn(step, 1e-2).item() for _ in range(3)])
        assert losses[0] == pytest.approx(losses[1], rel=1e-4)
        assert losses[0][2] < losses[0][0]

    def test_embeddings_are_shared_and_attention_is_the_fast_one(self) -> None:
        model = build_model(ModelRecipe(), 16_000, 1)
        assert model.config._attn_implementation == "sdpa"
        assert model.lm_head.weight is model.model.shared.weight
        trained = sum(one.numel() for one in model.parameters() if one.requires_grad)
        assert 35e6 < trained < 37e6

    def test_the_rate_rises_then_falls_to_a_hundredth(self) -> None:
        recipe = LearningRecipe(rate=1.0, warm_up=0.1)
        assert rate_at(0.0, recipe) > 0
        assert rate_at(0.05, recipe) == pytest.approx(0.5)
        assert rate_at(0.1, recipe) == pytest.approx(1.0)
        assert rate_at(0.55, recipe) == pytest.approx((1 + FINAL_RATE) / 2)
        assert rate_at(1.0, recipe) == rate_at(1.2, recipe) == pytest.approx(FINAL_RATE)


class TestDevSets:
    def test_lines_are_taken_from_the_whole(self, tmp_path: Path) -> None:
        assert spread(10, 3) == [0, 3, 6]
        assert spread(2, 5) == [0, 1]
        for name in ("fr", "en"):
            (tmp_path / name).write_text("a\nb\nc\nd\n", encoding="utf-8")
        assert read_dev_set(tmp_path / "fr", tmp_path / "en", 2).sources == ("a", "c")

    def test_texts_of_different_length_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "fr").write_text("a\nb\n", encoding="utf-8")
        (tmp_path / "en").write_text("a\n", encoding="utf-8")
        with pytest.raises(InputError, match="line-aligned"):
            read_dev_set(tmp_path / "fr", tmp_path / "en", 2)

    def test_a_perfect_translation_scores_a_hundred(self) -> None:
        scores = score(["The road is closed today."], ["The road is closed today."])
        assert (round(scores.bleu), round(scores.chrf), scores.sentences) == (100, 100, 1)


def test_a_training_without_a_dev_set_is_not_scored(tmp_path: Path) -> None:
    path = write_recipe(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("dev_")), encoding="utf-8")
    reached = train_steps(tmp_path, tmp_path / "work", 2)
    assert reached.exported is not None
    assert "Not scored" in (reached.exported.int8 / "README.md").read_text(encoding="utf-8")
