"""Random command lines in one process, held against a model in plain Python kept beside them.

    python benchmarks/soak.py --steps 2000 --seed 1 --folder ../soak

A step is a command line (add, log, extend, done, reopen, set, rm, renumber, undo, redo; now and
then one that has to be refused), an edit by hand, or an index deleted or damaged. The model knows
records, promises, deadlines, extensions and closings, and nothing of the program. Every step's exit
code is what the model expects; at every hundredth step and the last, `overdue --json` on four days
must name what the model names, and give the very answer of a copy whose index is built anew. Every
step is in FOLDER/soak.log, and the same seed does the same steps: `--steps N` ends where a
difference came. Exit code 1 where anything differed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from npcreply import cli

START = date(2023, 6, 1)
REPLIED = date(2023, 2, 1)
KEPT = 500  # steps that undo goes back
EVERY = 100
MOST = 25  # records at a time
DATE = re.compile(r"deadline: \{date: ([0-9-]{10})\}")


@dataclass(frozen=True)
class Promise:
    """A deadline, and what happened to it: (day, new deadline) and (day, closed)."""

    deadline: date
    extensions: tuple[tuple[date, date], ...] = ()
    closings: tuple[tuple[date, bool], ...] = ()
    logs: int = 0

    @property
    def is_closed(self) -> bool:
        return bool(self.closings) and self.closings[-1][1]

    def due(self, day: date) -> date:
        return next((to for on, to in reversed(self.extensions) if on <= day), self.deadline)

    def is_late(self, day: date) -> bool:
        closed = next((closed for on, closed in reversed(self.closings) if on <= day), False)
        return not closed and self.due(day) < day


@dataclass(frozen=True)
class Reply:
    """A record: its promises by id, how many ids were ever given, and which edit it had last."""

    promises: tuple[tuple[int, Promise], ...]
    given: int
    edit: int = 0

    def changed(self, number: int, promise: Promise | None) -> Reply:
        held = dict(self.promises)
        held.pop(number, None) if promise is None else held.update({number: promise})
        return replace(self, promises=tuple(sorted(held.items())))


Records = dict[int, Reply | None]


@dataclass(frozen=True)
class Step:
    """One write that undo takes back: what was and what is, of each record that it touched."""

    before: Records
    after: Records


@dataclass
class Soak:
    """A workspace, its model, and the dice."""

    root: Path
    dice: random.Random
    records: dict[int, Reply] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    today: date = START
    step: int = 0
    compared: int = 0
    differences: list[str] = field(default_factory=list)
    said: str = ""

    def typed(self, *words: str, root: Path | None = None) -> tuple[int, str]:
        """Run a command line, here or in another workspace; return its exit code and answer."""
        os.environ["NPCREPLY_TODAY"] = f"{self.today}T09:00"
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.run(["-C", str(root or self.root), "--no-input", *words])
        self.note(f"{code} {self.today} {words}")
        if "程序出错" in err.getvalue():
            self.differ(f"{words}: {err.getvalue()}")
        self.said = err.getvalue()
        return code, out.getvalue()

    def note(self, line: str) -> None:
        with (self.root / "soak.log").open("a", encoding="utf-8") as log:
            log.write(f"{self.step} {line}\n")

    def differ(self, what: str) -> None:
        self.note(f"DIFFERENCE {what}")
        self.differences.append(f"step {self.step}: {what}")

    def write(self, after: Records, *words: str) -> None:
        """Run a command that has to succeed and makes these records so (None: gone)."""
        code, _out = self.typed(*words)
        if code:
            self.differ(f"{words}: exit {code}, {self.said}")
            return
        before: Records = {number: self.records.get(number) for number in after}
        self.become(after)
        self.done = [*self.done, Step(before, after)][-KEPT:]
        self.undone.clear()

    def become(self, after: Records) -> None:
        for number, reply in after.items():
            if reply is None:
                self.records.pop(number, None)
            else:
                self.records[number] = reply

    def refused(self, *words: str) -> None:
        """Run a command that has to be refused and to change no byte."""
        before = files(self.root)
        code, _out = self.typed(*words)
        if not code or files(self.root) != before:
            self.differ(f"{words}: exit {code}, to be refused, {self.said}")

    def pick(self, wanted: Callable[[Promise], bool]) -> tuple[int, int, Promise] | None:
        """Return a promise that is as wanted, by its record and id."""
        found = [
            (number, item, promise)
            for number, reply in sorted(self.records.items())
            for item, promise in reply.promises
            if wanted(promise)
        ]
        return self.dice.choice(found) if found else None

    def day(self, *after: date) -> date:
        """Return a day no later than today, no earlier than these."""
        first = max((REPLIED, *after))
        return first + timedelta(self.dice.randint(0, (self.today - first).days))

    def deadline(self) -> date:
        return REPLIED + timedelta(self.dice.randint(1, 900))


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((root / "replies").rglob("*.yaml"))}


def path_of(soak: Soak, number: int) -> Path:
    return soak.root / "replies" / "2023" / f"2023-{number}.yaml"


def add(soak: Soak) -> None:
    if len(soak.records) >= MOST:
        remove(soak)
        return
    number = soak.dice.choice([n for n in range(1, 400) if n not in soak.records])
    days = [soak.deadline() for _ in range(soak.dice.randint(1, 3))]
    words = ["--year", "2023", "--number", str(number), "--title", f"关于第{number}号路灯的建议"]
    words += ["--reply-date", str(REPLIED), "--lead", "市某局", "--yes"]
    for item, day in enumerate(days, 1):
        words += ["--text", f"装好第{item}条街的路灯", "--deadline", str(day)]
    made = tuple((item, Promise(day)) for item, day in enumerate(days, 1))
    soak.write({number: Reply(made, len(days))}, "add", *words)


def add_to(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    reply, day = soak.records[number], soak.deadline()
    new = replace(reply.changed(reply.given + 1, Promise(day)), given=reply.given + 1)
    words = ("--text", f"再装第{reply.given + 1}条街", "--deadline", str(day), "--yes")
    soak.write({number: new}, "add", "--to", f"2023-{number}", *words)


def log(soak: Soak) -> None:
    if found := soak.pick(lambda promise: not promise.is_closed):
        number, item, promise = found
        new = soak.records[number].changed(item, replace(promise, logs=promise.logs + 1))
        words = ("--note", f"第{soak.step}步", "--date", str(soak.day()), "--yes")
        soak.write({number: new}, "log", f"2023-{number}.{item}", *words)


def extend(soak: Soak) -> None:
    if found := soak.pick(lambda promise: not promise.is_closed):
        number, item, promise = found
        on = soak.day(*(on for on, _ in promise.extensions), *(on for on, _ in promise.closings))
        to = max(promise.due(date.max), on) + timedelta(soak.dice.randint(1, 200))
        later = replace(promise, extensions=(*promise.extensions, (on, to)))
        new = soak.records[number].changed(item, later)
        words = ("--to", str(to), "--on", str(on), "--reason", f"第{soak.step}步", "--yes")
        soak.write({number: new}, "extend", f"2023-{number}.{item}", *words)


def close(soak: Soak) -> None:
    turned(soak, "done", closed=True)


def reopen(soak: Soak) -> None:
    turned(soak, "reopen", closed=False)


def turned(soak: Soak, command: str, *, closed: bool) -> None:
    if found := soak.pick(lambda promise: promise.is_closed is not closed):
        number, item, promise = found
        on = soak.day(*(on for on, _ in promise.extensions), *(on for on, _ in promise.closings))
        new = replace(promise, closings=(*promise.closings, (on, closed)))
        words = ("--on", str(on), "--reason", f"第{soak.step}步", "--yes")
        reply = soak.records[number].changed(item, new)
        soak.write({number: reply}, command, f"2023-{number}.{item}", *words)


def correct(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    new = replace(soak.records[number], edit=soak.step)
    soak.write({number: new}, "set", f"2023-{number}", f"title=第{soak.step}步改的题目", "--yes")


def earlier(soak: Soak) -> None:
    room = REPLIED + timedelta(2)
    if found := soak.pick(lambda promise: not promise.extensions and promise.deadline > room):
        number, item, promise = found
        day = REPLIED + timedelta(soak.dice.randint(1, (promise.deadline - REPLIED).days - 1))
        new = soak.records[number].changed(item, replace(promise, deadline=day))
        soak.write({number: new}, "set", f"2023-{number}.{item}", f"deadline={day}", "--yes")


def remove(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    soak.write({number: None}, "rm", f"2023-{number}", "--yes")


def remove_promise(soak: Soak) -> None:
    several = [n for n, reply in sorted(soak.records.items()) if len(reply.promises) > 1]
    if several:
        number = soak.dice.choice(several)
        item = soak.dice.choice(soak.records[number].promises)[0]
        new = soak.records[number].changed(item, None)
        soak.write({number: new}, "rm", f"2023-{number}.{item}", "--yes")


def renumber(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    to = soak.dice.choice([n for n in range(1, 400) if n not in soak.records])
    after: Records = {number: None, to: soak.records[number]}
    soak.write(after, "renumber", f"2023-{number}", str(to), "--yes")


def undo(soak: Soak) -> None:
    back_and_forth(soak, "undo", soak.done, soak.undone)


def redo(soak: Soak) -> None:
    back_and_forth(soak, "redo", soak.undone, soak.done)


def back_and_forth(soak: Soak, command: str, steps: list[Step], others: list[Step]) -> None:
    """Take the last step back, unless one of its files was changed since."""
    if not steps:
        soak.typed(command)
        return
    step = steps[-1]
    now, then = (step.after, step.before) if command == "undo" else (step.before, step.after)
    if any(soak.records.get(number) != reply for number, reply in now.items()):
        soak.refused(command)
        return
    code, _out = soak.typed(command)
    if code:
        soak.differ(f"{command}: exit {code}, {soak.said}")
        return
    soak.become(then)
    others.append(steps.pop())


def refuse(soak: Soak) -> None:
    """Type what has to be refused: closed twice, no such promise, a day to come, a number taken."""
    number, item, promise = soak.pick(lambda _promise: True) or (1, 1, Promise(START))
    name = f"2023-{number}.{item}"
    tomorrow = str(soak.today + timedelta(1))
    wrong = [
        ("log", f"2023-{number}.99", "--note", "无"),
        ("log", name, "--note", "无", "--date", tomorrow, "--yes"),
        ("extend", name, "--to", str(promise.due(date.max)), "--reason", "无", "--yes"),
        ("set", f"2023-{number}", "nosuchfield=1", "--yes"),
        ("reopen" if not promise.is_closed else "done", name, "--reason", "无", "--yes"),
    ]
    if len(soak.records) > 1:
        other = next(n for n in sorted(soak.records) if n != number)
        wrong.append(("renumber", f"2023-{number}", str(other), "--yes"))
    soak.refused(*soak.dice.choice(wrong))


def by_hand(soak: Soak) -> None:
    """Change a record with an editor: a first deadline, in place or by a new file, at times with
    the size and the time of change that it had.
    """
    number = soak.dice.choice(sorted(soak.records))
    path, reply = path_of(soak, number), soak.records[number]
    text, day = path.read_bytes().decode(), soak.deadline()
    old, (item, promise) = path.stat(), reply.promises[0]
    new = DATE.sub(f"deadline: {{date: {day}}}", text, count=1)
    if (promise.extensions and day >= promise.extensions[0][1]) or promise.deadline == day:
        return
    how = soak.dice.choice(("in place", "new file", "time kept"))
    target = path.with_suffix(".tmp") if how == "new file" else path
    target.write_bytes(new.encode())
    if how == "new file":
        target.replace(path)
    elif how == "time kept":
        os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    soak.records[number] = reply.changed(item, replace(promise, deadline=day))
    soak.note(f"by hand, {how}: 2023-{number}.{item} {day}")


def lose_index(soak: Soak) -> None:
    shutil.rmtree(soak.root / ".npcreply" / "index", ignore_errors=True)
    soak.note("index deleted")


def damage_index(soak: Soak) -> None:
    path = soak.root / ".npcreply" / "index" / "index.sqlite"
    if path.is_file() and path.stat().st_size:
        damaged = bytearray(path.read_bytes())
        for _ in range(soak.dice.randint(1, 200)):
            damaged[soak.dice.randrange(len(damaged))] = soak.dice.randrange(256)
        path.write_bytes(damaged[: soak.dice.choice((len(damaged), len(damaged) // 2))])
        soak.note("index damaged")


ACTS: dict[Callable[[Soak], None], int] = {
    add: 8,
    add_to: 6,
    log: 16,
    extend: 10,
    close: 10,
    reopen: 6,
    correct: 5,
    earlier: 5,
    remove: 2,
    remove_promise: 3,
    renumber: 4,
    undo: 12,
    redo: 8,
    refuse: 8,
    by_hand: 8,
    lose_index: 1,
    damage_index: 2,
}


def compare(soak: Soak) -> None:
    """Hold `overdue --json` on several days against the model and against a fresh index."""
    span = (soak.today - REPLIED).days
    days = [soak.today, *(REPLIED + timedelta(soak.dice.randint(1, span + 400)) for _ in range(3))]
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        shutil.copytree(soak.root / "replies", copy / "replies")
        shutil.copy(soak.root / "schema.yaml", copy)
        for day in days:
            words = ("overdue", "--json", "--as-of", str(day))
            code, told = soak.typed(*words)
            fresh = soak.typed(*words, root=copy)
            named = {row["id"] for row in json.loads(told)} if code == 0 else {f"exit {code}"}
            expected = late(soak, day)
            soak.compared += 1
            if named != expected:
                soak.differ(f"{day}: only told {named - expected}, not told {expected - named}")
            if (code, told) != fresh:
                soak.differ(f"{day}: a fresh index answers {fresh}, this one {(code, told)}")


def late(soak: Soak, day: date) -> set[str]:
    return {
        f"2023-{number}.{item}"
        for number, reply in soak.records.items()
        for item, promise in reply.promises
        if promise.is_late(day)
    }


def run(root: Path, steps: int, seed: int) -> Soak:
    """Do so many steps in an empty folder; return what came of it."""
    (root / "replies" / "2023").mkdir(parents=True)
    (root / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    for name in ("NPCREPLY_DIR", "NPCREPLY_INDEX"):
        os.environ.pop(name, None)
    os.environ.update(NPCREPLY_USER="办公室", NPCREPLY_LANG="zh")
    soak = Soak(root, random.Random(seed))
    for soak.step in range(1, steps + 1):
        act = soak.dice.choices([*ACTS], [*ACTS.values()])[0] if soak.records else add
        act(soak)
        if soak.step % 40 == 0:
            soak.today += timedelta(1)
        if soak.step % EVERY == 0 or soak.step == steps:
            compare(soak)
    return soak


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="an empty or new folder")
    given = parser.parse_args()
    root = given.folder or Path(tempfile.mkdtemp(prefix="soak-"))
    # The mark of a known workspace: among this folder's files, not the user's.
    os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"] = str(root / "marks")
    soak = run(root, given.steps, given.seed)
    print("\n".join(soak.differences[:20]))
    print(
        f"seed {given.seed}: {given.steps} steps, {soak.compared} comparisons, "
        f"{len(soak.differences)} differences; {root / 'soak.log'}"
    )
    return bool(soak.differences)


if __name__ == "__main__":
    sys.exit(main())
