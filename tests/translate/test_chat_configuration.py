"""The example configuration is valid as it stands and with everything in it switched on, and runs as written."""

import re
from pathlib import Path

import pytest

from pipeline.config_file import load_config
from pipeline.errors import ConfigError
from pipeline.translate import build_translator
from pipeline.translate.base import Candidate
from pipeline.translate.chat import ChatTranslator
from pipeline.translate.licences import check_licences, models_of
from pipeline.translate.memory import MemoryTranslator
from pipeline.translate.tmx import Entry, write_tmx
from tests.translate.chat_server import ChatServer

CONFIG = Path(__file__).parents[2] / "configs" / "chat-vllm.toml"


def test_as_it_stands() -> None:
    config = load_config(CONFIG)
    (translator,) = map(build_translator, config.systems)
    assert isinstance(translator, ChatTranslator)
    assert check_licences(models_of(config.systems), config.use) == ()
    assert all(translator.supports(config.source_lang, target) for target in config.targets)


def test_with_all_that_is_only_mentioned(tmp_path: Path) -> None:
    content = re.sub(r"^# ?(?=[a-z_]+ = |\[)", "", CONFIG.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert "\nallow_remote = true\n" in content
    path = tmp_path / "all.toml"
    with ChatServer() as server:
        path.write_text(content.replace("http://localhost:8000/v1", server.url), encoding="utf-8")
        config = load_config(path)
        write_tmx(tmp_path / "approved.tmx", [Entry("Bonjour.", "Hello there.")], "fr", "en")
        (tmp_path / "approved.jsonl").touch()
        memory = build_translator(config.systems[1])
        assert isinstance(memory, MemoryTranslator)
        made = memory.translate(["Bonjour.", "Bonsoir."], "fr", "en")
        memory.close()
    assert made == [(Candidate("Hello there.", origin="tm"),), (Candidate("Obafbve."),)]


def test_a_memory_s_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('[[systems]]\nname="a"\nbackend="memory"\nmemories=["a.tmx", "/b.tmx"]\nthen="apertium"\n')
    (system,) = load_config(path).systems
    assert system.memories == (tmp_path / "a.tmx", Path("/b.tmx"))
    assert system.then is not None
    assert (system.then.name, system.then.backend) == ("apertium", "apertium")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("concurrency = 0", "systems[0].concurrency"),
        ("timeout_seconds = -1", "systems[0].timeout_seconds"),
        ("requests_per_minute = 0", "systems[0].requests_per_minute"),
        ('api_key_env = "sk-not a name"', "systems[0].api_key_env"),
        ("fuzzy_threshold = 1.0", "systems[0].fuzzy_threshold"),
        ('then = "no such name!"', "systems[0].then.name"),
        ("apikey = 'x'", "systems[0].apikey: no such key"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(f'[[systems]]\nname="a"\nbackend="chat"\n{line}\n')
    with pytest.raises(ConfigError) as failure:
        load_config(path)
    assert failure.value.problems[0].startswith(problem)
