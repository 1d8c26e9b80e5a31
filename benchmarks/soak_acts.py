"""The steps of a soak: each types a command line, or changes files as people do, and tells the
model what has to come of it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from soak_model import REPLIED, Event, Promise, Records, Reply, Step

from npcreply.index import engine

if TYPE_CHECKING:
    from soak import Soak

MOST = 14  # records at a time
NUMBERS = range(1, 400)
DATE = re.compile(r"deadline: \{date: ([0-9-]{10})\}")
Found = tuple[int, int, Promise]


def is_open(promise: Promise) -> bool:
    return not promise.is_closed


def free(soak: Soak) -> int:
    return soak.dice.choice([n for n in NUMBERS if n not in soak.records])


def new_promise(soak: Soak) -> tuple[Promise, tuple[str, str, str]]:
    """Return a promise and how it is typed: its text, its number to reach, how often it reports."""
    kind = soak.dice.choices(("plain", "target", "monthly"), (6, 3, 2))[0]
    if kind == "monthly":
        day = soak.deadline() if soak.dice.random() < 0.5 else None
        return Promise(day, monthly=True), ("通报进展", "", "每月")
    if kind == "target":
        number = soak.dice.randint(2, 90)
        return Promise(soak.deadline(), target=number), ("装好路灯", f"装灯 {number}盏", "")
    return Promise(soak.deadline()), ("修好这条街", "", "")


def typed(made: list[tuple[Promise, tuple[str, str, str]]]) -> list[str]:
    """Return the options that enter these promises, each by its place."""
    words: list[str] = []
    for place, (promise, (text, target, cadence)) in enumerate(made, 1):
        words += ["--text", f"{text}（{place}）"]
        words += ["--deadline", f"{place}:{promise.deadline}"] if promise.deadline else []
        words += ["--target", f"{place}:{target}"] if target else []
        words += ["--cadence", f"{place}:{cadence}"] if cadence else []
    return [*words, "--yes"]


def add(soak: Soak) -> None:
    if len(soak.records) >= MOST:
        remove(soak)
        return
    number = free(soak)
    made = [new_promise(soak) for _ in range(soak.dice.randint(1, 3))]
    reply = Reply(tuple(enumerate((promise for promise, _said in made), 1)), len(made))
    words = ["--year", "2023", "--number", str(number), "--title", f"关于第{number}号路灯的建议"]
    words += ["--reply-date", str(REPLIED), "--lead", "市某局", *typed(made)]
    soak.write({number: reply}, "add", *words)


def add_to(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    made = new_promise(soak)
    new = soak.records[number].with_promise(made[0])
    soak.write({number: new}, "add", "--to", f"2023-{number}", *typed([made]))


def happened(soak: Soak, found: Found, kind: str, event: Event, *words: str) -> None:
    """Enter something that happened to a promise."""
    number, item, promise = found
    reply = soak.records[number].changed(item, promise.with_event(kind, event))
    command = {"logs": "log", "extensions": "extend"}.get(kind) or (
        "done" if event.said else "reopen"
    )
    soak.write({number: reply}, command, f"2023-{number}.{item}", *words, "--yes")


def log(soak: Soak) -> None:
    found = soak.pick(is_open)
    day = soak.day()
    if not found or not day:
        return
    words, said = ["--date", str(day), "--note", f"第{soak.step}步"], None
    if found[2].target and soak.dice.random() < 0.7:
        said = soak.dice.randint(0, 120)
        words += ["--value", soak.dice.choice((str(said), f"{said}盏"))]
    happened(soak, found, "logs", Event(day, said, soak.today), *words)


def after_all(promise: Promise) -> list[date]:
    return [event.on for event in (*promise.extensions, *promise.closings)]


def extend(soak: Soak) -> None:
    found = soak.pick(lambda promise: is_open(promise) and bool(promise.due(date.max)))
    on = soak.day(*after_all(found[2])) if found else None
    if found and on:
        to = max(found[2].due(date.max) or on, on) + timedelta(soak.dice.randint(1, 200))
        words = ("--to", str(to), "--on", str(on), "--reason", f"第{soak.step}步")
        happened(soak, found, "extensions", Event(on, to, soak.today), *words)


def close(soak: Soak) -> None:
    """Close a promise; what is not yet kept is refused without a reason."""
    found = soak.pick(is_open)
    on = soak.day(*after_all(found[2])) if found else None
    if not found or not on:
        return
    number, item, promise = found
    short = bool(promise.target) and not promise.is_met(on)
    endless = promise.monthly and not promise.due(soak.today)
    if short or endless or (promise.monthly and promise.missing(on)):
        soak.refused("done", f"2023-{number}.{item}", "--on", str(on), "--yes")
    words = ("--on", str(on), "--reason", f"第{soak.step}步")
    happened(soak, found, "closings", Event(on, True, soak.today), *words)


def reopen(soak: Soak) -> None:
    found = soak.pick(lambda promise: promise.is_closed)
    on = soak.day(*after_all(found[2])) if found else None
    if found and on:
        words = ("--on", str(on), "--reason", f"第{soak.step}步")
        happened(soak, found, "closings", Event(on, False, soak.today), *words)


def correct(soak: Soak) -> None:
    number = soak.dice.choice(sorted(soak.records))
    new = replace(soak.records[number], edit=soak.step)
    soak.write({number: new}, "set", f"2023-{number}", f"title=第{soak.step}步改的题目", "--yes")


def can_be_earlier(promise: Promise) -> bool:
    room = REPLIED + timedelta(2)
    return not promise.extensions and bool(promise.deadline) and promise.deadline > room


def earlier_day(soak: Soak, promise: Promise) -> date:
    latest = promise.deadline or REPLIED
    return REPLIED + timedelta(soak.dice.randint(1, (latest - REPLIED).days - 1))


def earlier(soak: Soak) -> None:
    if found := soak.pick(can_be_earlier):
        number, item, promise = found
        day = earlier_day(soak, promise)
        new = soak.records[number].changed(item, replace(promise, deadline=day))
        soak.write({number: new}, "set", f"2023-{number}.{item}", f"deadline={day}", "--yes")


def revise(soak: Soak) -> None:
    found = soak.pick(lambda promise: is_open(promise) and bool(promise.target))
    on = soak.day(*(event.on for event in found[2].revised)) if found else None
    if not found or not on:
        return
    number, item, promise = found
    now = [promise.target, *(event.said for event in promise.revised)][-1]
    to = soak.dice.choice([n for n in range(2, 90) if n != now])
    new = promise.with_event("revised", Event(on, to, soak.today))
    words = (f"value={to}", "--target", "1", "--on", str(on), "--reason", "改", "--yes")
    reply = soak.records[number].changed(item, new)
    soak.write({number: reply}, "set", f"2023-{number}.{item}", *words)


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
    to = free(soak)
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
    if soak.succeeds(command):
        soak.become(then)
        others.append(steps.pop())


def refuse(soak: Soak) -> None:
    """Type what has to be refused: closed twice, no such promise, a day to come, a number taken."""
    number, item, promise = soak.pick(lambda _promise: True) or (1, 1, Promise(REPLIED))
    name = f"2023-{number}.{item}"
    tomorrow = str(soak.today + timedelta(1))
    wrong = [
        ("log", f"2023-{number}.99", "--note", "无"),
        ("log", name, "--note", "无", "--date", tomorrow, "--yes"),
        ("log", name, "--value", "许多", "--yes"),
        ("set", f"2023-{number}", "nosuchfield=1", "--yes"),
        ("overdue", "--dept", "没有这个局"),
        ("import", str(soak.root / "没有.csv"), "--yes"),
    ]
    closed = {promise.closed_on(day, None) for day in (soak.today, date.max)}
    if len(closed) == 1:  # after the clock went back, what is to come has not happened
        wrong.append(("done" if closed.pop() else "reopen", name, "--reason", "无", "--yes"))
    if promise.due(date.max):
        wrong.append(
            ("extend", name, "--to", str(promise.due(date.max)), "--reason", "无", "--yes")
        )
    if len(soak.records) > 1:
        other = next(n for n in sorted(soak.records) if n != number)
        wrong.append(("renumber", f"2023-{number}", str(other), "--yes"))
    soak.refused(*soak.dice.choice(wrong))


def by_table(soak: Soak) -> None:
    """Export the ledger, change some cells as in a spreadsheet, import it: one step."""
    table = soak.root / "台账.csv"
    if not soak.succeeds("export", "--preset", "full", "-o", str(table)):
        return
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    after: Records = {}
    for row in soak.dice.sample(rows, min(3, len(rows))):
        number, item = map(int, row["承诺编号"].removeprefix("2023-").split("."))
        reply = after.get(number) or soak.records[number]
        new = cell_changed(soak, row, dict(reply.promises)[item])
        if new:
            after[number] = reply.changed(item, new)
    number = soak.dice.choice(sorted(soak.records))
    after[number] = replace(after.get(number) or soak.records[number], edit=soak.step)
    for row in rows:
        if row["编号"] == str(number):
            row["标题"] = f"第{soak.step}步在表里改的题目"
    with table.open("w", encoding=soak.dice.choice(("utf-8-sig", "gb18030")), newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    soak.write(after, "import", str(table), "--yes")


def cell_changed(soak: Soak, row: dict[str, str], promise: Promise) -> Promise | None:
    """Change a row: an earlier deadline, or a figure with its day; return the promise after it."""
    if promise.target and is_open(promise) and soak.dice.random() < 0.6:
        last = max((event.on for event in promise.logs), default=REPLIED)
        least = max([1, *(event.said + 1 for event in promise.logs if event.said is not None)])
        told = [event.said for event in promise.logs if event.said]
        wanted = [event.said for event in promise.revised if event.said]
        most = 9 * min([promise.target, *wanted, *told])
        if last >= soak.today or least > most:
            return None  # less than before, or ten times as much, is asked about
        said = soak.dice.randint(least, most)
        row["当前值"], row["数据截至"] = str(said), str(soak.today)
        return promise.with_event("logs", Event(soak.today, said, soak.today))
    if can_be_earlier(promise):
        day = earlier_day(soak, promise)
        row["时限"] = str(day)
        return replace(promise, deadline=day)
    return None


def merged(soak: Soak) -> None:
    """Two clerks change copies of one record; git's merge driver brings both together."""
    number = soak.dice.choice(sorted(soak.records))
    path, base = soak.path(number), soak.records[number]
    sides = soak.dice.sample(range(len(SIDES)), 2)
    here, there = (
        SIDES[side](soak, number, base, who) for side, who in zip(sides, "此彼", strict=True)
    )
    if not here or not there:
        return
    was, other = path.read_bytes(), another(soak, path)
    if not soak.write({number: here[0]}, *here[1]) or not soak.succeeds(*there[1], root=other):
        return
    versions = [other / name for name in ("base", "ours", "theirs")]
    mine, theirs = path.read_bytes(), (other / "replies" / "2023" / path.name).read_bytes()
    for version, data in zip(versions, (was, mine, theirs), strict=True):
        version.write_bytes(data)
    name = path.relative_to(soak.root).as_posix()
    if soak.succeeds("merge-record", *map(str, versions), name):
        path.write_bytes(versions[1].read_bytes())
        both = base
        for side in sorted(sides):  # of two new promises the one due earlier keeps its number
            both = (SIDES[side](soak, number, both, "") or (both,))[0]
        soak.by_other_means({number: replace(both, edit=soak.step)})


def another(soak: Soak, path: Path) -> Path:
    """Return a second clerk's workspace with one record of this one's."""
    other = soak.root / "another"
    shutil.rmtree(other, ignore_errors=True)
    (other / "replies" / "2023").mkdir(parents=True)
    shutil.copy(soak.root / "schema.yaml", other)
    shutil.copy(path, other / "replies" / "2023")
    return other


Side = tuple[Reply, tuple[str, ...]] | None


def _first_open(reply: Reply) -> tuple[int, Promise] | None:
    return next((each for each in reply.promises if is_open(each[1])), None)


def side_log(soak: Soak, number: int, reply: Reply, who: str) -> Side:
    found = _first_open(reply)
    if not found:
        return None
    item, promise = found
    new = promise.with_event("logs", Event(soak.today, None, soak.today))
    words = ("log", f"2023-{number}.{item}", "--note", f"{who}第{soak.step}步", "--yes")
    return reply.changed(item, new), words


def side_extend(soak: Soak, number: int, reply: Reply, who: str) -> Side:
    found = _first_open(reply)
    due = found[1].due(date.max) if found else None
    if not found or not due or max(after_all(found[1]), default=REPLIED) > soak.today:
        return None
    item, promise = found
    to = max(due, soak.today) + timedelta(30)
    new = promise.with_event("extensions", Event(soak.today, to, soak.today))
    words = ("--to", str(to), "--reason", f"{who}第{soak.step}步", "--yes")
    return reply.changed(item, new), ("extend", f"2023-{number}.{item}", *words)


def side_add(soak: Soak, number: int, reply: Reply, who: str) -> Side:
    day = soak.today + timedelta(17)
    words = ("--text", f"{who}第{soak.step}步添的", "--deadline", str(day), "--yes")
    return reply.with_promise(Promise(day)), ("add", "--to", f"2023-{number}", *words)


def side_add_later(soak: Soak, number: int, reply: Reply, who: str) -> Side:
    day = soak.today + timedelta(170)
    words = ("--text", f"{who}第{soak.step}步又添的", "--deadline", str(day), "--yes")
    return reply.with_promise(Promise(day)), ("add", "--to", f"2023-{number}", *words)


def side_title(soak: Soak, number: int, reply: Reply, who: str) -> Side:
    words = ("set", f"2023-{number}", f"title={who}第{soak.step}步改的题目", "--yes")
    return replace(reply, edit=soak.step), words


SIDES = (side_log, side_extend, side_add, side_add_later, side_title)
"""What one of two clerks does; no two are the same, so that nothing has to be decided by hand."""


def by_hand(soak: Soak) -> None:
    """Change a record with an editor, in place or by a new file, at times with the size and the
    time of change that it had.
    """
    number = soak.dice.choice(sorted(soak.records))
    path, reply = soak.path(number), soak.records[number]
    old = path.stat()
    turned = soak.dice.choice(HANDS)(soak, path.read_bytes(), reply)
    if turned is None:
        return
    data, after = turned
    how = soak.dice.choice(("in place", "new file", "time kept"))
    target = path.with_suffix(".tmp") if how == "new file" else path
    target.write_bytes(data)
    if how == "new file":
        target.replace(path)
    elif how == "time kept":
        os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    soak.by_other_means({number: replace(after, edit=soak.step)})
    soak.note(f"by hand, {how}: 2023-{number}")


Hand = tuple[bytes, Reply] | None


def hand_deadline(soak: Soak, data: bytes, reply: Reply) -> Hand:
    """The first deadline in the file, of the first promise that has one."""
    item, promise = next((each for each in reply.promises if each[1].deadline), (0, None))
    day = soak.deadline()
    late = promise and any(day >= event.said for event in promise.extensions)
    if promise is None or late or promise.deadline == day:
        return None
    new = DATE.sub(f"deadline: {{date: {day}}}", data.decode(), count=1)
    return new.encode(), reply.changed(item, replace(promise, deadline=day))


def hand_comment(soak: Soak, data: bytes, reply: Reply) -> Hand:
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(end)
    place = soak.dice.randrange(1, len(lines))
    lines.insert(place, f"# 第{soak.step}步问过".encode())
    return end.join(lines), reply


def hand_line_ends(_soak: Soak, data: bytes, reply: Reply) -> Hand:
    there = b"\r\n" in data
    return data.replace(b"\r\n", b"\n") if there else data.replace(b"\n", b"\r\n"), reply


def hand_mark(_soak: Soak, data: bytes, reply: Reply) -> Hand:
    """As an editor saves 'UTF-8 with BOM', or without."""
    mark = b"\xef\xbb\xbf"
    return data.removeprefix(mark) if data.startswith(mark) else mark + data, reply


def hand_title(soak: Soak, data: bytes, reply: Reply) -> Hand:
    new = re.sub(r"(?m)^title: [^\r\n]*", f"title: '手改 {soak.step}'", data.decode(), count=1)
    return new.encode(), reply


def hand_entry(soak: Soak, data: bytes, reply: Reply) -> Hand:
    """A line of progress at the end of the last promise's list, without the day of its entry."""
    item, promise = reply.promises[-1] if reply.promises else (0, None)
    day = soak.day()
    text = data.decode()
    if not promise or not promise.logs or not day or "removed" in text.rsplit("- id:", 1)[-1]:
        return None
    if not re.search(r"log:\r?\n(?:      - .*\r?\n?)+\Z", text):
        return None
    end = "" if text.endswith("\n") else "\n"
    new = f"{text}{end}      - {{on: {day}, note: 手记第{soak.step}步}}\n"
    return new.encode(), reply.changed(item, promise.with_event("logs", Event(day, None, None)))


HANDS = (hand_deadline, hand_deadline, hand_comment, hand_line_ends, hand_mark, hand_title)
HANDS += (hand_entry, hand_entry)


def spoilt(soak: Soak) -> None:
    """A file is broken, or has a copy beside it, for a while: the others are answered, exit 3."""
    number = soak.dice.choice(sorted(soak.records))
    path = soak.path(number)
    data = path.read_bytes()
    copy = path.with_name(f"2023-{number} - 副本.yaml")
    how = soak.dice.choice(("broken", "copy"))
    (path if how == "broken" else copy).write_bytes(data + b"\n: {" if how == "broken" else data)
    soak.answers(without=number if how == "broken" else 0, code=3)
    path.write_bytes(data) if how == "broken" else copy.unlink()
    soak.note(f"{how}, mended: 2023-{number}")


def taken_away(soak: Soak) -> None:
    """A record's file is deleted in the file manager, or renamed back by whoever comes after."""
    number = soak.dice.choice(sorted(soak.records))
    soak.path(number).unlink()
    soak.by_other_means({number: None})
    soak.note(f"deleted by hand: 2023-{number}")


def lose_index(soak: Soak) -> None:
    shutil.rmtree(soak.root / ".npcreply" / "index", ignore_errors=True)
    soak.note("index deleted")


def damage_index(soak: Soak) -> None:
    path = soak.root / engine.FILE
    if path.is_file() and path.stat().st_size:
        damaged = bytearray(path.read_bytes())
        for _ in range(soak.dice.randint(1, 200)):
            damaged[soak.dice.randrange(len(damaged))] = soak.dice.randrange(256)
        path.write_bytes(damaged[: soak.dice.choice((len(damaged), len(damaged) // 2))])
        soak.note("index damaged")


def ask(soak: Soak) -> None:
    """Ask for what is late on some day, as known on some day."""
    soak.answers()


def turn_clock(soak: Soak) -> None:
    """The computer's clock goes some days on, or back."""
    soak.today = max(REPLIED + timedelta(90), soak.today + timedelta(soak.dice.randint(-9, 25)))
    soak.note(f"the clock says {soak.today}")


ACTS: dict[Callable[[Soak], None], int] = {
    add: 8,
    add_to: 6,
    log: 18,
    extend: 9,
    close: 9,
    reopen: 6,
    correct: 4,
    earlier: 4,
    revise: 3,
    remove: 2,
    remove_promise: 3,
    renumber: 3,
    undo: 10,
    redo: 6,
    refuse: 7,
    by_table: 1,
    merged: 2,
    by_hand: 9,
    spoilt: 1,
    taken_away: 1,
    ask: 5,
    turn_clock: 2,
    lose_index: 1,
    damage_index: 2,
}
