"""The doctor: what is said to be here is here, and each remedy is a command that helps."""

from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.check import BESIDE, CHECKS
from pipeline.check.coverage import NUMBER_WORDS, coverage_table
from pipeline.config import Config, SystemConfig
from pipeline.doctor import APERTIUM_PACKAGES, Capability, examine, reachable_languages
from pipeline.errors import ConfigError
from pipeline.languages import normalise
from pipeline.read.formats import FORMATS
from pipeline.read.rows import ROW_SUFFIXES
from pipeline.translate import TRANSLATORS, apertium, apertium_modes, build_translator

APERTIUM = SystemConfig(name="rules", backend="apertium")
FAKE = SystemConfig(name="pseudo", backend="fake")


def of_area(found: list[Capability], area: str) -> dict[str, Capability]:
    return {capability.name: capability for capability in found if capability.area == area}


@pytest.fixture
def without_pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no Apertium pair is installed."""
    find_modes = apertium_modes.find_modes
    for module in (apertium, doctor):
        monkeypatch.setattr(module, "find_modes", lambda folder=tmp_path: find_modes(tmp_path))


def test_every_registered_translator_is_examined() -> None:
    assert set(doctor.ENGINE_LIBRARIES) <= set(TRANSLATORS)
    assert set(of_area(examine(Config()), "engine")) == set(TRANSLATORS)


def test_what_is_missing_has_a_remedy_only_if_something_helps() -> None:
    pairs = of_area(examine(Config(systems=(APERTIUM, FAKE), targets=("zh", "x-accent"))), "language pair")
    assert set(pairs) == {"fr→zh (rules)", "fr→x-accent (rules)", "fr→zh (pseudo)", "fr→x-accent (pseudo)"}
    assert pairs["fr→x-accent (pseudo)"].available
    assert pairs["fr→x-accent (pseudo)"].detail == "fr → x-accent"
    assert pairs["fr→zh (rules)"] == Capability("language pair", "fr→zh (rules)", False, "no way open here")
    assert "x-rot13" in pairs["fr→zh (pseudo)"].remedy


@pytest.mark.apertium
def test_the_default_is_all_here_with_its_routes() -> None:
    found = examine(Config())
    engine = of_area(found, "engine")["apertium"]
    assert engine.available
    assert "Apertium 3" in engine.detail
    pairs = of_area(found, "language pair")
    assert len(pairs) == len(Config().targets)
    for target in Config().targets:
        pair = pairs[f"fr→{target} (apertium)"]
        assert pair.available
        assert pair.detail.startswith("fr → ")
        assert pair.detail.endswith(f" → {target}")
        assert not pair.remedy


@pytest.mark.usefixtures("without_pairs")
def test_a_bare_machine_is_told_what_to_install() -> None:
    found = examine(Config())
    engine = of_area(found, "engine")["apertium"]
    assert not engine.available
    assert engine.remedy.startswith("apt-get install apertium")
    for pair in of_area(found, "language pair").values():
        assert not pair.available
        command, packages = pair.remedy[:16], pair.remedy[16:].split()
        assert command == "apt-get install "
        assert packages
        assert set(packages) <= set(APERTIUM_PACKAGES)


def test_an_absent_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    engine = of_area(examine(Config()), "engine")["apertium"]
    assert engine == Capability("engine", "apertium", False, "not installed", "apt-get install apertium")


def test_metrics_carry_the_signature_of_their_languages() -> None:
    one = of_area(examine(Config(targets=("en", "es"))), "metric")
    assert set(one) == {"BLEU", "chrF2", "TER"}
    assert "tok:13a" in one["BLEU"].detail
    assert all("version:" in metric.detail for metric in one.values())
    two = of_area(examine(Config(targets=("en", "zh"))), "metric")
    assert set(two) == {"BLEU (en)", "BLEU (zh)", "chrF2", "TER (en)", "TER (zh)"}
    assert "tok:zh" in two["BLEU (zh)"].detail


def test_every_format_is_listed_once() -> None:
    formats = of_area(examine(Config()), "format")
    said = " ".join(capability.detail for capability in formats.values()).replace(";", " ").split()
    assert {suffix: said.count(suffix) for suffix in (*FORMATS, *ROW_SUFFIXES)} == dict.fromkeys(
        (*FORMATS, *ROW_SUFFIXES), 1
    )
    assert all(capability.available for capability in formats.values())
    assert metadata.version("datasets") in formats["datasets"].detail


@pytest.fixture
def lose(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes Python believe that a library is not installed."""
    installed = metadata.distributions

    def forget(library: str) -> None:
        def distributions(*, name: str) -> Iterable[metadata.Distribution]:
            return () if name == library else installed(name=name)

        monkeypatch.setattr(metadata, "distributions", distributions)

    return forget


@pytest.mark.parametrize("library", ["httpx2", "pyarrow", "datasets", "sacrebleu"])
def test_a_missing_library_is_named_with_its_command(library: str, lose: Callable[[str], None]) -> None:
    lose(library)
    missing = [capability for capability in examine(Config()) if library in capability.detail.split()]
    assert missing
    for capability in missing:
        assert not capability.available
        assert capability.remedy.startswith(f"pip install {library}")


def test_a_library_is_installed_in_the_version_that_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "communique-0.0.dist-info").mkdir()
    (tmp_path / "communique-0.0.dist-info" / "METADATA").write_text(
        'Name: communique\nRequires-Dist: pyarrow==1.2.3\nRequires-Dist: httpx2==4.5; extra == "chat"\n'
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    installed = metadata.distributions

    def distributions(*, name: str) -> Iterable[metadata.Distribution]:
        return () if name in {"pyarrow", "httpx2"} else installed(name=name)

    monkeypatch.setattr(metadata, "distributions", distributions)
    found = examine(Config())
    assert of_area(found, "format")["parquet"].remedy == "pip install pyarrow==1.2.3"
    assert of_area(found, "engine")["chat"].remedy == "pip install httpx2==4.5"


def test_a_system_without_its_library_reaches_nothing(lose: Callable[[str], None]) -> None:
    lose("httpx2")
    chat = SystemConfig(name="chat", backend="chat", url="http://127.0.0.1:1/v1", model="m")
    pair = of_area(examine(Config(systems=(chat,), targets=("de",))), "language pair")["fr→de (chat)"]
    assert not pair.available
    assert pair.remedy.startswith("pip install httpx2")
    assert reachable_languages(Config(systems=(chat,))) == []


def test_checks_are_a_table_by_language() -> None:
    table = coverage_table(("en", "zh", "x-accent"))
    assert set(table) == {*CHECKS, NUMBER_WORDS}
    assert table["placeables"] == {"en": True, "zh": True, "x-accent": True}
    assert table["language"]["en"]
    assert not table["language"]["x-accent"]
    checks = of_area(examine(Config(targets=("en", "x-accent"))), "check")
    assert set(checks) == {*table, *BESIDE}
    assert checks["language"].available
    assert checks["language"].detail.endswith("not in x-accent")
    assert "not in" not in checks["placeables"].detail
    assert not of_area(examine(Config(targets=("x-accent",))), "check")["language"].available


@pytest.mark.apertium
def test_reachable_languages_are_those_that_the_systems_support() -> None:
    languages = reachable_languages(Config(systems=(APERTIUM, FAKE)))
    here = [language for language in languages if language.available]
    assert languages[: len(here)] == here
    assert {"en", "en-US", "es", "ca", "pt", "pt-BR", "it", "x-accent"} <= {language.tag for language in here}
    systems = {system.name: build_translator(system) for system in (APERTIUM, FAKE)}
    for language in languages:
        assert systems[language.system].supports("fr", language.tag) == language.available
        assert language.route[0] == "fr"
        assert language.route[-1] == language.tag
    english = next(language for language in here if language.tag == "en")
    assert english.name == "English"
    assert english.detail == f"{' → '.join(english.route)} (rules)"


@pytest.mark.usefixtures("without_pairs")
def test_languages_that_packages_would_open_come_with_the_command() -> None:
    languages = {language.tag: language for language in reachable_languages(Config())}
    assert {"es", "ca", "en", "it", "pt", "gl", "oc", "eo"} <= set(languages)
    assert not any(language.available for language in languages.values())
    assert languages["gl"].route == ("fr", "es", "gl")
    assert languages["gl"].remedy == "apt-get install apertium-fr-es apertium-es-gl"


def test_every_reachable_language_can_be_asked_for_and_is_not_the_source() -> None:
    tags = [language.tag for language in reachable_languages(Config(systems=(APERTIUM, FAKE), targets=("en",)))]
    assert tags == [normalise(tag) for tag in tags]
    assert not any(tag.startswith("fr") for tag in tags)


def test_via_decides_the_route_of_what_is_missing(without_pairs: None) -> None:
    system = SystemConfig(name="rules", backend="apertium", via=("es",))
    languages = {language.tag: language for language in reachable_languages(Config(systems=(system,)))}
    assert languages["en"].route == ("fr", "es", "en")
    assert languages["en"].remedy == "apt-get install apertium-fr-es apertium-eng-spa"


@pytest.mark.apertium
def test_a_memory_reaches_what_stands_behind_it() -> None:
    memory = SystemConfig(name="memory", backend="memory", memories=(Path("m.tmx"),), then=APERTIUM)
    pairs = of_area(examine(Config(systems=(memory,), targets=("ca", "zh"))), "language pair")
    assert pairs["fr→ca (memory)"].detail == "fr → ca"
    assert not pairs["fr→zh (memory)"].available
    reached = reachable_languages(Config(systems=(memory,)))
    alone = reachable_languages(Config(systems=(APERTIUM,)))
    assert [(language.tag, language.route) for language in reached] == [(item.tag, item.route) for item in alone]


def test_a_pivot_goes_through_the_language_between_its_parts() -> None:
    fake = SystemConfig(name="fake", backend="fake")
    pivot = SystemConfig(name="both", backend="pivot", via=("x-rot13",), first=fake, then=fake)
    pairs = of_area(examine(Config(systems=(pivot,), targets=("x-accent",))), "language pair")
    assert pairs["fr→x-accent (both)"].detail == "fr → x-rot13 → x-accent"


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(ConfigError, match="nonsense"):
        examine(Config(systems=(SystemConfig(name="x", backend="nonsense"),)))
