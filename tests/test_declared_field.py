"""A field that is declared in the contract and in the model is known to every command."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# name, its line in schema.yaml, its line in the model, as typed, as shown, as JSON
RECORD = (
    ("funding", "{title: 资金, x-title-en: Funding, type: number}", "Decimal"),
    ("inspected_on", "{title: 督查日期, x-title-en: Inspected, $ref: '#/$defs/day'}", "Day"),
    (
        "urgency",
        (
            "{title: 缓急, x-title-en: Urgency, enum: [high, low],"
            " x-words: {high: [急件, high], low: [平件, low]}}"
        ),
        "str",
    ),
)
PROMISE = (("site", "{title: 地点, x-title-en: Site, type: string}", "str"),)
RECORD_YAML = """\
kind: suggestion
year: 2024
number: "58"
title: 加快建设学校
lead: 市教育局
reply_date: 2024-05-20
measures:
  - id: 1
    text: 建成两所学校
    deadline: {date: 2024-12-31}
"""
TYPED = ("资金=12.5", "督查日期=2024-06-01", "缓急=急件")
VALUES = {"funding": 12.5, "inspected_on": "2024-06-01", "urgency": "high"}


class Office:
    """A copy of the package with four fields more, and a workspace that it keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "program"
        shutil.copytree(ROOT / "npcreply", self.package / "npcreply")
        shutil.copy(ROOT / "schema.yaml", self.package)
        _declare(self.package)
        self.run("init", str(folder / "office"))
        self.root = folder / "office"
        self.record = self.root / "replies" / "2024" / "2024-58.yaml"
        self.record.parent.mkdir(parents=True)
        self.record.write_text(RECORD_YAML, "utf-8")

    def run(self, *words: str) -> str:
        place = ("-C", str(self.root)) if hasattr(self, "root") else ()
        given = {
            **os.environ,
            "PYTHONPATH": str(self.package),
            "PYTHONUTF8": "1",
            "NPCREPLY_LANG": "zh",
            "NPCREPLY_TODAY": "2024-07-01",
        }
        command = (sys.executable, "-m", "npcreply", *place, *words)
        done = subprocess.run(command, capture_output=True, env=given, cwd=self.folder, check=False)
        assert done.returncode == 0, done.stderr.decode("utf-8")
        return done.stdout.decode("utf-8-sig")


def _declare(package: Path) -> None:
    contract, model = package / "schema.yaml", package / "npcreply/domain/record/model.py"
    text, code = contract.read_text("utf-8"), model.read_text("utf-8")
    for fields, after, line_after in (
        (RECORD, "\n  term: ", "    term: str | None = None\n"),
        (PROMISE, "\n      task_force: ", "    task_force: str | None = None\n"),
    ):
        margin = after[: after.index(after.strip()[0])]
        declared = "".join(f"{margin}{name}: {line}" for name, line, _kind in fields)
        assert text.count(after) == 1
        text = text.replace(after, declared + after)
        assert code.count(line_after) == 1
        kinds = "".join(f"    {name}: {kind} | None = None\n" for name, _line, kind in fields)
        code = code.replace(line_after, line_after + kinds)
    contract.write_text(text, "utf-8")
    model.write_text(code, "utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(tmp_path_factory.mktemp("declared"))
    made.run("set", "58", *TYPED)
    made.run("set", "58.1", "地点=城东")
    return made


def test_set_takes_it_by_its_label_and_writes_it_by_its_name(office: Office) -> None:
    written = office.record.read_text("utf-8")
    for line in ("funding: 12.5\n", "inspected_on: 2024-06-01\n", "urgency: high\n"):
        assert f"\n{line}" in written
    assert "\n    site: 城东\n" in written


def test_show_prints_it_in_words(office: Office) -> None:
    shown = office.run("show", "58")
    for line in ("  资金  12.5", "  督查日期  2024-06-01", "  缓急  急件", "    地点  城东"):
        assert f"\n{line}\n" in shown


def test_show_json_has_it_as_it_is_kept(office: Office) -> None:
    found = json.loads(office.run("show", "58", "--json"))
    assert {name: found[name] for name in VALUES} == VALUES
    assert found["measures"][0]["site"] == "城东"


def test_list_prints_it_where_it_is_asked_for(office: Office) -> None:
    (row,) = json.loads(office.run("list", "--json", "--fields", ",".join(("id", *VALUES))))
    assert row == {"id": "2024-58", **VALUES}
    (usual,) = json.loads(office.run("list", "--json"))
    assert not VALUES.keys() & usual.keys()


def test_export_closes_its_full_set_with_it(office: Office) -> None:
    for rows, wanted in (
        ("reply", {"资金": "12.5", "督查日期": "2024-06-01", "缓急": "急件"}),
        ("measure", {"资金": "12.5", "缓急": "急件", "地点": "城东"}),
    ):
        path = office.folder / f"{rows}.csv"
        office.run("export", "--format", "csv", "--preset", "full", "--rows", rows, "-o", str(path))
        (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
        assert {head: row[head] for head in wanted} == wanted


def test_import_takes_it_back(office: Office) -> None:
    path = office.folder / "changed.csv"
    office.run("export", "--format", "csv", "--preset", "full", "-o", str(path))
    text = path.read_text("utf-8-sig")
    for old, new in (
        ("急件", "平件"),
        ("城东", "城西"),
        ("12.5", "30"),
        ("2024-06-01", "2024-06-08"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, "utf-8-sig")
    office.run("import", str(path), "--yes")
    written = office.record.read_text("utf-8")
    for line in ("funding: 30\n", "inspected_on: 2024-06-08\n", "urgency: low\n", "site: 城西\n"):
        assert line in written
    office.run("undo")
