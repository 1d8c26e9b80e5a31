"""Random command lines held against a model in plain Python kept beside them.

    python benchmarks/soak.py --steps 2000 --seed 1 --folder ../soak

A step is a command line (entering, correcting, closing, undoing, a table exported and imported, two
edited copies merged; now and then one that has to be refused), an edit by hand, an index deleted or
damaged, or the clock turned (soak_acts.py). The model (soak_model.py) uses nothing of the program.
Commands run here, every fifth in a second process that lives as long, every sixtieth in one of its
own. Every step's exit code is what the model expects; what is refused changes no byte. At every
hundredth step and the last, `overdue --json` on some days, some with `--known-on`, must name what
the model names and give the very answer of a copy whose index is built anew, and a plain YAML
reader must find in every file what the model holds. Every step is in FOLDER/soak.log, and the same
seed does the same steps: `--steps N` ends where a difference came. Exit code 1 where anything
differed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from soak_acts import ACTS, Found, add
from soak_model import REPLIED, Model, Promise, Records, Row, Step, held, stored

from npcreply import cli

START = date(2023, 6, 1)
KEPT = 500  # steps that undo goes back
EVERY = 100
PROCESS, SECOND = 60, 5  # one command in so many: a process of its own, the second process

Answer = tuple[int, str, str]
"""Exit code, standard output, standard error."""


def here(words: list[str], today: str) -> Answer:
    """Run a command line in this process."""
    os.environ["NPCREPLY_TODAY"] = today
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(words)
    return code, out.getvalue(), err.getvalue()


def alone(words: list[str], today: str) -> Answer:
    """Run a command line in a process of its own."""
    environment = {**os.environ, "NPCREPLY_TODAY": today, "PYTHONUTF8": "1"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    command = [sys.executable, "-m", "npcreply", *words]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    return ran.returncode, ran.stdout.decode().replace("\r\n", "\n"), ran.stderr.decode()


class Second:
    """A second process that lives as long as the soak and takes its turns."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        command = [sys.executable, __file__, "--serve"]
        environment = {**os.environ, "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)

    def __call__(self, words: list[str], today: str) -> Answer:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([words, today]).encode() + b"\n")
        self.process.stdin.flush()
        code, out, err = json.loads(self.process.stdout.readline())
        return code, out, err

    def end(self) -> None:
        self.process.communicate()


def serve() -> int:
    """Run the command lines that come in, one JSON line each, until there are no more."""
    answers = sys.stdout
    for line in sys.stdin:
        print(json.dumps(here(*json.loads(line))), file=answers, flush=True)
    return 0


@dataclass
class Soak(Model):
    """A workspace, its model, and the dice."""

    root: Path = Path()
    dice: random.Random = field(default_factory=random.Random)
    turns: random.Random = field(default_factory=random.Random)
    second: Second | None = None
    step: int = 0
    compared: int = 0
    merges: int = 0
    processes: int = 0
    differences: list[str] = field(default_factory=list)
    said: str = ""

    def typed(self, *words: str, root: Path | None = None) -> tuple[int, str]:
        """Run a command line, here or in another workspace; return its exit code and answer."""
        ran = self.where()
        line = ["-C", str(root or self.root), "--no-input", *words]
        code, out, self.said = ran(line, f"{self.today}T09:00")
        self.processes += ran is alone
        self.merges += words[0] == "merge-record"
        self.note(f"{code} {self.today} {words}")
        if "程序出错" in self.said:
            self.differ(f"{words}: {self.said}")
        return code, out

    def where(self) -> Callable[[list[str], str], Answer]:
        """Return in which process the next command runs."""
        if self.turns.randrange(PROCESS) == 0:
            return alone
        return self.second if self.second and self.turns.randrange(SECOND) == 0 else here

    def note(self, line: str) -> None:
        with (self.root / "soak.log").open("a", encoding="utf-8") as log:
            log.write(f"{self.step} {line}\n")

    def differ(self, what: str) -> None:
        self.note(f"DIFFERENCE {what}")
        self.differences.append(f"step {self.step}: {what}")

    def succeeds(self, *words: str, root: Path | None = None) -> bool:
        """Run a command that has to succeed; tell whether it did."""
        code, _out = self.typed(*words, root=root)
        if code:
            self.differ(f"{words}: exit {code}, {self.said}")
        return not code

    def write(self, after: Records, *words: str) -> bool:
        """Run a command that has to succeed and makes these records so (None: gone)."""
        if not self.succeeds(*words):
            return False
        before: Records = {number: self.records.get(number) for number in after}
        self.become(after)
        self.done = [*self.done, Step(before, after)][-KEPT:]
        self.undone.clear()
        return True

    def by_other_means(self, after: Records) -> None:
        """Note what became of records without a command: undo knows nothing of it."""
        self.become(after)

    def refused(self, *words: str) -> None:
        """Run a command that has to be refused and to change no byte."""
        before = files(self.root)
        code, _out = self.typed(*words)
        if not code or files(self.root) != before:
            self.differ(f"{words}: exit {code}, to be refused, {self.said}")

    def answers(self, without: int = 0, code: int = 0) -> None:
        """Ask for what is late on some day: what the model names, but for a record set aside."""
        day, known = self.days()[1]
        words = asked(day, known)
        told, out = self.typed(*words)
        expected = {
            row for row in self.rows(day, known) if not row[0].startswith(f"2023-{without}.")
        }
        if told != code or named(out) != expected:
            self.differ(f"{words}: exit {told}, {apart(named(out), expected)}, {self.said}")

    def pick(self, wanted: Callable[[Promise], bool]) -> Found | None:
        """Return a promise that is as wanted, by its record and id."""
        found = [
            (number, item, promise)
            for number, reply in sorted(self.records.items())
            for item, promise in reply.promises
            if wanted(promise)
        ]
        return self.dice.choice(found) if found else None

    def day(self, *after: date) -> date | None:
        """Return a day no later than today, no earlier than these; None where there is none."""
        first = max((REPLIED, *after))
        room = (self.today - first).days
        return first + timedelta(self.dice.randint(0, room)) if room >= 0 else None

    def days(self) -> list[tuple[date, date | None]]:
        """Return days to ask about, and by what was known on which."""
        span = (self.today - REPLIED).days
        asked = [REPLIED + timedelta(self.dice.randint(1, span + 400)) for _ in range(3)]
        known = [REPLIED + timedelta(self.dice.randint(100, span)) for _ in range(2)]
        return list(zip([self.today, *asked], [None, None, *known], strict=True))

    def deadline(self) -> date:
        return REPLIED + timedelta(self.dice.randint(1, 900))

    def path(self, number: int) -> Path:
        return self.root / "replies" / "2023" / f"2023-{number}.yaml"


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((root / "replies").rglob("*.yaml"))}


def asked(day: date, known: date | None) -> list[str]:
    return [
        "overdue",
        "--json",
        "--as-of",
        str(day),
        *(["--known-on", str(known)] if known else []),
    ]


def named(told: str) -> set[Row]:
    """Return the rows of an answer."""
    rows = json.loads(told) if told else []
    return {(row["id"], row["what"], row["status"], row["count"]) for row in rows}


def apart(told: set[Row], expected: set[Row]) -> str:
    return f"only told {sorted(told - expected)}, not told {sorted(expected - told)}"


def compare(soak: Soak) -> None:
    """Hold `overdue --json` on several days against the model and against a fresh index, and every
    file against the model.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        shutil.copytree(soak.root / "replies", copy / "replies")
        shutil.copy(soak.root / "schema.yaml", copy)
        for day, known in soak.days():
            words = asked(day, known)
            code, told = soak.typed(*words)
            fresh = soak.typed(*words, root=copy)
            expected = soak.rows(day, known)
            soak.compared += 1
            if code or named(told) != expected:
                soak.differ(f"{words}: exit {code}, {apart(named(told), expected)}")
            if (code, told) != fresh:
                soak.differ(f"{words}: a fresh index answers {fresh}, this one {(code, told)}")
    on_disk(soak)


def on_disk(soak: Soak) -> None:
    """Every record there is, with every entry, and no other."""
    paths = sorted((soak.root / "replies").rglob("*.yaml"))
    if {path.stem for path in paths} != {f"2023-{number}" for number in soak.records}:
        soak.differ(f"files {[path.stem for path in paths]}, records {sorted(soak.records)}")
    for number, reply in sorted(soak.records.items()):
        data: Any = yaml.load(soak.path(number).read_text("utf-8-sig"), yaml.CBaseLoader)
        found, expected = stored(data["measures"]), held(reply)
        if found != expected:
            soak.differ(f"2023-{number} holds {found}, to hold {expected}")


def run(root: Path, steps: int, seed: int) -> Soak:
    """Do so many steps in an empty folder; return what came of it."""
    (root / "replies" / "2023").mkdir(parents=True)
    (root / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    for name in ("NPCREPLY_DIR", "NPCREPLY_INDEX"):
        os.environ.pop(name, None)
    os.environ.update(NPCREPLY_USER="办公室", NPCREPLY_LANG="zh")
    soak = Soak(START, root=root, dice=random.Random(seed), turns=random.Random(-seed))
    soak.second = Second()
    for soak.step in range(1, steps + 1):
        act = soak.dice.choices([*ACTS], [*ACTS.values()])[0] if soak.records else add
        act(soak)
        if soak.step % 40 == 0:
            soak.today += timedelta(1)
        if soak.step % EVERY == 0 or soak.step == steps:
            compare(soak)
    soak.second.end()
    return soak


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="an empty or new folder")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve()
    root = given.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    # The mark of a known workspace: among this folder's files, not the user's.
    os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"] = str(root / "marks")
    soak = run(root, given.steps, given.seed)
    print("\n".join(soak.differences[:20]))
    print(
        f"seed {given.seed}: {given.steps} steps, {soak.processes} processes, "
        f"{soak.merges} merges, {soak.compared} comparisons, "
        f"{len(soak.differences)} differences; {root / 'soak.log'}"
    )
    return bool(soak.differences)


if __name__ == "__main__":
    sys.exit(main())
