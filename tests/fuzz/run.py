"""Odd inputs without end, led by what they reach in the program (atheris, Linux and macOS), or blind.

    python3 tests/fuzz/run.py day --runs 200000          one target, led: needs `pip install atheris`
    python3 tests/fuzz/run.py all --runs 20000 --keep    every target, one after the other
    python3 tests/fuzz/run.py all --runs 20000 --blind   turned at random: quick, needs nothing

Inputs that reached something new are kept in tests/fuzz/corpus/TARGET with `--keep`; an input that
made a fault is named, and put there by whoever mends it: the tests try it from then on. A blind run
says at its end how long the slowest input took and how much memory the process had at most.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
NAMES = ("day", "number", "id", "record", "check", "edit", "schema", "tables", "csv", "xls", "html")
NAMES += ("docx", "journal", "pending", "source")
SECONDS, MEGABYTES, LONGEST = 20, 2048, 4096  # of one input; of the process; bytes of an input


def one(name: str, runs: int, *, keep: bool) -> None:
    """Try one target in this process; libFuzzer ends it."""
    import atheris

    with atheris.instrument_imports(include=["npcreply"]):
        from tests.fuzz.targets import TARGETS

    target = TARGETS[name]
    place = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    for number, seed in enumerate(target.seeds):
        (place / f"seed-{number}").write_bytes(seed.encode() if isinstance(seed, str) else seed)
    kept = CORPUS / name
    if keep:
        kept.mkdir(parents=True, exist_ok=True)
    folders = [kept, place] if keep else [place, *([kept] if kept.is_dir() else [])]
    flags = [f"-runs={runs}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}"]
    flags += [f"-max_len={LONGEST}", f"-artifact_prefix={place}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *flags, *map(str, folders)], target.tried)
    atheris.Fuzz()


def turned(data: bytes, dice: random.Random) -> bytes:
    """Some bytes lost, put in or changed, or a piece of it twice."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randint(0, len(made))
        piece = made[at : at + dice.randint(1, 12)]
        made[at : at + dice.randint(0, 3)] = dice.choice((b"", piece, dice.randbytes(2), piece * 2))
    return bytes(made)


def blind(name: str, runs: int, first: int) -> int:
    """Try inputs turned at random, some of them again and again; return how many were faults."""
    from tests.fuzz.targets import TARGETS

    target, dice = TARGETS[name], random.Random(f"{name} {first}")
    seeds = [seed.encode() if isinstance(seed, str) else seed for seed in target.seeds]
    pool, faults, slowest = list(seeds), 0, 0.0
    for _run in range(runs):
        data = turned(dice.choice(pool), dice)
        if dice.random() < 0.1:  # on from here
            pool = [*seeds, *pool[len(seeds) :][-40:], data[:LONGEST]]
        begun = time.perf_counter()
        try:
            target.tried(data)
        except Exception as error:  # noqa: BLE001 - a fault is what is looked for
            faults += 1
            print(f"FAULT {name} {type(error).__name__}: {error} {data!r}"[:2000], flush=True)
        slowest = max(slowest, time.perf_counter() - begun)
    told = f"{name}: {runs} inputs, {faults} faults, slowest {slowest:.2f} s, {memory()} MB"
    print(told, flush=True)
    return faults


def memory() -> int:
    """Return the most memory that this process had, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=(*NAMES, "all"))
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--seed", type=int, default=0, help="of a blind run")
    given = parser.parse_args()
    os.environ.setdefault("NPCREPLY_LANG", "zh")
    sys.path.insert(0, str(ROOT))
    if given.target != "all" and given.blind:
        return bool(blind(given.target, given.runs, given.seed))
    if given.target != "all":
        one(given.target, given.runs, keep=given.keep)
        return 0
    how = (
        ["--keep"] if given.keep else ["--blind", "--seed", str(given.seed)] if given.blind else []
    )
    command = [sys.executable, __file__, "--runs", str(given.runs), *how]
    return max(subprocess.run([*command, name], check=False).returncode for name in NAMES)


if __name__ == "__main__":
    sys.exit(main())
