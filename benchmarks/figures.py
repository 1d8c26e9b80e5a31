"""What is measured: each figure's command, what must be done before and after it, what it must
answer, and what is wanted of it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from benchmarks import peers
from benchmarks.made import DAY, PROMISES, Item, Made, ids_in

FLOOR = """
import os, sqlite3, sys
root, count = sys.argv[1], 0
for folder, _folders, files in os.walk(os.path.join(root, "replies")):
    for name in files:
        os.stat(os.path.join(folder, name))
        count += 1
connection = sqlite3.connect(sys.argv[2])
connection.execute("SELECT path, item FROM promise WHERE met = 0 AND due < 20240105").fetchall()
print(count)
"""
NAIVE = """
import pathlib, sys, yaml
read = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for path in pathlib.Path(sys.argv[1], "replies").rglob("*.yaml"))
print(sum(len(record["measures"]) for record in read))
"""
PASS, NAIVELY, PLAIN, COLD = "python -c pass", "naive parse", "overdue", "cold build"
WARM, WHOLE, BUILD = "warm", "whole", "build"
NOTE = "测量时记的一笔"


@dataclass
class Bench:
    """A made workspace, a folder for what measuring leaves behind; what was found beside a figure,
    and the seconds that the last index took.
    """

    made: Made
    folder: Path
    notes: dict[str, float] = field(default_factory=dict)
    cold: float = 0.0

    @property
    def root(self) -> Path:
        return self.made.root

    @property
    def out(self) -> Path:
        return self.folder / "answer"

    @property
    def book(self) -> Path:
        return self.folder / "book.xlsx"

    @property
    def index(self) -> Path:
        """The index of the version that is measured: the one used last."""
        found = self.root.glob(".npcreply/index/index*.sqlite")
        return max(found, key=lambda path: path.stat().st_mtime_ns)

    @property
    def files(self) -> int:
        return len(self.made.items) // PROMISES

    @cached_property
    def late(self) -> set[str]:
        return set(self.made.late)

    @cached_property
    def body(self) -> str:
        """A department that owes something late."""
        return next(item.body for item in self.made.items if item.status == "overdue")

    @cached_property
    def middle(self) -> list[Item]:
        """The promises of a reply in the middle of the archive."""
        start = self.files // 2 * PROMISES
        return list(self.made.items[start : start + PROMISES])

    @cached_property
    def logged(self) -> Item:
        """A promise that an entry changes nothing of: undated, without a number."""
        rest = self.made.items[(self.files // 2 + 1) * PROMISES :]
        return next(item for item in rest if item.status in ("undated", "conditional"))

    def file(self, item: Item) -> Path:
        reply = item.id.partition(".")[0]
        return self.root / "replies" / reply[:4] / f"{reply}.yaml"

    def npcreply(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "npcreply", *words]

    def asked(self, *words: str) -> list[str]:
        return self.npcreply("-C", str(self.root), *words, "--as-of", DAY)

    def run(self, *words: str) -> bytes:
        """Run the program unmeasured, to its end."""
        done = subprocess.run(self.asked(*words), capture_output=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(words)}: {done.stderr.decode(errors='replace')}")
        return done.stdout


@dataclass(frozen=True)
class Figure:
    """A row of the tables. `right` returns what is wrong with an answer, "" where nothing is;
    `needs` are figures that it is held against, and so measured in the same rounds.
    """

    name: str
    group: str
    command: Callable[[Bench], list[str]]
    right: Callable[[bytes, Bench], str]
    before: Callable[[Bench], None] | None = None
    after: Callable[[Bench], None] | None = None
    needs: tuple[str, ...] = ()
    wanted: str = ""
    is_peer: bool = False


def same(found: object, wanted: object, what: str) -> str:
    """What to say where something else was found, of sets which are missing and which too many."""
    if found == wanted:
        return ""
    if isinstance(found, set) and isinstance(wanted, set):
        missing, more = sorted(wanted - found), sorted(found - wanted)
        return f"{what}: {len(missing)} missing {missing[:3]}, {len(more)} too many {more[:3]}"
    return f"{what}: {found!r}, wanted {wanted!r}"


def is_late(answer: bytes, bench: Bench) -> str:
    """The screen names what is late, and says how much is soon due and undated."""
    text = answer.decode()
    soon, undated = counted(bench, "due_soon"), counted(bench, "undated", "conditional")
    missing = [
        words
        for words in (f"逾期 {len(bench.late)} 项", f"到期 {soon} 项", f"未定时限 {undated} 项")
        if words not in text
    ]
    return same(ids_in(text), bench.late, "late") or same(missing, [], "not said")


def is_late_in_json(answer: bytes, bench: Bench) -> str:
    found = {row["id"] for row in json.loads(answer) if row["status"] == "overdue"}
    return same(found, bench.late, "late")


def is_late_of_body(answer: bytes, bench: Bench) -> str:
    items = bench.made.items
    wanted = {i.id for i in items if i.status == "overdue" and i.body == bench.body}
    return same(ids_in(answer.decode()), wanted, "late")


def counted(bench: Bench, *statuses: str) -> int:
    return sum(item.status in statuses for item in bench.made.items)


def is_floor(answer: bytes, bench: Bench) -> str:
    return same(int(answer), bench.files, "files")


def is_parsed(answer: bytes, bench: Bench) -> str:
    return same(int(answer), len(bench.made.items), "promises")


def is_shown(answer: bytes, bench: Bench) -> str:
    text = answer.decode()
    missing = [i.id for i in bench.middle if i.id not in text or i.text not in text]
    return same(missing, [], "promises that are not shown")


def is_listed(answer: bytes, bench: Bench) -> str:
    replies = {item.id.partition(".")[0] for item in bench.made.items}
    newest = max(reply[:4] for reply in replies)
    wanted = sorted(reply for reply in replies if reply.startswith(newest))[:5]
    found = re.findall(r"(?<=  )\d{4}-\d{5}(?=  )", answer.decode())
    total = f"共 {bench.files} 件，承诺 {len(bench.made.items)} 项"
    return same(found, wanted, "replies") or same(total in answer.decode(), True, total)


def is_id_completed(answer: bytes, bench: Bench) -> str:
    found = dict(line.split("\t") for line in answer.decode().splitlines())
    wanted = [item.id for item in bench.middle]
    told = all(bench.middle[n].text[:20] in found.get(name, "") for n, name in enumerate(wanted))
    return same(list(found), wanted, "ids") or same(told, True, "with their texts")


def are_bodies_completed(answer: bytes, bench: Bench) -> str:
    return same(set(answer.decode().split()), {i.body for i in bench.made.items}, "bodies")


def is_logged(answer: bytes, bench: Bench) -> str:
    text = bench.file(bench.logged).read_text("utf-8")
    said = same(text.count(NOTE), 1, "entries in the file")
    return said or same(bench.logged.id in answer.decode(), True, "the promise is named")


def take_back(bench: Bench) -> None:
    """Put the record back as it was, and let the index see it."""
    path = bench.file(bench.logged)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if NOTE in line)
    start = max(number for number in range(at) if lines[number].startswith("    log:"))
    path.write_text("".join(lines[:start] + lines[_end_of_log(lines, start) :]), "utf-8")
    bench.run("overdue")


def _end_of_log(lines: list[str], start: int) -> int:
    after = (n for n in range(start + 1, len(lines)) if not lines[n].startswith("      "))
    return next(after, len(lines))


def edit(bench: Bench) -> None:
    """Change one file as an editor does, behind the program's back."""
    path = bench.file(bench.middle[0])
    path.write_text(path.read_text("utf-8") + "# 又及\n", "utf-8")


def other_version(bench: Bench) -> None:
    """Let another version of the program answer in between, from an index of its own."""
    copy = bench.folder / "other"
    if not copy.exists():
        _copied(package(), copy)
    environ = {**os.environ, "PYTHONPATH": str(copy)}
    found = subprocess.run(bench.asked(PLAIN), capture_output=True, check=True, env=environ).stdout
    if said := is_late(found, bench):
        sys.exit(f"another version: {said}")


def _copied(original: Path, copy: Path) -> None:
    """A copy of the package that differs in one line, with the contract beside it."""
    shutil.copytree(original, copy / "npcreply", ignore=shutil.ignore_patterns("__pycache__"))
    for contract in original.parent.glob("schema.yaml"):
        shutil.copy(contract, copy)
    with (copy / "npcreply" / "index" / "rows.py").open("a", encoding="utf-8") as module:
        module.write("# another version\n")


def package() -> Path:
    """The folder of the version that is measured."""
    asked = "import npcreply, os; print(os.path.dirname(npcreply.__file__))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    return Path(done.stdout.strip())


def statuses_in_csv(answer: bytes, bench: Bench) -> str:
    rows = csv.DictReader(io.StringIO(answer.decode(), newline=""))
    return _statuses({row["id"]: row["status"] for row in rows}, bench)


def statuses_in_json(answer: bytes, bench: Bench) -> str:
    return _statuses({row["id"]: row["status"] for row in json.loads(answer)}, bench)


def _statuses(found: dict[str, str], bench: Bench) -> str:
    wanted = {item.id: item.status for item in bench.made.items}
    return same(set(found.items()), set(wanted.items()), "promises and how they stand")


def is_book(_answer: bytes, bench: Bench) -> str:
    """The second sheet has a row for each late promise, the third for each promise; two heads."""
    rows = []
    with zipfile.ZipFile(bench.book) as parts:
        for number in (2, 3):
            with parts.open(f"xl/worksheets/sheet{number}.xml") as sheet:
                rows.append(_rows(sheet) - 2)
    bench.notes["bytes"] = bench.book.stat().st_size
    return same(rows, [len(bench.late), len(bench.made.items)], "rows of the sheets")


def _rows(sheet: IO[bytes]) -> int:
    count, tail = 0, b""
    while part := sheet.read(1 << 20):
        whole = tail + part
        count += whole.count(b"<row ")
        tail = whole[-4:]
    return count


def are_stats(answer: bytes, bench: Bench) -> str:
    total = json.loads(answer)[-1]
    names = ("overdue", "due_soon", "open", "undated", "conditional", "done_early", "dropped")
    wanted = {name: counted(bench, name) for name in names}
    wanted |= {"replies": bench.files, "promises": len(bench.made.items)}
    found = {name: total.get(name, 0) for name in wanted}
    return same(found, wanted, "totals")


def is_reported(answer: bytes, bench: Bench) -> str:
    text = answer.decode()
    return same({name for name in bench.late if name in text}, bench.late, "late on the page")


def is_checked(answer: bytes, bench: Bench) -> str:
    return same(f"查了 {bench.files} 个文件：错误 0，疑点 0" in answer.decode(), True, "checked")


def is_built(answer: bytes, bench: Bench) -> str:
    files, promises = bench.files, len(bench.made.items)
    size = sum(path.stat().st_size for path in bench.root.glob("replies/*/*.yaml"))
    bench.notes |= {"share": bench.index.stat().st_size / size, "files": files}
    wanted = f"{files} 个文件，{files} 件记录，{promises} 项承诺"
    return same(wanted in answer.decode(), True, wanted)


def kill_half_way(bench: Bench) -> None:
    """Make an index from nothing and kill the process when half of the usual time is over."""
    shutil.rmtree(bench.root / ".npcreply" / "index", ignore_errors=True)
    process = subprocess.Popen(bench.asked(PLAIN), stdout=subprocess.DEVNULL)
    time.sleep(bench.cold / 2)
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    bench.notes["kept"] = 0.0
    with suppress(ValueError, sqlite3.Error), closing(sqlite3.connect(bench.index)) as index:
        (count,) = index.execute("SELECT count(*) FROM file").fetchone()
        bench.notes["kept"] = count / bench.files


def _python(code: str, *places: Callable[[Bench], Path]) -> Callable[[Bench], list[str]]:
    return lambda bench: [sys.executable, "-c", code, *(str(place(bench)) for place in places)]


def _asked(*words: str) -> Callable[[Bench], list[str]]:
    return lambda bench: bench.asked(*words)


def _tab(last: Callable[[Bench], tuple[str, ...]]) -> Callable[[Bench], list[str]]:
    return lambda bench: bench.npcreply("--complete", "-C", str(bench.root), *last(bench))


def _log(bench: Bench) -> list[str]:
    return bench.npcreply("-C", str(bench.root), "log", bench.logged.id, "--note", NOTE)


FIGURES = (
    Figure(
        "floor", WARM, _python(FLOOR, lambda b: b.root, lambda b: b.index), is_floor, is_peer=True
    ),
    Figure(PLAIN, WARM, _asked(PLAIN), is_late, wanted="10 / 12 / 30 P, 40 MiB"),
    Figure("overdue --json", WARM, _asked(PLAIN, "--json"), is_late_in_json),
    Figure("overdue --dept", WARM, lambda b: b.asked(PLAIN, "--dept", b.body), is_late_of_body),
    Figure(
        "overdue --known-on",
        WARM,
        _asked(PLAIN, "--known-on", "2024-01-01"),
        is_late,
        needs=(PLAIN,),
        wanted="1.5 of plain",
    ),
    Figure(
        "one edit outside, then overdue",
        WARM,
        _asked(PLAIN),
        is_late,
        before=edit,
        needs=(PLAIN,),
        wanted="+ 3 P at 10k, + 5 P at 100k",
    ),
    Figure(
        "overdue, another version in between",
        WARM,
        _asked(PLAIN),
        is_late,
        before=other_version,
        needs=(PLAIN,),
        wanted="as plain",
    ),
    Figure(
        "show",
        WARM,
        lambda b: b.asked("show", b.middle[0].id.partition(".")[0]),
        is_shown,
        wanted="+ 2 P at 100k",
    ),
    Figure("log --note", WARM, _log, is_logged, after=take_back, wanted="+ 2 P at 100k"),
    Figure("list --limit 5", WARM, _asked("list", "--limit", "5"), is_listed),
    Figure(
        "completing an id",
        WARM,
        _tab(lambda b: ("log", b.middle[0].id[:-1])),
        is_id_completed,
        wanted="8 P at 10k, 12 P at 100k",
    ),
    Figure(
        "completing --dept",
        WARM,
        _tab(lambda _b: (PLAIN, "--dept", "")),
        are_bodies_completed,
        wanted="8 P at 10k, 12 P at 100k",
    ),
    Figure(
        "export -o book.xlsx",
        WHOLE,
        lambda b: b.asked("export", "-o", str(b.book)),
        is_book,
        wanted="4 s at 10k, 40 s at 100k",
    ),
    Figure("export (csv)", WHOLE, _asked("export", "--headers", "machine"), statuses_in_csv),
    Figure("export --format json", WHOLE, _asked("export", "--format", "json"), statuses_in_json),
    Figure("stats --json", WHOLE, _asked("stats", "--json"), are_stats),
    Figure("report", WHOLE, _asked("report"), is_reported),
    Figure("check", WHOLE, _asked("check"), is_checked, wanted="3 s at 10k, 30 s at 100k"),
    Figure(NAIVELY, BUILD, _python(NAIVE, lambda b: b.root), is_parsed, is_peer=True),
    Figure(
        COLD,
        BUILD,
        lambda b: b.npcreply("-C", str(b.root), "index", "--rebuild"),
        is_built,
        needs=(NAIVELY,),
        wanted="0.7 of a naive parse, 100 MiB, index 0.8",
    ),
    Figure(
        "killed half way, then overdue",
        BUILD,
        _asked(PLAIN),
        is_late,
        before=kill_half_way,
        needs=(COLD, NAIVELY),
        wanted="goes on where it stopped",
    ),
)


def of_peer(peer: peers.Peer, program: str) -> Figure:
    """A peer's answer to what is late; its files are made before the first round."""

    def folder(bench: Bench) -> Path:
        return bench.folder / peer.name

    def fill(bench: Bench) -> None:
        if not folder(bench).exists():
            folder(bench).mkdir()
            peer.fill(folder(bench), bench.made)

    return Figure(
        peer.name,
        WARM,
        lambda bench: peer.command(program, folder(bench)),
        lambda answer, bench: same(peer.ids(answer), bench.late, "late"),
        before=fill,
        is_peer=True,
    )


def chosen(only: list[str]) -> list[Figure]:
    """Every figure that can be measured here, or those whose names have one of the words, with what
    they are held against. A word that names none ends the program.
    """
    every = [*FIGURES, *(of_peer(*one) for one in peers.at_hand())]
    for word in only:
        if not any(word in figure.name for figure in every):
            sys.exit(
                f"--only {word}: no such figure; there are: {', '.join(f.name for f in every)}"
            )
    wanted = {f.name for f in every if not only or any(word in f.name for word in only)}
    wanted |= {need for figure in every if figure.name in wanted for need in figure.needs}
    return [figure for figure in every if figure.name in wanted]
