"""Make a folder that a Windows clerk without Python copies and starts.

    python packaging/windows_folder.py --python python-3.12.10-embed-amd64.zip --wheels wheels --out npcreply-win

`--python` is the embeddable package of python.org, downloaded by hand; `--wheels` is a folder of
wheels for Windows and that Python (docs/offline.md has the two lines that fill it). Runs on any
system, without network. The folder holds Python, the program and `npcreply.cmd`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import zipfile
from pathlib import Path

EXTRAS = "npcreply[pdf,letters]"
# pip evaluates what a package needs "on Windows only" for the machine that it runs on.
ONLY_ON_WINDOWS = ("colorama",)
LAUNCHER = Path(__file__).with_name("npcreply.cmd")


class FolderError(Exception):
    """What is missing or wrong, in one sentence for the person who makes the folder."""


def make(python: Path, wheels: Path, out: Path) -> None:
    """Make `out` from the embeddable zip and the wheels; `out` must not exist or be empty.

    Raises FolderError with what to do; what was made until then stays for a look.
    """
    version = _python_version(python)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderError(f"{out} 已经有了：换一个名字，或者先挪开（里面可能有资料库）")
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(python) as archive:
        archive.extractall(out / "python")
    _open_path(out / "python", version)
    _install(wheels, out / "app", version)
    (out / "npcreply.cmd").write_bytes(
        LAUNCHER.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    )


def _python_version(python: Path) -> str:
    """Return "3.12" for an embeddable zip of 3.12; it is told by the name of its path file."""
    try:
        with zipfile.ZipFile(python) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise FolderError(f"打不开 {python}：要 python.org 的 embeddable package（zip）") from error
    found = [re.fullmatch(r"python(3)(\d+)\._pth", name) for name in names]
    numbers = [match for match in found if match]
    if not numbers or "python.exe" not in names:
        raise FolderError(
            f"{python} 不是 Windows 的 embeddable package：里面没有 python.exe 和 python3*._pth"
        )
    return f"{numbers[0][1]}.{numbers[0][2]}"


def _open_path(python: Path, version: str) -> None:
    """Let the embedded Python find the program: its path file alone says where it looks."""
    file = python / f"python{version.replace('.', '')}._pth"
    lines = file.read_text("utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    file.write_text("\n".join([*kept, "..\\app", ""]), "utf-8")


def _install(wheels: Path, app: Path, version: str) -> None:
    """Unpack the program and what it needs from the wheels, for Windows, without network."""
    if not any(wheels.glob("npcreply-*.whl")):
        raise FolderError(f"{wheels} 里没有 npcreply 的轮子：见 docs/windows.md 第一步")
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--no-index", "--find-links", str(wheels), "--target", str(app), "--no-compile"),
        *("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", version),
        *("--implementation", "cp", EXTRAS, *ONLY_ON_WINDOWS),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise FolderError("轮子不全：\n" + "\n".join(said or [done.stderr.strip()]))


def main() -> int:
    """Make the folder that the command line asks for."""
    parser = argparse.ArgumentParser(description="做一个 Windows 上拷过去就能用的文件夹")
    parser.add_argument(
        "--python", type=Path, required=True, metavar="ZIP", help="python.org 的 embeddable package"
    )
    parser.add_argument(
        "--wheels", type=Path, required=True, metavar="文件夹", help="Windows 的轮子"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件夹", help="做在哪里")
    options = parser.parse_args()
    try:
        make(options.python, options.wheels, options.out)
    except FolderError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    print(f"做好了 {options.out}：整个拷到办公电脑，双击 npcreply.cmd")
    return 0


if __name__ == "__main__":
    sys.exit(main())
