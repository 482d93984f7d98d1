"""Machine code of a wheel is used where it fits, and only there."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from rebound_sim.compilation import shipped

ROOT = Path(__file__).parents[2]
DIGEST = "0123456789abcdef"


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.delenv("REBOUND_COMPILE", raising=False)
    monkeypatch.setattr(shipped, "_features", lambda: dict.fromkeys(shipped.NEEDED, True))
    folder = tmp_path / shipped.FOLDER / DIGEST
    folder.mkdir(parents=True)
    shipped.describe(folder)
    shipped.shipped_folder.cache_clear()
    yield tmp_path
    shipped.shipped_folder.cache_clear()


def test_found_for_its_sources_alone(package):
    assert shipped.shipped_folder(package, DIGEST) == package / shipped.FOLDER / DIGEST
    assert shipped.shipped_folder(package, DIGEST[::-1]) is None


def test_left_alone_when_asked_to_compile(package, monkeypatch):
    monkeypatch.setenv("REBOUND_COMPILE", "1")
    assert shipped.shipped_folder(package, DIGEST) is None


@pytest.mark.parametrize("change", [{"triple": "aarch64-unknown-linux-gnu"}, {"cpu": "x86-64-v4"}])
def test_left_alone_when_made_for_another_machine(package, change):
    target = package / shipped.FOLDER / DIGEST / "target.json"
    target.write_text(json.dumps({**json.loads(target.read_text()), **change}))
    assert shipped.shipped_folder(package, DIGEST) is None


def test_left_alone_on_a_processor_without_the_level(package, monkeypatch):
    lacking = {**dict.fromkeys(shipped.NEEDED, True), "avx2": False}
    monkeypatch.setattr(shipped, "_features", lambda: lacking)
    assert shipped.shipped_folder(package, DIGEST) is None
    monkeypatch.setattr(shipped, "_features", dict)
    assert shipped.shipped_folder(package, DIGEST) is None


@pytest.mark.slow
@pytest.mark.skipif(not shipped.suits(shipped._features()), reason="another level of processor")
def test_a_package_with_machine_code_compiles_nothing(tmp_path):
    path = ROOT / "scripts" / "build_wheel.py"
    spec = importlib.util.spec_from_file_location("build_wheel", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.machine_code(tmp_path, shipped.LEVEL)
    site = tmp_path / "site"
    shutil.copytree(ROOT / "src", site, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(made, site / "rebound_sim" / shipped.FOLDER)
    empty = {"PYTHONPATH": str(site), "REBOUND_CACHE_DIR": str(tmp_path / "empty")}
    warm, compiled, digest, _ = script.python(script.CHECK, **empty)
    assert (warm, compiled) == ("True", "0")
    _, compiled, digest_here, _ = script.python(script.CHECK, **empty, REBOUND_COMPILE="1")
    assert int(compiled) > 30
    assert digest == digest_here
