"""What neural engines are timed with: a Marian-base of random weights, and texts of realistic lengths for it.

Its outputs mean nothing and hardly ever end by themselves, so every sequence becomes as long as it is allowed to:
about as long as its source.
"""

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

VOCABULARY = 32_000
WORDS = 2_000
MEAN_TOKENS, MOST_TOKENS = 34, 140
_MU, _SIGMA = 3.34, 0.6
"""Of the log-normal distribution whose mean is `MEAN_TOKENS`."""


def build_checkpoint(folder: Path, sentences: Iterable[str] = (), pieces: int = 300) -> Path:
    """Write a randomly initialised Marian-base: 6+6 layers, d 512, 32,000 words.

    Args:
        folder: Where to.
        sentences: What its tokenizer learns to cut; the words of `make_texts` if there are none.
        pieces: The most pieces that it cuts into; the rest of the vocabulary is never read, but may be written.
    """
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True)
    words = (" ".join(map(_word, range(start, start + 50))) for start in range(0, WORDS, 50))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences or words),
        model_prefix=str(folder / "both"),
        vocab_size=pieces,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    spm = sentencepiece.SentencePieceProcessor(str(folder / "both.model"))
    known = [spm.id_to_piece(number) for number in range(3, len(spm))]
    filler = [f"filler{number}" for number in range(VOCABULARY - len(known) - 3)]
    tokens = ["</s>", "<unk>", *known, *filler, "<pad>"]
    (folder / "words.json").write_text(json.dumps({token: n for n, token in enumerate(tokens)}), encoding="utf-8")
    model_file = str(folder / "both.model")
    tokenizer = MarianTokenizer(model_file, model_file, str(folder / "words.json"), source_lang="fr", target_lang="en")
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    config = MarianConfig(
        vocab_size=VOCABULARY,
        d_model=512,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        activation_function="swish",
        scale_embedding=True,
        max_position_embeddings=512,
        pad_token_id=VOCABULARY - 1,
        decoder_start_token_id=VOCABULARY - 1,
    )
    MarianMTModel(config).save_pretrained(folder)
    return folder


def make_texts(count: int, length_of: Callable[[str], int]) -> list[str]:
    """Return different texts whose numbers of tokens are log-normal: mean 34, at most 140."""
    numbers = random.Random(3)  # noqa: S311 - no secrets here
    texts: dict[str, None] = {}
    while len(texts) < count:
        wanted = min(MOST_TOKENS, max(3, round(numbers.lognormvariate(_MU, _SIGMA))))
        words = [_word(numbers.randrange(WORDS))]
        while length_of(" ".join(words)) < wanted:
            words.append(_word(numbers.randrange(WORDS)))
        texts[" ".join(words)] = None
    return list(texts)


def _word(number: int) -> str:
    return f"w{number:05}"
