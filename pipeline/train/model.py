"""The model and one step of learning: Marian's architecture as transformers has it, so that everything loads it.

Sources: Vaswani et al., *Attention Is All You Need*, 2017 (architecture, label smoothing, warm-up); Junczys-Dowmunt et
al., *Marian*, 2018; Kasai et al., *Deep Encoder, Shallow Decoder*, 2021 (why the decoder has two layers).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.train.batches import IGNORED, Batch, Step
from pipeline.train.recipe import LearningRecipe, ModelRecipe
from pipeline.train.vocabulary import END, PADDING

BETAS = (0.9, 0.98)
FINAL_RATE = 0.01
"""The learning rate at the end, as a part of the highest."""


def build_model(recipe: ModelRecipe, vocabulary: int, seed: int) -> Any:
    """Return a Marian model with random weights.

    Args:
        recipe: Its sizes.
        vocabulary: Number of pieces.
        seed: What its weights come from.
    """
    import torch
    from transformers import MarianConfig, MarianMTModel

    torch.manual_seed(seed)
    config = MarianConfig(
        vocab_size=vocabulary,
        d_model=recipe.width,
        encoder_layers=recipe.encoder_layers,
        decoder_layers=recipe.decoder_layers,
        encoder_attention_heads=recipe.heads,
        decoder_attention_heads=recipe.heads,
        encoder_ffn_dim=recipe.inner,
        decoder_ffn_dim=recipe.inner,
        activation_function="relu",
        dropout=recipe.dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        max_position_embeddings=recipe.longest,
        scale_embedding=True,
        init_std=recipe.width**-0.5,
        pad_token_id=PADDING,
        eos_token_id=END,
        forced_eos_token_id=None,
        decoder_start_token_id=PADDING,
    )
    model: Any = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[PADDING]]
    return model


def rate_at(progress: float, recipe: LearningRecipe) -> float:
    """Return the learning rate: it rises in a line, then falls in a line to a hundredth.

    Args:
        progress: Part of the budget that is used, 0 to 1.
        recipe: The highest rate, and the part in which it rises.
    """
    if progress < recipe.warm_up:
        return recipe.rate * max(progress, 1e-4) / recipe.warm_up
    left = (1 - min(progress, 1.0)) / max(1 - recipe.warm_up, 1e-9)
    return recipe.rate * (FINAL_RATE + (1 - FINAL_RATE) * left)


def loss_of(model: Any, batch: Batch, label_smoothing: float, bias: Any = None) -> Any:
    """Return the sum of a batch's losses over its labels.

    The masks are made here and not by the model, which would have to look at them and so wait for the device.

    Args:
        model: A Marian model.
        batch: The batch.
        label_smoothing: What is given to all other words.
        bias: What the model adds to its logits, (1, vocabulary); None where that is nothing, as in a new one.
    """
    import torch
    from torch.nn.functional import cross_entropy

    rows, width = batch.begun.shape
    seen = (batch.source != model.config.pad_token_id)[:, None, None, :]  # (rows, 1, 1, source width)
    source_width = batch.source.shape[1]
    causal = torch.ones(width, width, dtype=torch.bool, device=batch.begun.device).tril()[None, None]
    encoded = model.model.encoder(
        input_ids=batch.source, attention_mask=seen.expand(rows, 1, source_width, source_width)
    ).last_hidden_state
    hidden = model.model.decoder(
        input_ids=batch.begun,
        attention_mask=causal.expand(rows, 1, width, width),
        encoder_hidden_states=encoded,
        encoder_attention_mask=seen.expand(rows, 1, width, source_width),
        use_cache=False,
    ).last_hidden_state
    logits = model.lm_head(hidden)  # (rows, target width, vocabulary)
    if bias is not None:
        logits = logits + bias
    return cross_entropy(
        logits.flatten(0, 1).float(),
        batch.labels.flatten(),
        ignore_index=IGNORED,
        label_smoothing=label_smoothing,
        reduction="sum",
    )


@dataclass(slots=True)
class Learner:
    """A model that learns, with the running average of its weights.

    Attributes:
        model: What learns.
        averaged: A copy that holds the average.
        optimizer: Adam.
        recipe: How it learns.
        device: `cpu` or `cuda`.
        loss: What computes a batch's loss: `loss_of`, or the same compiled.
        bias: What the model adds to its logits, if anything.
        steps: Steps that were done.
    """

    model: Any
    averaged: Any
    optimizer: Any
    recipe: LearningRecipe
    device: str
    loss: Callable[..., Any] = loss_of
    bias: Any = None
    steps: int = 0

    def learn(self, step: Step, rate: float) -> Any:
        """Do one step; return the mean loss of a label, on the device, so that nobody has to wait for it."""
        import torch

        for group in self.optimizer.param_groups:
            group["lr"] = rate
        total = torch.zeros((), device=self.device)
        for batch in step.batches:
            here = Batch(
                *(part.to(self.device, non_blocking=True) for part in (batch.source, batch.begun, batch.labels))
            )
            with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
                loss = self.loss(self.model, here, self.recipe.label_smoothing, self.bias) / step.target_tokens
            loss.backward()
            total += loss.detach()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.recipe.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.steps += 1
        self._average()
        return total

    def _average(self) -> None:
        """Move the average; at first it follows faster, or the random beginning would stay in it for long."""
        import torch

        stays = min(self.recipe.average, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.averaged.parameters()), list(self.model.parameters()), 1 - stays)


def make_learner(model: Any, recipe: LearningRecipe, device: str, loss: Callable[..., Any] = loss_of) -> Learner:
    """Put a model onto a device and make it ready to learn."""
    import copy

    import torch

    if device == "cuda":
        torch.set_float32_matmul_precision("high")
    model = model.to(device).train()
    averaged = copy.deepcopy(model).eval().requires_grad_(False)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.Adam(trained, lr=0.0, betas=BETAS, fused=device == "cuda")
    bias = model.final_logits_bias if bool(model.final_logits_bias.any()) else None
    return Learner(model, averaged, optimizer, recipe, device, loss, bias)
