"""Whole processes measured side by side with `python -c pass`: medians of CPU time, as ratios.

    python benchmarks/run.py [RECORDS]      a workspace of so many records with 20 promises each

Ratios, because machines differ and are shared; nothing here is a test. Beside each ratio stands how
many modules the command loads, how many of them are the program's own, and the heavy packages.
Another version of the program is measured by PYTHONPATH=its folder.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

PATHS = (
    ("--help",),
    ("--version",),
    ("overdue", "--as-of", "2024-01-05"),
    ("overdue", "--as-of", "2024-01-05", "--json"),
    ("list",),
    ("show", "2023-1"),
    ("log", "2023-1.1", "--note", "电话"),
    ("log", "--help"),
    ("check",),
    ("export", "--preset", "full"),
    ("report",),
    ("report", "--full"),
)
HEAVY = (
    *("sqlmodel", "sqlalchemy", "pydantic", "rich", "yaml", "jsonschema_rs", "filelock", "typer"),
    "jinja2",
)
HEAVY += ("chinese_calendar",)


def measured(command: list[str], times: int = 7) -> float:
    """Return the median CPU seconds of a process."""
    spent = []
    for _ in range(times):
        before = _children()
        subprocess.run(command, check=False, capture_output=True)
        spent.append(_children() - before)
    return statistics.median(spent)


def _children() -> float:
    """CPU seconds of the processes that ended; the clock on the wall where that is not told."""
    if resource is None:
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def loaded(arguments: tuple[str, ...], root: Path) -> tuple[int, int, list[str]]:
    """Return how many modules the command loads, how many are our own, the heavy packages."""
    code = (
        "import sys\nfrom npcreply.cli import run\nrun(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(root), *arguments], capture_output=True, check=False
    )
    names = done.stderr.decode("utf-8", "replace").splitlines()[-1].split()
    own = sum(name.split(".")[0] == "npcreply" for name in names)
    return len(names), own, [name for name in HEAVY if name in names]


def workspace(root: Path, records: int) -> None:
    """Write records with 20 promises each; half have a deadline, a third of these are closed."""
    (root / "replies" / "2023").mkdir(parents=True)
    (root / "schema.yaml").write_text("$ref: npcreply:record:1\n", encoding="utf-8")
    for number in range(1, records + 1):
        rows = [
            "kind: suggestion",
            "year: 2023",
            f'number: "{number}"',
            f"title: 关于第{number}件事的建议",
            f"lead: 第{number % 40}局",
            "reply_date: 2023-05-20",
            "measures:",
        ]
        for item in range(1, 21):
            day = date(2023, 6, 1) + timedelta(days=(number * 7 + item * 29) % 400)
            rows += [f"  - id: {item}", f"    text: 第{number}件第{item}项要做的事，办成为止"]
            if item % 2:
                rows.append(f"    deadline: {{date: {day}, words: 年底}}")
                rows.append("    targets:")
                rows.append("      - {id: 1, indicator: 完成数, value: 100, unit: 个}")
                rows.append("    log:")
                rows.append("      - {on: 2023-06-30, target: 1, value: 40, unit: 个, note: 半年}")
            if item % 6 == 1:
                rows.append("    closings:")
                rows.append(f"      - {{on: {day}, as: done, evidence: 验收单}}")
        path = root / "replies" / "2023" / f"2023-{number}.yaml"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        workspace(root, records)
        base = measured([sys.executable, "-c", "pass"], 15)
        print(f"P = python -c pass: {base * 1000:.0f} ms of CPU; {records} records")
        npcreply = [sys.executable, "-m", "npcreply", "-C", folder]
        cold = measured([*npcreply, "index", "--rebuild"], 1)
        each = f"{cold / records * 1000:.1f} ms a record"
        print(f"{'index --rebuild':40} {cold / base:8.1f} P   {each}")
        for arguments in PATHS:
            spent = measured([*npcreply, *arguments])
            modules, own, packages = loaded(arguments, root)
            counts = f"{modules:4} modules, {own:3} own"
            print(
                f"{' '.join(arguments):40} {spent / base:8.1f} P   {counts}   {', '.join(packages)}"
            )


if __name__ == "__main__":
    main()
