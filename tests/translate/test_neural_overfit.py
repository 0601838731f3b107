"""Models that have learnt some sentences by heart must say them, through the code that a user's model takes."""

import pytest

from pipeline.config import SystemConfig
from pipeline.translate import build_translator
from tests.translate.tiny_models import PAIRS, learnt

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("family", ["marian", "nllb"])
@pytest.mark.parametrize(
    ("backend", "compute_type"), [("seq2seq", "float32"), ("ctranslate2", "float32"), ("ctranslate2", "auto")]
)
def test_what_was_learnt_is_said(family: str, backend: str, compute_type: str) -> None:
    config = SystemConfig(
        name="learnt", backend=backend, model=str(learnt(family)), device="cpu", threads=1, compute_type=compute_type
    )
    translator = build_translator(config)
    french, english = zip(*PAIRS, strict=True)
    made = [candidates[0].text for candidates in translator.translate(french, "fr", "en")]
    assert made == list(english)
    release = f"{french[0]}\n\n{french[5]} "
    assert translator.translate([release], "fr", "en")[0][0].text == f"{english[0]}\n\n{english[5]} "
    translator.close()
