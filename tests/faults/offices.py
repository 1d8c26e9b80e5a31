"""Writing commands, each with the workspace that it is typed in; not a test."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import OFFICE, RIVER, SCHOOL

LAMPS = RIVER.replace('"107"', '"58"').replace("关于整治城区河道的建议", "关于增设路灯的建议")
ROSTER = "编号,题目,主办单位\n31,关于修桥的建议,市水利局\n32,关于种树的建议,市财政局\n33,关于通车的建议,市教育局\n"
LOG = ("log", "107.1", "--value", "6公里", "--date", "2023-12-01")
NEXT = ("log", "58.1", "--via", "电话", "--note", "催报")
DONE = ("done", "107.3", "--on", "2024-01-04", "--reason", "已清淤")
LETTER = """\
关于市七届人大三次会议第88号建议的答复

赵甲代表：

您提出的《关于改造老旧小区的建议》收悉，现答复如下：
2024年底前完成改造老旧小区12个。

市水利局
2023年5月20日
"""


@dataclass(frozen=True)
class Typed:
    """A command line to be killed: `first` is typed before it, whole; `step` whether it is a step
    that can be taken back.
    """

    argv: tuple[str, ...]
    first: tuple[tuple[str, ...], ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    step: bool = True


COMMANDS = {
    "log": Typed(LOG, (DONE,)),
    "the first log": Typed(LOG),
    "add": Typed(
        (
            *("add", "--year", "2024", "--number", "59", "--title", "关于路灯的建议"),
            *("--text", "年底前装灯50盏", "--lead", "市水利局", "--yes"),
        )
    ),
    "add --to": Typed(("add", "--to", "107", "--text", "年底前装灯50盏", "--yes"), (LOG,)),
    "add --from": Typed(("add", "--from", "../信.txt", "--yes")),
    "renumber": Typed(("renumber", "107", "580", "--yes"), (LOG,)),
    "set": Typed(("set", "107", "leader=丁副市长", "x-block=西片"), (LOG,)),
    "extend": Typed(("extend", "107.3", "--to", "2024-06-30", "--reason", "雨多"), (LOG,)),
    "done": Typed(DONE, (LOG,)),
    "drop": Typed(("drop", "107.2", "--reason", "不再需要"), (LOG,)),
    "reopen": Typed(("reopen", "107.3", "--reason", "没有做完"), (DONE,)),
    "edit": Typed(
        ("edit", "107"), (LOG,), (("EDITOR", "sed -i s/关于整治城区河道/关于治理城区河道/"),)
    ),
    "import": Typed(
        ("import", "../名单.csv", "--set", "年份=2024", "--set", "类别=代表建议", "--yes"), (LOG,)
    ),
    "rm": Typed(("rm", "107", "--yes", "--reason", "录重了"), (LOG,)),
    "rm a promise": Typed(("rm", "107.2", "--yes", "--reason", "录重了"), (LOG,)),
    "undo": Typed(("undo",), (LOG, DONE)),
    "undo two": Typed(("undo", "2"), (LOG, ("renumber", "58", "581", "--yes"))),
    "redo": Typed(("redo",), (LOG, DONE, ("undo",))),
    "collect": Typed(("collect", "-o", "../回报", "--due", "2024-02-15"), (LOG,)),
}
"""What the harness types; every one writes records and is one step."""

PLAIN = {
    "init": Typed(
        (
            "init",
            ".",
        ),
        step=False,
    ),
    "merge-record": Typed(
        ("merge-record", "base.yaml", "ours.yaml", "theirs.yaml", "replies/2023/2023-107.yaml"),
        step=False,
    ),
    "export": Typed(("export", "--format", "csv", "-o", "../out/表.csv"), (LOG,), step=False),
    "report": Typed(("report", "-o", "../out/会议.html"), (LOG,), step=False),
    "draft --out": Typed(("draft", "../信.txt", "--out", "../out"), step=False),
    "index --rebuild": Typed(("index", "--rebuild"), (LOG,), step=False),
    "check --repair": Typed(("check", "--repair"), (LOG, DONE), step=False),
}
"""What writes no step: files for people, and files of git's."""


def furnish(base: Path, name: str) -> None:
    """Make the folder `base`/office and what lies beside it, as they are before anything is typed."""
    root = base / "office"
    (root / "replies/2023").mkdir(parents=True)
    (base / "out").mkdir()
    (base / "名单.csv").write_text(ROSTER, "utf-8-sig")
    (base / "信.txt").write_text(LETTER, "utf-8")
    if name == "init":
        shutil.rmtree(root / "replies")
        return
    (root / "schema.yaml").write_text(OFFICE, "utf-8")
    for number, text in (("107", RIVER), ("58", LAMPS), ("提12", SCHOOL)):
        (root / f"replies/2023/2023-{number}.yaml").write_text(text, "utf-8", newline="")
    if name == "check --repair":
        state = root / ".npcreply/state"
        (state / "blobs").mkdir(parents=True)
        (state / "blobs" / ("0" * 64)).write_bytes(b"of no step")
        (state / "pending.damaged").write_bytes(b"{half a note")
        (root / "collected").mkdir()
        (root / "collected/.npcreply-99999-0.tmp").write_bytes(b"half of it")
    if name == "merge-record":
        (root / "base.yaml").write_text(RIVER, "utf-8")
        (root / "ours.yaml").write_text(RIVER.replace("[甲代表, 乙代表]", "[甲代表]"), "utf-8")
        (root / "theirs.yaml").write_text(RIVER.replace("东片", "西片"), "utf-8")


def copied(source: Path, target: Path) -> None:
    """Make `target` what `source` is, times and all."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True, copy_function=shutil.copy2)


def records(base: Path) -> dict[str, bytes]:
    """Return what people keep: everything but the program's own state and what is on its way."""
    found: dict[str, bytes] = {}
    for folder, _folders, names in os.walk(base):
        for name in names:
            path = Path(folder, name).relative_to(base)
            own = path.parts[0] == "marks" or ".npcreply" in path.parts
            if not own and not name.endswith(".tmp"):
                found[path.as_posix()] = Path(folder, name).read_bytes()
    return found


def leftovers(base: Path) -> list[str]:
    """Return what should not lie about once a command has ended as it should."""
    every = [path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file()]
    passing = (".tmp", "lease.json", "lease.taking", "pending.json", "pending.damaged")
    return [name for name in every if name.endswith(passing)]
