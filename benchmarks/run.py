"""How fast it is: whole processes side by side, every answer compared, both tables of
docs/performance.md as Markdown.

    python benchmarks/run.py [--sizes 1k,10k] [--only WORD …] [--rounds 9] [--results FILE]

Workspaces of so many promises are made (benchmarks/made.py), with what every question must answer;
an answer that is another one ends the run. In every round each command of a group runs once, beside
`python -c pass`, so that a busy machine slows them all: P is its CPU time in the same rounds. What
is warm is asked in --rounds rounds, what goes through every promise in three up to 10k, then once
(--heavy says how often). Peers (taskwarrior, hledger, todoman) are measured where they are found on
the PATH. The floor is what no program can do without: Python, a stat of every file, one SQL
question.

--results keeps the figures in a file, so that 100k can be measured by a call of its own; the tables
are then of all sizes in it. --program FOLDER measures the version that stands there. Which modules
are loaded: benchmarks/modules.py. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import figures, tables
from benchmarks.figures import BUILD, COLD, PASS, PLAIN, WARM, WHOLE, Bench, Figure
from benchmarks.made import DAY, MIXES, workspace
from benchmarks.tables import Results, Runs

HERE = Path(__file__).resolve().parent
MANY = 10_000  # from more promises on, what goes through all of them is asked once
FEWEST = 100  # promises; fewer have not one of each kind
YOUNG = 2.1  # seconds after which an untouched file need not be read again


def measured(bench: Bench, asked: list[Figure], rounds: int, found: dict[str, Runs]) -> None:
    """Run every figure once a round, beside `python -c pass`; add what was needed to `found`."""
    passes: list[float] = []
    for number in range(rounds):
        one = watched(bench.out, [sys.executable, "-c", "pass"])
        passes.append(one["cpu"])
        _add(found.setdefault(PASS, Runs()), one)
        for figure in asked:
            bench.notes.clear()
            if figure.before:
                figure.before(bench)
            if number == 0 and figure.group == WARM:
                right(figure, bench)  # what is cold is not measured
                if figure.before:
                    figure.before(bench)
            _add(found.setdefault(figure.name, Runs()), right(figure, bench), bench)
            told(f"{number + 1}/{rounds} {figure.name}: {found[figure.name].cpu[-1]:.2f} s")
    for name in (PASS, *(figure.name for figure in asked)):
        found[name].base += passes


def right(figure: Figure, bench: Bench) -> dict[str, float]:
    """Run a figure's command; its answer must be the one that was made."""
    one = watched(bench.out, figure.command(bench))
    answer = bench.out.read_bytes()
    said = f"exit {one['code']:.0f}" if one["code"] else figure.right(answer, bench)
    if said:
        sys.exit(f"{figure.name}, {len(bench.made.items)} promises: {said}")
    if figure.name == COLD:
        bench.cold = one["wall"]
    if figure.after:
        figure.after(bench)
    return one


def watched(out: Path, command: list[str]) -> dict[str, float]:
    """Run a process to its end, its answer into a file; return what it needed."""
    watch = [sys.executable, "-I", "-S", str(HERE / "stopwatch.py"), str(out), *command]
    done = subprocess.run(watch, capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def _add(runs: Runs, one: dict[str, float], bench: Bench | None = None) -> None:
    runs.cpu.append(one["cpu"])
    runs.wall.append(one["wall"])
    runs.memory = max(runs.memory, one["memory"])
    if bench:
        runs.size = bench.notes.get("bytes") or bench.out.stat().st_size
        runs.notes = dict(bench.notes)


def of_size(bench: Bench, asked: list[Figure], rounds: int, heavy: int) -> dict[str, Runs]:
    found: dict[str, Runs] = {}
    by_group = {group: [f for f in asked if f.group == group] for group in (BUILD, WARM, WHOLE)}
    if by_group[BUILD]:
        measured(bench, by_group[BUILD], heavy, found)
    for _time in range(2):  # the index is there, and no file is young any more
        bench.run(PLAIN)
        time.sleep(YOUNG)
    for group, times in ((WARM, rounds), (WHOLE, heavy)):
        if by_group[group]:
            measured(bench, by_group[group], times, found)
    return found


def told(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def prepare(program: Path, folder: Path) -> None:
    """Let what is started be that version, in Chinese, on DAY, with its state in `folder`."""
    for name in ("PYTHONDONTWRITEBYTECODE", "NPCREPLY_DIR", "NPCREPLY_INDEX"):
        os.environ.pop(name, None)
    os.environ |= {"PYTHONPATH": str(program.resolve()), "PYTHONUTF8": "1"}
    os.environ |= {"NPCREPLY_LANG": "zh", "NPCREPLY_TODAY": DAY, "NPCREPLY_USER": "measurer"}
    os.environ |= {name: str(folder / name) for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME")}
    os.chdir(folder)


def known(path: Path | None, version: str) -> Results:
    """What an earlier call kept. Figures of another version are not mixed with these."""
    if path is None or not path.exists():
        return {}
    plain = json.loads(path.read_text("utf-8"))
    if plain["of"] != version:
        sys.exit(f"{path} has the figures of {plain['of']}, this is {version}: name another file")
    return tables.from_json(plain["sizes"])


def named(mix: str) -> str:
    """What is measured: the program by all of its code, the mix, Python."""
    package = figures.package()
    code = b"".join(path.read_bytes() for path in sorted(package.rglob("*.py")))
    return f"npcreply {zlib.crc32(code):08x}, {mix}, Python {platform.python_version()}"


def sizes(text: str) -> list[int]:
    """`1k,10k` as numbers."""
    parts = [part.strip().lower() for part in text.split(",")]
    found = [int(part.removesuffix("k")) * (1000 if part.endswith("k") else 1) for part in parts]
    if min(found) < FEWEST:
        raise argparse.ArgumentTypeError(f"{min(found)}: at least {FEWEST} promises")
    return found


def _count(text: str) -> int:
    if (found := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{found}: at least one round")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=sizes, default=[1_000, 10_000], metavar="1k,10k,100k")
    parser.add_argument("--only", action="append", default=[], metavar="WORD")
    parser.add_argument("--rounds", type=_count, default=9)
    parser.add_argument("--heavy", type=_count, metavar="ROUNDS")
    parser.add_argument("--mix", choices=tuple(MIXES), default="usual")
    parser.add_argument("--results", type=Path, metavar="FILE")
    parser.add_argument("--program", type=Path, default=HERE.parent, metavar="FOLDER")
    asked = parser.parse_args()
    chosen, kept = figures.chosen(asked.only), asked.results and asked.results.resolve()
    with tempfile.TemporaryDirectory() as name:
        prepare(asked.program, Path(name))
        version = named(asked.mix)
        results = known(kept, version)
        for promises in asked.sizes:
            folder = Path(name, str(promises))
            folder.mkdir()
            told(f"{promises} promises")
            bench = Bench(workspace(folder / "workspace", promises, asked.mix), folder)
            heavy = asked.heavy or (3 if promises <= MANY else 1)
            results.setdefault(promises, {}).update(of_size(bench, chosen, asked.rounds, heavy))
            if kept:
                text = json.dumps({"of": version, "sizes": tables.as_json(results)})
                kept.write_text(text, "utf-8")
        os.chdir(HERE)
    print(f"{version}, {os.cpu_count()} cores\n\n{tables.page(results)}")


if __name__ == "__main__":
    main()
