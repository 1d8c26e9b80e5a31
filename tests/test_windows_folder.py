"""The folder for a Windows clerk without Python: made from a zip and wheels, started by one file."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "packaging" / "windows_folder.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("windows_folder", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def embeddable(tmp_path: Path) -> Path:
    """Return a zip laid out as python.org's embeddable package is."""
    file = tmp_path / "python-3.12.10-embed-amd64.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("python.exe", b"MZ")
        archive.writestr("python312.zip", b"")
        archive.writestr("python312._pth", "python312.zip\n.\n\n# Uncomment\n#import site\n")
    return file


def wheel(folder: Path, name: str, requires: str = "", tag: str = "py3-none-any") -> None:
    """Write a wheel of one module with its list of files, as pip wants it."""
    folder.mkdir(exist_ok=True)
    needs = "".join(f"Requires-Dist: {line}\n" for line in requires.split("\n") if line)
    extras = "Provides-Extra: pdf\nProvides-Extra: letters\n" if name == "npcreply" else ""
    files = {
        f"{name}/__init__.py": b"",
        f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{extras}{needs}".encode(),
        f"{name}-1.0.dist-info/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n".encode(),
    }
    rows = []
    with zipfile.ZipFile(folder / f"{name}-1.0-{tag}.whl", "w") as archive:
        for path, data in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            rows.append(f"{path},sha256={digest},{len(data)}")
            archive.writestr(path, data)
        archive.writestr(
            f"{name}-1.0.dist-info/RECORD", "\n".join([*rows, f"{name}-1.0.dist-info/RECORD,,", ""])
        )


def test_the_folder_has_python_the_program_and_one_file_to_start(
    script: ModuleType, embeddable: Path, tmp_path: Path
) -> None:
    wheel(tmp_path / "wheels", "npcreply", "colour\nwinonly", "py3-none-any")
    wheel(tmp_path / "wheels", "colour", tag="cp312-cp312-win_amd64")
    wheel(tmp_path / "wheels", "winonly")
    wheel(tmp_path / "wheels", "colorama")
    out = tmp_path / "给 办公室"
    script.make(embeddable, tmp_path / "wheels", out)
    assert sorted(path.name for path in out.iterdir()) == ["app", "npcreply.cmd", "python"]
    for name in ("npcreply", "colour", "winonly", "colorama"):
        assert (out / "app" / name / "__init__.py").exists()
    lines = (out / "python" / "python312._pth").read_text("utf-8").splitlines()
    assert lines == ["python312.zip", ".", "..\\app"]


def test_the_file_to_start_is_ascii_with_windows_line_ends(
    script: ModuleType, embeddable: Path, tmp_path: Path
) -> None:
    """A console reads it in a code page of its own; a lone line feed breaks jumps to a label."""
    wheel(tmp_path / "wheels", "npcreply")
    wheel(tmp_path / "wheels", "colorama")
    script.make(embeddable, tmp_path / "wheels", tmp_path / "out")
    data = (tmp_path / "out" / "npcreply.cmd").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") > 5


def test_a_wheel_that_is_missing_is_named(
    script: ModuleType, embeddable: Path, tmp_path: Path
) -> None:
    wheel(tmp_path / "wheels", "npcreply", "nowhere")
    wheel(tmp_path / "wheels", "colorama")
    with pytest.raises(script.FolderError, match="nowhere"):
        script.make(embeddable, tmp_path / "wheels", tmp_path / "out")


def test_a_folder_without_the_program_says_where_to_read(
    script: ModuleType, embeddable: Path, tmp_path: Path
) -> None:
    (tmp_path / "wheels").mkdir()
    with pytest.raises(script.FolderError, match=r"docs/windows\.md"):
        script.make(embeddable, tmp_path / "wheels", tmp_path / "out")


def test_a_zip_that_is_no_embeddable_package_is_refused_before_anything_is_made(
    script: ModuleType, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "source.zip", "w") as archive:
        archive.writestr("Python-3.12/README", "")
    with pytest.raises(script.FolderError, match="embeddable"):
        script.make(tmp_path / "source.zip", tmp_path, tmp_path / "out")
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    with pytest.raises(script.FolderError, match="打不开"):
        script.make(tmp_path / "broken.zip", tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_left_alone(
    script: ModuleType, embeddable: Path, tmp_path: Path
) -> None:
    (tmp_path / "out" / "workspace").mkdir(parents=True)
    with pytest.raises(script.FolderError, match="已经有了"):
        script.make(embeddable, tmp_path, tmp_path / "out")


def test_the_page_for_the_one_who_makes_it_gives_the_script_as_it_is() -> None:
    page = (ROOT / "docs" / "windows.md").read_text("utf-8")
    assert "python3 packaging/windows_folder.py --python " in page
    assert "npcreply.cmd" in page
