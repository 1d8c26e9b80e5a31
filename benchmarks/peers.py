"""Programs that people would use instead, each with the same promises as its own tasks, asked what
is late. They are measured where they are installed; figures of others are not guessed.
"""

from __future__ import annotations

import csv
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.made import DAY, Item, Made, ids_in

CLOSED = ("done_early", "dropped")
NEVER = "2999-12-31"  # a ledger takes no entry without a day


@dataclass(frozen=True)
class Peer:
    """A program: how its files are made in a folder, what is typed, which ids an answer names."""

    name: str
    program: str
    fill: Callable[[Path, Made], None]
    command: Callable[[str, Path], list[str]]
    ids: Callable[[bytes], set[str]]


def at_hand() -> list[tuple[Peer, str]]:
    """The peers that are installed, each with the program's path."""
    found = ((peer, shutil.which(peer.program)) for peer in PEERS)
    return [(peer, path) for peer, path in found if path]


def _said(item: Item) -> str:
    return f"{item.id} {item.text}"


def _seconds(day: str) -> int:
    return int(datetime.fromisoformat(day).timestamp())


def _fill_taskwarrior(folder: Path, made: Made) -> None:
    """Its two files of version 2: open tasks, and those that are over."""
    lines: dict[str, list[str]] = {"pending": [], "completed": []}
    for number, item in enumerate(made.items):
        closed = item.status in CLOSED
        fields = {
            "description": _said(item),
            "due": str(_seconds(item.due)) if item.due else "",
            "end": str(_seconds(item.due or DAY)) if closed else "",
            "entry": str(_seconds("2023-05-20")),
            "project": item.body,
            "status": "completed" if closed else "pending",
            "uuid": str(uuid.UUID(int=number + 1, version=4)),
        }
        said = " ".join(f'{name}:"{value}"' for name, value in fields.items() if value)
        lines["completed" if closed else "pending"].append(f"[{said}]\n")
    for name, text in lines.items():
        (folder / f"{name}.data").write_text("".join(text), "utf-8")
    settings = [
        *(f"data.location={folder}", "confirmation=off", "verbose=nothing", "defaultwidth=0"),
        *("report.late.columns=due,project,description", "report.late.labels=due,who,what"),
        *(f"report.late.filter=status:pending due.before:{DAY}", "report.late.sort=due+"),
    ]
    (folder / "taskrc").write_text("\n".join(settings) + "\n", "utf-8")


def _fill_hledger(folder: Path, made: Made) -> None:
    """A transaction a promise on the day it is due, marked as pending or as cleared."""
    with (folder / "promises.journal").open("w", encoding="utf-8") as journal:
        for item in made.items:
            mark = "*" if item.status in CLOSED else "!"
            journal.write(
                f"{item.due or NEVER} {mark} {_said(item)}\n    承诺:{item.body}  1\n    应办\n\n"
            )


def _fill_todoman(folder: Path, made: Made) -> None:
    """A file a promise, as it keeps them; it asks its own clock, so that DAY is put on today."""
    todos = folder / "todos"
    todos.mkdir()
    shift = date.today() - date.fromisoformat(DAY)
    for number, item in enumerate(made.items):
        (todos / f"{number}.ics").write_text("\r\n".join(_ics(item, shift)) + "\r\n", "utf-8")
    settings = {"path": f"{folder}/*", "date_format": "%Y-%m-%d", "default_list": "todos"}
    settings |= {"time_format": "%H:%M", "cache_path": f"{folder}/cache.sqlite3"}
    text = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    (folder / "config.py").write_text(text, "utf-8")


def _ics(item: Item, shift: timedelta) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//npcreply//benchmarks//EN")
    yield from ("BEGIN:VTODO", f"UID:{item.id}", "DTSTAMP:20230520T000000Z")
    yield from (f"SUMMARY:{_said(item)}", f"CATEGORIES:{item.body}")
    if item.due:
        yield f"DUE:{date.fromisoformat(item.due) + shift:%Y%m%d}T000000"
    yield f"STATUS:{'COMPLETED' if item.status in CLOSED else 'NEEDS-ACTION'}"
    yield from ("END:VTODO", "END:VCALENDAR")


def _ids_in_text(printed: bytes) -> set[str]:
    return ids_in(printed.decode())


def _ids_in_csv(printed: bytes) -> set[str]:
    rows = csv.DictReader(printed.decode().splitlines())
    return {row["description"].partition(" ")[0] for row in rows}


def _ids_in_json(printed: bytes) -> set[str]:
    return {todo["summary"].partition(" ")[0] for todo in json.loads(printed)}


PEERS = (
    Peer(
        "taskwarrior",
        "task",
        _fill_taskwarrior,
        lambda program, folder: [program, f"rc:{folder / 'taskrc'}", "late"],
        _ids_in_text,
    ),
    Peer(
        "hledger",
        "hledger",
        _fill_hledger,
        lambda program, folder: [
            *(program, "-f", str(folder / "promises.journal"), "register", "承诺", "--pending"),
            *("-e", DAY, "-O", "csv"),
        ],
        _ids_in_csv,
    ),
    Peer(
        "todoman",
        "todo",
        _fill_todoman,
        lambda program, folder: [
            *(program, "--config", str(folder / "config.py"), "--porcelain", "list"),
            *("--status", "NEEDS-ACTION", "--due", "1"),
        ],
        _ids_in_json,
    ),
)
