"""Which modules each way to an answer loads, and how long they take: `python -X importtime`.

    python benchmarks/modules.py [--out FOLDER]

For each path the modules of a warm start as a table of Markdown: how many, how many of them ours,
milliseconds of them all together, the five that take longest by themselves. With --out the whole
lists are written into files, a module a line, so that two versions can be compared with diff. What
must not be loaded is tested by name: tests/test_calls.py.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import BUILD, FIGURES, Bench, Figure
from benchmarks.made import workspace
from benchmarks.run import HERE, prepare
from benchmarks.tables import table

PROMISES = 200
WITHOUT = ("overdue --known-on", "export --format json")  # as the plain ones
_LINE = re.compile(r"^import time:\s*(\d+) \|\s*\d+ \| *(\S+)$", re.MULTILINE)


def loaded(figure: Figure, bench: Bench) -> dict[str, int]:
    """The modules that a figure's command loads, with the microseconds of each by itself."""
    python, *words = figure.command(bench)
    done = subprocess.run([python, "-X", "importtime", *words], capture_output=True, check=False)
    text = done.stderr.decode("utf-8", "replace").replace("\r\n", "\n")
    if done.returncode:
        said = [line for line in text.splitlines() if not line.startswith("import time:")]
        sys.exit("\n".join([figure.name, *said]))
    if figure.after:
        figure.after(bench)
    return {name: int(spent) for spent, name in _LINE.findall(text)}


def row(figure: Figure, found: dict[str, int]) -> list[str]:
    ours = sum(name.partition(".")[0] == "npcreply" for name in found)
    longest = sorted(found, key=lambda name: -found[name])[:5]
    slow = ", ".join(f"{name} {found[name] / 1000:.1f}" for name in longest)
    return [figure.name, str(len(found)), str(ours), f"{sum(found.values()) / 1000:.0f}", slow]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    out = asked.out and asked.out.resolve()
    if out:
        out.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as name:
        prepare(HERE.parent, Path(name))
        bench = Bench(workspace(Path(name, "workspace"), PROMISES), Path(name))
        bench.run("overdue")
        for figure in FIGURES:
            if figure.is_peer or figure.before or figure.group == BUILD or figure.name in WITHOUT:
                continue
            found = loaded(figure, bench)
            rows.append(row(figure, found))
            if out:
                file = re.sub(r"\W+", "-", figure.name, flags=re.ASCII).strip("-") + ".txt"
                (out / file).write_text("".join(f"{one}\n" for one in sorted(found)), "utf-8")
        os.chdir(HERE)
    head = ["path", "modules", "ours", "ms", "ms by themselves, the longest"]
    print("\n".join(table(head, rows)))


if __name__ == "__main__":
    main()
