"""Whether a change that should change no answer changed one: every draft, every command's JSON.

    python tests/guard.py --out BEFORE [--texts FOLDER …]      before the change
    python tests/guard.py --out AFTER --against BEFORE         after it: exit 1 where something differs

Drafted are the test letters and, where they are at hand, the texts of the given folders; asked are
the shipped records and 300 generated ones on twelve days. Each answer is a file in --out, so that
`diff -r BEFORE AFTER` shows what changed; the last line printed is one digest of them all.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
SHARED = [ROOT.parent / "shared" / name for name in ("gold/texts", "gold-real/texts", "corpus")]
SHIPPED_DAYS = ("2020-08-01", "2021-12-31", "2023-07-31", "2024-01-05", "2025-03-01", "2026-11-30")
MADE_DAYS = ("2023-03-31", "2023-07-01", "2023-12-31", "2024-02-29", "2024-10-08", "2026-01-01")
COMMANDS = (
    ("overdue",),
    ("due", "--within", "90"),
    ("due", "--stale", "60"),
    ("due", "--no-deadline"),
    ("list",),
    ("pace",),
    ("carry", "--year", "2023"),
    ("stats",),
    ("stats", "--rates"),
    *(("export", "--preset", "full", "--rows", rows) for rows in ("measure", "target", "reply")),
)
MADE = 300


def letters() -> Iterator[tuple[str, str]]:
    """Name and text of every letter among the tests and in the folders at hand."""
    from tests.extract.passages import FOLDER, passages

    for path in sorted(FOLDER.glob("*.yaml")):
        for number, passage in enumerate(passages(path.stem)):
            yield f"{path.stem}-{number:02}", passage.text


def drafts(folders: list[Path], out: Path) -> None:
    """Write the draft of every text."""
    from npcreply.extract.as_json import as_json
    from npcreply.extract.draft import draft

    texts = dict(letters())
    for folder in folders:
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
            read = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            texts[f"{folder.parent.name}-{folder.name}-{path.stem}"] = read
    for name, text in texts.items():
        told = json.dumps(as_json(draft(text)), ensure_ascii=False, indent=1, default=str)
        (out / f"draft-{name}.json").write_text(told + "\n", "utf-8")


def made(number: int) -> dict[str, Any]:
    """A record with some of everything, the same at every call with the same number."""
    dice = random.Random(number)
    replied = date(2023, 3, 1) + timedelta(days=dice.randrange(120))
    bodies = [f"市第{n}局" for n in range(1, 13)]
    record: dict[str, Any] = {
        "kind": dice.choice(["suggestion", "suggestion", "proposal"]),
        "year": 2023,
        "number": str(number),
        "session": "云门市六届人大三次会议",
        "title": f"关于第{number}件事的建议",
        "field": dice.choice(["工业经济", "城建环保", "教科文卫"]),
        "deputies": [f"{dice.choice('甲乙丙丁戊己庚')}代表"],
        "lead": dice.choice(bodies),
        "assigned_on": str(replied - timedelta(days=dice.randrange(20, 150))),
    }
    if dice.random() < 0.3:
        record["co"] = [{"body": dice.choice(bodies), "opinion_due": "2023-04-20"}]
    if dice.random() < 0.1:
        return record
    record["reply_date"] = str(replied)
    if dice.random() < 0.5:
        record["classes"] = [
            {"letter": dice.choice("ABC"), "scheme": "zhejiang", "on": str(replied)}
        ]
    if dice.random() < 0.4:
        rated = dice.choice(["satisfied", "basically_satisfied", "dissatisfied"])
        on = str(replied + timedelta(days=dice.randrange(5, 40)))
        record["feedback"] = [{"round": 1, "on": on, "attitude": "satisfied", "result": rated}]
    record["measures"] = [promise(n, replied, bodies, dice) for n in range(1, dice.randrange(2, 7))]
    return record


def promise(number: int, replied: date, bodies: list[str], dice: random.Random) -> dict[str, Any]:
    """One promise: dated or not, repeating or once, with figures, extensions, closings."""
    due = replied + timedelta(days=dice.randrange(10, 700))
    force = dice.choice(["firm"] * 5 + ["effort", "conditional"])
    out: dict[str, Any] = {"id": number, "text": f"第{number}项要做的事，办成为止", "force": force}
    if dice.random() < 0.3:
        out["department"] = dice.choice(bodies)
    if dice.random() < 0.7:
        out["deadline"] = {"date": str(due), "words": "年底"}
        if dice.random() < 0.2:
            moved = {"on": str(due - timedelta(days=3)), "to": str(due + timedelta(days=90))}
            out["extensions"] = [{**moved, "reason": "工期"}]
    if dice.random() < 0.15:
        out["cadence"] = [dice.choice(["month", "quarter", "year"])]
    log: list[dict[str, Any]] = []
    if dice.random() < 0.6:
        kind = dice.choice(["level", "level", "rate", "growth"])
        unit = "个" if kind == "level" else "%"
        goal = {"id": 1, "indicator": "完成数", "kind": kind, "comparator": ">=", "value": 80}
        out["targets"] = [{**goal, "unit": unit}]
        for n in range(dice.randrange(4)):
            on = str(replied + timedelta(days=30 * (n + 1)))
            log.append({"on": on, "target": 1, "value": dice.randrange(100), "unit": unit})
    if dice.random() < 0.3:
        log.append({"on": str(replied + timedelta(days=200)), "note": "已报进度"})
    if log:
        out["log"] = log
    if dice.random() < 0.25:
        as_ = dice.choice(["done", "done", "dropped"])
        on = str(due + timedelta(days=dice.randrange(-60, 60)))
        out["closings"] = [{"on": on, "as": as_, "evidence": "验收单", "reason": "已办"}]
    return out


def answers(root: Path, days: tuple[str, ...], name: str, out: Path) -> None:
    """Write what every command answers on every day, and how every record is shown."""
    from npcreply.cli import run

    def ask(*words: str) -> str:
        told, noticed = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(noticed):
            code = run(["-C", str(root), *words])
        return f"{told.getvalue()}\nexit {code}\n{noticed.getvalue()}".replace(str(root), "")

    for day in days:
        for command in COMMANDS:
            form = ("--format", "json") if command[0] == "export" else ("--json",)
            answer = ask(*command, "--as-of", day, *form)
            (out / f"{name}-{day}-{'_'.join(command)}.json").write_text(answer, "utf-8")
    for path in sorted((root / "replies").rglob("*.yaml"))[:40]:
        answer = ask("show", path.stem, "--as-of", days[-2], "--json")
        (out / f"{name}-show-{path.stem}.json").write_text(answer, "utf-8")
    (out / f"{name}-check.json").write_text(ask("check", "--json"), "utf-8")


def workspaces(folder: Path) -> Iterator[tuple[str, Path, tuple[str, ...]]]:
    """The shipped records, and three hundred of every kind."""
    shipped = folder / "shipped"
    shipped.mkdir()
    shutil.copytree(ROOT / "replies", shipped / "replies")
    shutil.copy(ROOT / "schema.yaml", shipped)
    yield "shipped", shipped, SHIPPED_DAYS
    crowd = folder / "made"
    (crowd / "replies" / "2023").mkdir(parents=True)
    (crowd / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    for number in range(1, MADE + 1):
        data = made(number)
        stem = f"2023-{'提' if data['kind'] == 'proposal' else ''}{number}"
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
        (crowd / "replies" / "2023" / f"{stem}.yaml").write_text(text, "utf-8")
    yield "made", crowd, MADE_DAYS


def main() -> int:
    """Return 1 where an answer differs from the ones before."""
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--texts", type=Path, nargs="*", default=SHARED)
    parser.add_argument("--only", choices=["drafts", "answers"])
    args = parser.parse_args()
    os.environ.update(NPCREPLY_TODAY="2026-11-30", NPCREPLY_LANG="zh", NPCREPLY_USER="guard")
    args.out.mkdir(parents=True, exist_ok=True)
    if args.only != "answers":
        drafts(args.texts, args.out)
    if args.only != "drafts":
        with tempfile.TemporaryDirectory() as folder:
            for name, root, days in workspaces(Path(folder)):
                answers(root, days, name, args.out)
    return compared(args.out, args.against)


def compared(out: Path, before: Path | None) -> int:
    """Print what differs and the digest of all; return 1 where something does."""
    names = sorted(path.name for path in out.iterdir())
    other = [name for name in names if before and _differs(before / name, out / name)]
    for name in other:
        print(f"differs: {name}")
    whole = hashlib.sha256()
    for name in names:
        whole.update(name.encode() + (out / name).read_bytes())
    print(f"{len(names)} answers, {len(other)} differ, digest {whole.hexdigest()[:16]}")
    return int(bool(other))


def _differs(old: Path, new: Path) -> bool:
    return not old.exists() or old.read_bytes() != new.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
