"""Imports the tables of ../shared/ledgers and holds each against what it must give.

    python tests/ledgers.py [LEDGERS] [--verbose]

Each table goes into a workspace of its own with the records of tables/seed. `must` is written,
`ask` is named by its cell and not written, `left` is named and not taken, `never` may not stand in
any record. Exit 1 where anything is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2025-11-20"
Must = tuple[str, str, Any]  # record, path in its data, value
Said = tuple[str, str]  # cell, words of the line


@dataclass(frozen=True)
class Expected:
    """What one table must give; `records` counts the files of the workspace afterwards."""

    file: str
    options: tuple[str, ...] = ()
    records: int = 7
    entries: int = 0
    must: tuple[Must, ...] = ()
    ask: tuple[Said, ...] = ()
    left: tuple[Said, ...] = ()
    never: tuple[str, ...] = ()


def log(record: str, promise: int, place: int, **parts: str) -> tuple[Must, ...]:
    """Return what an entry must hold, part by part."""
    return tuple((record, f"measures.{promise - 1}.log.{place}.{k}", v) for k, v in parts.items())


EXPECTED = (
    Expected(
        "01",
        records=13,
        must=(
            *(("2025-0037", k, v) for k, v in (
                ("number", "0037"), ("lead", "市交通运输局"), ("co", None), ("mode", "sole"),
                ("assigned_on", "2025-03-12"), ("deputies.1", None), ("year", "2025"),
                ("kind", "suggestion"), ("field", "城建环保类"),
            )),
            ("2025-0037", "session", "临江市第九届人民代表大会第四次会议"),
            ("2025-105", "co.0.body", "市公安局"),
            ("2025-105", "co.1.body", "市生态环境局"),
            ("2025-105", "repeats.0", "2024-88"),
            ("2025-闭15", "between_sessions", "true"),
            ("2025-闭15", "co", None),
            ("2025-闭15", "deputies.1", "葛戊兰"),
            ("2025-0108", "mode", "split"),
            ("2025-0108", "key", "true"),
            ("2025-0108", "lead", "市教育局"),
            ("2025-110", "mode", "merged"),
            ("2025-0121", "deputies.0", "直属代表团"),
            ("2025-0121", "deputies.1", None),
            ("2025-0012", "mode", None),
        ),
        ask=(("B6", "2025-0012"), ("B12", "113")),
        left=(("A5", "小标题"), ("A10", "小标题"), ("A14", "注"), ("A15", "注"), ("J8", "三个月"),
              ("J9", "2025-09-12"), ("G11", "市人社局")),
        never=("杜某", "制表", "“三个月”"),
    ),
    Expected(
        "02",
        records=10,
        entries=10,
        must=(
            *log("2025-37", 1, 0, on="2025-06-30", target="1", value="2", unit="条", stated_percent="66.7",
                 note="第3条已完成站点施工"),
            ("2025-37", "measures.0.deadline.date", "2025-06-30"),
            ("2025-37", "measures.0.deadline.words", "6月底前"),
            *log("2025-37", 2, 0, target="1", value="26", stated_percent="65"),
            ("2025-37", "measures.1.department.1", "市财政局"),
            ("2025-37", "measures.1.deadline.date", "2025-12-31"),
            *log("2025-37", 3, 0, value="1.98", unit="亿元", stated_percent="55.0"),
            ("2025-37", "measures.2.department.0", "市交通运输局"),
            ("2025-61", "measures.0.targets.0.value", "120"),
            ("2025-61", "measures.0.targets.1.value", "45"),
            ("2025-61", "measures.0.targets.1.parent", "1"),
            ("2025-61", "measures.0.deadline.date", "2025-10-31"),
            *log("2025-61", 1, 0, target="1", value="78.5", stated_percent="65.4"),
            *log("2025-61", 1, 1, target="2", value="31"),
            ("2025-61", "measures.1.force", "standing"),
            ("2025-61", "measures.1.deadline", None),
            ("2025-61", "measures.1.closings", None),
            ("2025-61", "measures.1.log.0.value", None),
            ("2025-61", "measures.2.deadline.date", "2025-12-31"),
            ("2025-闭3", "measures.0.deadline.date", "2025-09-30"),
            *log("2025-闭3", 1, 0, note="未启动", stated_percent="0"),
            ("2025-闭3", "measures.1.deadline.date", "2025-09-30"),
            *log("2025-闭3", 2, 0, stated_percent="80"),
            ("2025-闭3", "measures.1.log.0.value", None),
            *log("2025-闭3", 3, 0, note="已完成", stated_percent="100"),
            ("2025-闭3", "measures.2.closings", None),
        ),
        ask=(("台账!I8", "长期"),),
        left=(("台账!A13", "合计"), ("台账!E6", "各区"), ("台账!F10", "2025-09-30"),
              ("台账!I12", "不自动销号"), ("填表说明", "没有取"), ("台账", "颜色")),
        never=("9项，完成2项", "完成数÷目标数"),
    ),
    Expected("03", ask=(("第 3–5 行", "一行是一个地区"),), never=("东城区", "高新区")),
    Expected(
        "04",
        entries=4,
        must=(
            *log("2025-0046", 1, 0, on="2025-07-03", target="1", value="1260", note="另有300个在建"),
            *log("2025-0046", 2, 0, on="2025-08-29", note="已印发"),
            ("2025-0046", "measures.1.closings", None),
            ("2025-0046", "measures.2.log", None),
            *log("2025-提12", 1, 0, on="2025-07-01", target="1", value="9", unit="家"),
            *log("2025-提12", 2, 0, note="待省里政策"),
            ("2025-提12", "measures.1.log.0.value", None),
        ),
        ask=(("A8", "13 格"),),
        left=(("A7", "领导交办"), ("G4", "不自动销号"), ("G6", "不自动终止")),
        never=("13800000000", "1.38E", "夜市"),
    ),
    Expected(
        "05",
        entries=4,
        must=(
            *log("2025-提12", 1, 0, target="1", value="13", words="2025年11月", note="另2家12月上旬开业", on=None),
            *log("2025-提12", 2, 0, words="2025年11月"),
            ("2025-提12", "classes.1", None),
            *log("2025-提31", 1, 0, target="2", value="148", stated_percent="74"),
            ("2025-0012", "measures.0.log.0.value", None),
            ("2025-0012", "measures.0.extensions", None),
            ("2025-0012", "classes.1", None),
        ),
        ask=(("提12!B9", "A"), ("第0012号建议!B9", "C"), ("第0012号建议!B8", "不自动延期")),
        left=(("模板", "空的表单"),),
    ),
    Expected("06", ask=(("月报", "当月数还是累计数"), ("月报!H9", "累计写 11")),
             left=(("月报!A11", "合计"), ("月报", "隐藏的列照样读了：C"), ("月报!A10", "隐藏"))),
    Expected(
        "06",
        options=("--map", "月份=当月数"),
        entries=10,
        must=(
            *log("2025-88", 1, 1, on="2025-05-31", value="7", target=None),
            *log("2025-88", 1, 3, on="2025-04-30", value="21.6", unit="亿元", target=None),
            *log("2025-88", 2, 0, on="2025-05-31", value="1200", unit="万美元"),
            *log("2025-88", 2, 1, on="2025-06-30", value="1350", unit="万美元"),
            *log("2025-88", 3, 0, on="2025-04-30", value="2"),
            ("2025-88", "measures.2.log.2.value", "3"),
            ("2025-91", "measures.0.log", None),
            ("2025-91", "measures.1.log", None),
        ),
        ask=(("月报!H9", "累计写 11"), ("上月!C2", "5个")),
        left=(("月报!H5", "31"), ("月报!H7", "2550"), ("月报!A11", "合计"), ("月报!A10", "隐藏")),
        never=("1347.85",),
    ),
)  # fmt: skip


def main() -> int:
    """Return the exit code: 0 where nothing is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledgers", type=Path, nargs="?", default=ROOT.parent / "shared" / "ledgers")
    parser.add_argument("--verbose", action="store_true", help="print what each import says")
    args = parser.parse_args()
    missed = 0
    for expected in EXPECTED:
        (table,) = (args.ledgers / "tables").glob(f"{expected.file}-*")
        with tempfile.TemporaryDirectory() as folder:
            said = imported(table, args.ledgers / "tables" / "seed", Path(folder), expected.options)
            faults, count = judged(expected, said, Path(folder) / "replies")
        if args.verbose:
            print(said)
        name = " ".join((table.name, *expected.options))
        print(f"{name}: {count - len(faults)} of {count}")
        print("".join(f"  {fault}\n" for fault in faults), end="")
        missed += len(faults)
    return 1 if missed else 0


def imported(table: Path, seed: Path, folder: Path, options: Iterable[str]) -> str:
    """Return what importing a table into a fresh workspace says; what is sure is written."""
    from npcreply import cli

    os.environ |= {"NPCREPLY_TODAY": TODAY, "NPCREPLY_LANG": "zh", "NPCREPLY_USER": "score"}
    out = io.StringIO()
    shutil.copytree(seed / "replies", folder / "replies")
    (folder / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        cli.run(["-C", str(folder), "import", str(table), "--yes", *options])
    return out.getvalue()


def judged(expected: Expected, said: str, replies: Path) -> tuple[list[str], int]:
    """Return what is missed, and how many things were asked for."""
    records = {path.stem: data(path) for path in replies.rglob("*.yaml")}
    whole = "\n".join(path.read_text("utf-8") for path in replies.rglob("*.yaml"))
    asked, left = section(said, "要问的"), section(said, "没有取")
    entries = sum(
        "source" in e
        for r in records.values()
        for m in r.get("measures", ())
        for e in m.get("log", ())
    )
    faults = [
        f"must {record} {path} = {value!r}, is {found!r}"
        for record, path, value in expected.must
        if (found := at(records.get(record, {}), path)) != value
    ]
    faults += [f"ask {cell} {words}" for cell, words in expected.ask if not has(asked, cell, words)]
    faults += [
        f"left {cell} {words}" for cell, words in expected.left if not has(left, cell, words)
    ]
    faults += [f"never {words}" for words in expected.never if words in whole]
    if (len(records), entries) != (expected.records, expected.entries):
        faults.append(f"records, entries: {len(records)}, {entries}")
    lists = expected.must, expected.ask, expected.left, expected.never
    return faults, 1 + sum(map(len, lists))


def section(said: str, title: str) -> list[str]:
    """Return the lines of one section of the preview."""
    lines = said.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith(title)), len(lines))
    found = []
    for line in lines[start + 1 :]:
        if not line.startswith("  "):
            break
        found.append(line)
    return found


def has(lines: Iterable[str], cell: str, words: str) -> bool:
    """Tell whether a line names a cell and says something of it."""
    return any(cell in line and words in line for line in lines)


def at(found: Any, path: str) -> Any:
    """Return the value at a path, None where there is none."""
    for part in path.split("."):
        if isinstance(found, list):
            found = found[int(part)] if int(part) < len(found) else None
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return found


def data(path: Path) -> Any:
    """Return a record's data as typed."""
    from npcreply.store.yaml import tree
    from npcreply.store.yaml.nodes import to_data

    return to_data(tree.parse(path.read_text("utf-8"), path.name))


if __name__ == "__main__":
    sys.exit(main())
