"""Random merges: two clerks' commands on one record, merged; nothing that either wrote is lost.

random_merges.py COUNT [SEED]: that many merges. test_merging.py runs a few.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from npcreply.store import amend, codec, files
from npcreply.store.contract import read
from npcreply.store.merging.record import Merged, Versions, merged
from npcreply.store.yaml import edit, nodes, tree

NAME = "replies/2024/2024-58.yaml"
SCHEMA = read.contract()
BASE = """\
# 照信录入
kind: suggestion
year: 2024
number: "58"   # 第58号
title: 关于改造河埠头的建议
deputies: [甲代表, 乙代表]
lead: 市水利局
co:
  - {body: 市财政局}
reply_date: 2024-05-20
measures:
  # 要紧的一项
  - id: 1
    text: 改造河埠头30处
    force: firm
    deadline: {date: 2024-12-31, words: 年底}
    targets:
      - {id: 1, indicator: 改造, kind: level, comparator: ">=", value: 30, unit: 处}
    log:
      - {on: 2024-06-30, target: 1, value: 5, unit: 处, note: 起头, entered: 2024-07-01}
      - {on: 2024-07-31, target: 1, value: 9, unit: 处, note: 七月, entered: 2024-08-01}   # 电话
  - id: 2
    text: 每季度巡查
    force: standing
    cadence: [quarter]
    note: 待定
  - id: 3
    text: 清淤
    department: [市水利局]
"""
TOKEN = re.compile("标[甲乙源][0-9]+")


class Clerk:
    """Somebody whose every entry bears a mark of its own."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self.name, self.chance, self.count = name, chance, 0

    def mark(self) -> str:
        self.count += 1
        return f"标{self.name}{self.count}"

    def day(self) -> date:
        return date(2024, self.chance.randint(8, 12), self.chance.randint(1, 28))

    def edited(self, text: str, times: int) -> str:
        for _time in range(times):
            if self.chance.random() < 0.15:
                text = self.comment(text)
                continue
            data: Any = nodes.to_data(tree.parse(text, NAME))
            self.chance.choice(EDITS)(self, data)
            text = edit.patch(text, data, SCHEMA.one_line)
        return text

    def comment(self, text: str) -> str:
        """By hand, with an editor: at the end of a line, or on one of its own."""
        lines = text.splitlines(keepends=True)
        at = self.chance.randrange(len(lines))
        if self.chance.random() < 0.5 and "#" not in lines[at]:
            lines[at] = lines[at].rstrip("\n") + f"   # {self.mark()}\n"
        else:
            lines.insert(at, f"# {self.mark()}\n")
        return "".join(lines)

    def measure(self, data: Any) -> Any:
        kept = [m for m in data["measures"] if "removed" not in m]
        return self.chance.choice(kept) if kept else data


def append(key: str, **more: str) -> Callable[[Clerk, Any], None]:
    def amended(clerk: Clerk, data: Any) -> None:
        measure = clerk.measure(data)
        made = {"DAY": clerk.day, "MARK": clerk.mark}
        said = {name: made[value]() if value in made else value for name, value in more.items()}
        if "id" in measure:
            amend.appended(int(measure["id"]), key, said)(data)

    return amended


def promise(clerk: Clerk, data: Any) -> None:
    new = {"id": amend.next_measure(data), "text": clerk.mark(), "force": "firm"}
    data["measures"] = [*data["measures"], new]


def target(clerk: Clerk, data: Any) -> None:
    measure = clerk.measure(data)
    targets = measure.get("targets") or []
    number = max((int(item["id"]) for item in targets), default=0) + 1
    measure["targets"] = [*targets, {"id": number, "indicator": clerk.mark(), "value": 7}]
    entry = {"on": clerk.day(), "target": number, "value": Decimal("3.5"), "note": clerk.mark()}
    measure["log"] = [*(measure.get("log") or []), entry]


def field(clerk: Clerk, data: Any) -> None:
    key = clerk.chance.choice(["title", "lead", "doc_no", "note", "leader"])
    data[key] = clerk.mark()


def field_of_promise(clerk: Clerk, data: Any) -> None:
    measure = clerk.measure(data)
    measure[clerk.chance.choice(["text", "condition", "note", "leader"])] = clerk.mark()


def deadline(clerk: Clerk, data: Any) -> None:
    clerk.measure(data)["deadline"] = {"date": clerk.day(), "words": clerk.mark()}


def corrected(clerk: Clerk, data: Any) -> None:
    log = clerk.measure(data).get("log")
    if log:
        clerk.chance.choice(log)["note"] = clerk.mark()


def deputy(clerk: Clerk, data: Any) -> None:
    data["deputies"] = [*data["deputies"], clerk.mark()]


def removed(clerk: Clerk, data: Any) -> None:
    measure = clerk.measure(data)
    if "id" in measure:
        amend.removed(int(measure["id"]), {"on": clerk.day(), "reason": clerk.mark()})(data)


def feedback(clerk: Clerk, data: Any) -> None:
    entry = {"on": clerk.day(), "result": "satisfied", "note": clerk.mark()}
    data["feedback"] = [*(data.get("feedback") or []), entry]


def no_entry(clerk: Clerk, data: Any) -> None:
    measure = clerk.measure(data)
    if measure.get("log"):
        measure["log"].pop()
        if not measure["log"]:
            del measure["log"]


EDITS = (
    *[append("log", on="DAY", note="MARK", entered="DAY")] * 4,
    append("extensions", on="DAY", to="DAY", reason="MARK"),
    append("reminders", on="DAY", via="电话", note="MARK"),
    append("closings", **{"on": "DAY", "as": "done", "evidence": "MARK"}),
    *[promise] * 2,
    target,
    field,
    field_of_promise,
    deadline,
    corrected,
    deputy,
    removed,
    feedback,
    no_entry,
)


@dataclass
class Tried:
    """What came of one merge."""

    clean: bool
    conflicts: int


def source(text: str) -> files.SourceText:
    return files.SourceText(Path(NAME), text, files.digest_of(text.encode()), bom=False)


def united(base: str, ours: str, theirs: str) -> Merged:
    return merged(
        Versions(source(base), source(ours), source(theirs)), NAME, SCHEMA, date(2024, 12, 1)
    )


def tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text))


def tried(seed: int) -> Tried:
    """Make one merge both ways and hold it against what may not happen."""
    chance = random.Random(seed)
    base = Clerk("源", chance).edited(BASE, chance.randint(0, 4))
    ours = Clerk("甲", chance).edited(base, chance.randint(1, 5))
    theirs = Clerk("乙", chance).edited(base, chance.randint(1, 5))
    assert united(base, base, theirs).data == theirs.encode()
    assert united(base, ours, base).data == ours.encode()
    assert united(base, ours, ours).data == ours.encode()
    there, back = united(base, ours, theirs), united(base, theirs, ours)
    text = there.data.decode()
    was, mine, other = tokens(base), tokens(ours), tokens(theirs)
    lost = (mine - was) | (other - was) | (was & mine & other)
    assert lost <= tokens(text), (seed, sorted(lost - tokens(text)), there)
    assert tokens(back.data.decode()) >= lost, seed
    assert len(there.conflicts) == len(back.conflicts), (seed, there.conflicts, back.conflicts)
    if there.conflicts:
        refused = codec.decode(text, NAME, SCHEMA).errors
        assert refused, seed
    else:
        decoded = codec.decode(text, NAME, SCHEMA)
        assert not decoded.errors, (seed, decoded.errors)
        assert decoded.data == codec.decode(back.data.decode(), NAME, SCHEMA).data, seed
        undone = (was - mine) | (was - other)
        assert not undone & tokens(text), (seed, undone & tokens(text))
    return Tried(not there.conflicts, len(there.conflicts))


def main() -> None:
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    done = [tried(first + seed) for seed in range(count)]
    clean = sum(one.clean for one in done)
    sys.stdout.write(
        f"{count} merges: {clean} clean, {count - clean} with conflicts, 0 entries lost\n"
    )


if __name__ == "__main__":
    main()
