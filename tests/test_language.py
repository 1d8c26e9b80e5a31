"""The second language: every sentence has its English, and English mode prints no Chinese."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from npcreply import language
from npcreply.cli import COMMANDS
from npcreply.views.words import _STATUS

ROOT = Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("catalogue", ROOT / "tests" / "catalogue.py")
assert _spec is not None
assert _spec.loader is not None
catalogue = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(catalogue)

CHINESE = re.compile(
    "[⺀-\uffef\U00020000-\U0003ffff]"
)  # with its punctuation and full-width forms
TRANSLATED = {message.id: message.string for message in catalogue.kept() if message.id}

SCHEMA = """\
$ref: npcreply:record:1
x-workspace:
  soon_days: 30
  departments:
    - {name: Housing, aliases: [Homes]}
    - {name: Works}
"""
FULL = """\
kind: suggestion
year: 2024
number: "58"
session: 6th congress, 3rd session
title: On lifts in old blocks
field: housing
deputies: [Deputy A, Deputy B]
lead: Housing
co:
  - {body: Works, opinion_due: 2024-04-01, opinion_on: 2024-03-30}
  - {body: Roads}
key: true
assigned_on: 2024-03-01
met:
  - {on: 2024-04-02, who: Deputy A, how: visit}
reply_date: 2024-05-01
classes:
  - {letter: B, on: 2024-05-01}
feedback:
  - {round: 1, on: 2024-06-01, attitude: satisfied, result: basically_satisfied}
contact: {name: N. N., phone: "1"}
measures:
  - id: 1
    text: Put in 120 lifts
    department: [Housing, Works]
    force: firm
    deadline: {date: 2024-12-31, words: by the end of the year}
    targets:
      - {id: 1, indicator: lifts, scope: city, kind: level, comparator: ">=", value: 120, unit: lifts}
      - {id: 2, indicator: share, kind: growth, comparator: ">=", value: 40, unit: "%"}
    log:
      - {on: 2024-09-30, target: 1, value: 75, unit: lifts, approx: true, note: third quarter}
      - {words: so far, target: 2, value: 20, unit: "%", stated_percent: 50}
    extensions:
      - {on: 2024-12-20, to: 2025-03-31, reason: pipes, approved_by: council}
    reminders:
      - {on: 2025-01-10, via: phone}
    note: a note
  - id: 2
    text: Wire 20 blocks
    deadline: {date: 2024-10-01}
    targets:
      - {id: 1, indicator: blocks, kind: level, comparator: ">=", value: 20, unit: blocks}
    log:
      - {on: 2024-09-30, target: 1, value: 21, unit: blocks}
  - {id: 3, text: Due on the day, deadline: {date: 2025-04-08}}
  - {id: 4, text: Due soon, deadline: {date: 2025-04-20}}
  - {id: 5, text: Due later, deadline: {date: 2026-12-31}}
  - {id: 6, text: Some day, deadline: {words: soon}}
  - {id: 7, text: If it rains, force: conditional, condition: rain}
  - id: 8
    text: Kept early
    deadline: {date: 2024-12-31}
    closings: [{on: 2024-11-01, as: done, evidence: a paper}]
  - id: 9
    text: Kept
    deadline: {date: 2024-12-31}
    closings: [{on: 2024-12-31, as: done}]
  - id: 10
    text: Kept late
    deadline: {date: 2024-12-31}
    closings: [{on: 2025-01-31, as: done}]
  - {id: 11, text: Dropped, closings: [{on: 2025-01-31, as: dropped, reason: no money}]}
  - {id: 12, text: Merged, closings: [{on: 2025-01-31, as: merged, into: "1", reason: the same}]}
  - {id: 13, text: Superseded, closings: [{on: 2025-01-31, as: superseded, into: "1", reason: new}]}
  - {id: 14, removed: {on: 2025-02-01, reason: entered twice}}
  - id: 15
    text: Kept after its deadline was extended
    deadline: {date: 2024-12-31}
    extensions: [{on: 2024-12-20, to: 2025-03-31, reason: pipes}]
    closings: [{on: 2025-03-20, as: done}]
"""
INQUIRY = """\
kind: inquiry
year: 2024
number: "1"
title: On water
lead: Works
reply_date: 2024-05-01
handling_report: {due: 2024-08-01, on: 2024-07-30}
questions:
  - {id: 1, asker: Deputy A, question: When?, body: Works, answered: true}
  - {id: 2, asker: Deputy B, question: How?, body: Works, answered: false}
measures:
  - {id: 1, text: Lay pipes, question: 1, cadence: [month], department: Roads}
"""
WRONG = {
    "colon": "kind: suggestion\nyear: 2024\nnumber: '3'\ntitle：Lifts\n",
    "blank": "kind: suggestion\nyear: 2024\nnumber: '4'\ntitle:Lifts\n",
    "tab": "kind: suggestion\nyear:\t2024\nnumber: '5'\n\ttitle: Lifts\n",
    "quote": 'kind: suggestion\nyear: 2024\nnumber: "6\n',
    "twice": "kind: suggestion\nyear: 2024\nyear: 2024\nnumber: '7'\n",
    "conflict": "<<<<<<< ours\nkind: suggestion\n=======\nkind: proposal\n>>>>>>> theirs\n",
    "empty": "",
    "list": "- a\n- b\n",
    "star": "kind: suggestion\nyear: 2024\nnumber: '8'\ntitle: *Lifts\n",
    "values": (
        "kind: suggestions\nyear: 1900\nnumber: '9'\ntitle: ''\nkey: maybe\nreply_date: 2024-02-30\n"
        "colour: red\nmeasures:\n  - {text: no number}\n  - {id: x, text: {a: b}}\n"
        "contact: N. N.\ndeputies: {name: A}\n"
    ),
    "doubts": (
        "kind: suggestion\nyear: 2024\nnumber: '10'\nlead: Housng\nco: [{body: Housng}]\n"
        "session: 2\nassigned_on: 2024-05-02\nreply_date: 2024-05-01\npublish_date: 2031-01-01\n"
        "source: {file: none.txt}\nrepeats: [2020-99]\n"
        "classes: [{letter: B}, {letter: A}]\n"
        "feedback: [{round: 3, attitude: satisfied}, {attitude: satisfied}]\n"
        "measures:\n  - id: 1\n    text: ' '\n    quote: {text: words}\n"
        "    deadline: {date: 2023-12-31}\n"
        "    targets:\n"
        "      - {id: 1, indicator: a, value: 5, unit: km, value_min: 7, value_max: 6}\n"
        "      - {id: 2, indicator: b}\n"
        "      - {id: 3, indicator: c, value: 9, unit: km, parent: '9'}\n"
        "    log:\n"
        "      - {on: 2024-06-01, target: 1, value: 4, unit: kg, entered: 2024-05-01}\n"
        "      - {on: 2024-06-01, target: 3, value: 4, unit: km, stated_percent: 90}\n"
        "      - {on: 2024-06-02, target: 3, value: 3, unit: km}\n"
        "      - {on: 2024-06-02, target: 7, value: 3}\n"
        "    extensions: [{on: 2024-06-01, to: 2023-01-01, reason: x}]\n"
        "    closings: [{on: 2023-06-01, as: done, into: 2024-77}]\n"
        "  - {id: 1, text: the same number}\n"
    ),
}

EXPORTS = ("measure", "target", "reply", "progress")
# Words of the command line, in order, in the workspace of FULL and INQUIRY.
SAID = [
    "--lang fr",
    "--help",
    "--version",
    *(f"{command.name} --help" for command in COMMANDS),
    "overdue",
    "overdue --wrap --group deputy",
    "overdue --group year",
    "overdue --dept Nowhere",
    "overdue --status late --csv",
    "due",
    "due --within 0",
    "due --no-deadline",
    "due --stale 9",
    "list",
    "list --limit 1",
    "list --text nothing",
    "show 58",
    "show 58.1",
    "show 58 --yaml",
    "show 1",
    "stats",
    "stats --by session",
    "stats --by month",
    "stats --text nothing",
    *(f"export --rows {rows} --preset full" for rows in EXPORTS),
    "export --headers machine",
    "export -o none/a.csv",
    "export -o a.xlsx",
    "export -o b.xlsx --encoding utf-8",
    "export --format xlsx",
    "export -o a.ics --rows reply",
    "export -o a.ics",
    "completion cmd",
    "--complete overdue --sta",
    "remind -o letters --format txt",
    "remind -o letters --format txt --letter rehandling",
    "remind --letter feedback --record",
    "remind --letter x",
    "remind --record --reply-by soon",
    "export -o a.csv",
    "check",
    "index --rebuild",
    "add --title Lifts --lead Housing --yes",
    "add --year 2024 --number 60 --title Parks --lead Parks --text Plant --deadline soon --yes",
    "add --year 2024 --number 60 --title Parks --lead Parks --text Plant --target nothing --yes",
    "add --year 2024 --number 60 --title Parks --lead Parks --text Plant --dry-run --yes",
    "add --year 2024 --number 60 --title Parks --lead Parks --text Plant --yes",
    "add --year 2024 --number 60 --title Parks --lead Parks --text Plant --yes",
    "add --to 60",
    "add --to 60 --text Water --deadline 2025-12 --yes",
    "add --resume",
    "set 60 title=Trees",
    "set 60 class=A --on 2025-01-02",
    "set 60 attitude=satisfied",
    "set 60.2 deadline=2026-12",
    "set 60 colour=red",
    "set 60 status=late",
    "set 60 nothing",
    "set 60 key=perhaps",
    "set 60 reply_date=soon",
    "set 60 contact=N",
    "set 60.9 text=Nothing",
    "log 60.1",
    "log 60.1 --value 7km --note well",
    "log 60.1 --value many",
    "log 60.1 --note ahead --date 2026-01-01",
    "log 60.1 --via phone",
    "log 58.1 --value 80",
    "log 58.1 --value 80kg --target 1",
    "log 58.1 --value 80 --target 9",
    "extend 60.1 --to 2026-01-01 --reason rain",
    "extend 60.2 --to 2025-01-01 --reason rain",
    "extend 60.2 --to 2026-01-01 --reason rain",
    "extend 60.2 --to 2026-02-01",
    "done 58.1",
    "done 60.1 --on 2030-01-01",
    "done 60.1 --evidence paper",
    "done 60.1",
    "reopen 60.1 --reason wrong",
    "reopen 60.1 --reason wrong",
    "drop 60.1 --reason money --as gone",
    "drop 60.1 --reason money",
    "renumber 60 61",
    "renumber 61 58",
    "rm 61.2",
    "rm 61.2 --yes",
    "rm 61 --yes",
    "undo --list",
    "undo --dry-run",
    "undo 2",
    "redo",
    "undo 99",
    "undo",
    "undo 0",
    "import a.csv --dry-run",
    "import a.csv --yes",
    "import none.csv",
    "import schema.yaml",
    "edit 58",
    "show 999",
    "show 5/8/9",
    "show",
    "show 58 59",
    "shows",
    "overdue --dpt Housing",
    "overdue --dept",
    "overdue --json=yes",
    "overdue --json --csv",
    "overdue --year x",
    "overdue --group x",
    "overdue --limit x",
    "overdue --status x",
    "overdue --kind x",
    "overdue --fields x --json",
    "overdue --as-of x",
    "overdue --color x",
    "overdue --since 2024-13-01",
    "due --within -1",
    "stats --by x",
    "export --rows x",
    "check none.yaml",
    "-C none list",
    "-C .. list",
    "--nothing",
    "-C",
]
WRONG_SAID = ["check", "overdue", "show 2024-values", "set 2024-quote title=A"]

USAGE = [line for line in SAID if line.endswith("--help")]
USAGE += SAID[SAID.index("show") :]
TYPER = re.compile(
    r"Usage:|Options:|Error|Got |Invalid|Missing|No such|equires|valid|range|Show this|"
    r"default|required|\b(TEXT|INTEGER|PATH|ARGS)\b"
)

SPEAKER = """
import contextlib, io, json, shlex, sys
from npcreply.cli import run
told = []
for line in json.load(sys.stdin):
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        run(shlex.split(line))
    told.append(stream.getvalue())
json.dump(told, sys.stdout)
"""


def spoken(folder: Path, lines: list[str], speaks: str = "en") -> dict[str, list[str]]:
    """Return what each line printed, in a process that never spoke another language."""
    environ = {
        **os.environ,
        "NPCREPLY_LANG": speaks,
        "NPCREPLY_TODAY": "2025-04-08T09:00",
        "NPCREPLY_USER": "office",
        "NPCREPLY_DIR": str(folder),
        "EDITOR": f'"{sys.executable}" -c 0',
        "VISUAL": "",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", SPEAKER],
        input=json.dumps(lines).encode(),
        capture_output=True,
        cwd=folder,
        env=environ,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    told: dict[str, list[str]] = {}
    for line, text in zip(lines, json.loads(done.stdout), strict=True):
        told.setdefault(line, []).append(text)
    return told


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("en") / "office"
    _write(folder, {"2024-58": FULL, "2024-询1": INQUIRY})
    return spoken(folder, SAID)


@pytest.fixture(scope="module")
def told_of_wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("wrong") / "office"
    _write(folder, {f"2024-{name}": text for name, text in WRONG.items()})
    return spoken(folder, WRONG_SAID)


@pytest.fixture(scope="module")
def told_in_chinese(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("zh") / "office"
    _write(folder, {"2024-58": FULL})
    return spoken(folder, USAGE, "zh")


def _write(folder: Path, records: dict[str, str]) -> None:
    (folder / "replies" / "2024").mkdir(parents=True)
    (folder / "schema.yaml").write_bytes(SCHEMA.encode())
    for stem, text in records.items():
        (folder / "replies" / "2024" / f"{stem}.yaml").write_bytes(text.encode())


def test_every_sentence_has_its_english() -> None:
    """Bring the catalogue up to date with: python tests/catalogue.py."""
    assert catalogue.problems(catalogue.updated()) == []


def test_mo_is_the_compiled_po() -> None:
    assert catalogue.MO.read_bytes() == catalogue.mo_bytes(catalogue.kept())


def test_catalogue_says_nothing_of_days_and_machines() -> None:
    text = catalogue.PO.read_text("utf-8")
    assert not re.search(r"POT-Creation-Date|PO-Revision-Date|Generated-By|\.py:\d", text)
    assert str(ROOT) not in text


@pytest.mark.parametrize(
    ("chinese", "english", "problem"),
    [
        ("第 {line} 行", "line {line}", False),
        ("第 {line} 行", "{line}: line", False),
        ("第 {line} 行", "line", True),
        ("第 {line} 行", "line {lines}", True),
        ("U+{code:04X}", "U+{code:04X}", False),
        ("U+{code:04X}", "U+{code}", True),
        ("两行", "", True),
    ],
)
def test_problems_are_found(chinese: str, english: str, problem: bool) -> None:
    found = catalogue.English()
    found.add(chinese, english)
    assert bool(catalogue.problems(found)) is problem


def test_chinese_fits_gbk() -> None:
    """The console of a Chinese Windows has no other characters."""
    assert [said for said in TRANSLATED if said.encode("gbk", "ignore").decode("gbk") != said] == []


def test_english_is_ascii() -> None:
    assert [said for said in TRANSLATED.values() if not said.isascii()] == []


def test_status_words_differ() -> None:
    words = [TRANSLATED[label] for label, _style in _STATUS.values()]
    assert len(set(words)) == len(words)
    assert all(word.isupper() for word in words)


@pytest.mark.parametrize(
    ("speaks", "said"),
    [
        ("zh", ("甲、乙", "甲；乙", "甲（乙）", "甲", "甲。乙。", "甲。", "")),
        ("en", ("甲, 乙", "甲; 乙", "甲 (乙)", "甲", "甲。 乙。", "甲。", "")),
    ],
)
def test_parts_are_put_together(speaks: str, said: tuple[str, ...]) -> None:
    before = language.chosen()
    try:
        language.choose(speaks)
        assert said == (
            language.listed(["甲", "乙"]),
            language.listed_apart(["甲", "乙"]),
            language.with_aside("甲", "乙"),
            language.with_aside("甲", ""),
            language.in_a_row("甲。", "乙。"),
            language.in_a_row("甲。", ""),
            language._(""),  # gettext answers "" with its header
        )
    finally:
        language.choose(before)


EXAMPLE = re.compile(r"(?m)^  npcreply .+$")


@pytest.mark.parametrize("line", dict.fromkeys(SAID))
def test_english_mode_prints_no_chinese(told: dict[str, list[str]], line: str) -> None:
    """In every language an inquiry's id has its mark, and files part lists with the same sign; what
    a help page gives to type is Chinese, as the records are.
    """
    for page in told[line]:
        text = EXAMPLE.sub("", page) if "--help" in line else page
        kept = "询、" if line.startswith("export") or "--csv" in line else "询"
        assert not CHINESE.search(text.translate(str.maketrans("", "", kept))), text
        assert text.strip()


@pytest.mark.parametrize("line", WRONG_SAID)
def test_english_of_broken_files(told_of_wrong: dict[str, list[str]], line: str) -> None:
    for text in told_of_wrong[line]:
        assert not CHINESE.search(text), text
        assert text.strip()


def test_every_status_is_told_in_english(told: dict[str, list[str]]) -> None:
    head = told["stats"][0]
    assert [w for label, _s in _STATUS.values() if (w := TRANSLATED[label]) not in head] == []


def test_broken_files_are_all_named(told_of_wrong: dict[str, list[str]]) -> None:
    text = told_of_wrong["check"][0]
    assert [name for name in WRONG if f"2024-{name}.yaml" not in text] == []
    assert "ERROR" in text
    assert "DOUBT" in text


@pytest.mark.parametrize("rows", EXPORTS)
def test_english_heads_differ(told: dict[str, list[str]], rows: str) -> None:
    """A table is read back by its heads."""
    heads = next(csv.reader([told[f"export --rows {rows} --preset full"][0].splitlines()[0]]))
    assert len(set(heads)) == len(heads)


def test_an_english_export_comes_back(told: dict[str, list[str]]) -> None:
    assert "Nothing was changed." in told["import a.csv --yes"][0]


@pytest.mark.parametrize("line", dict.fromkeys(USAGE))
def test_typer_has_no_say(told_in_chinese: dict[str, list[str]], line: str) -> None:
    """Its own words would be the only English ones; in English nobody could tell them."""
    for text in told_in_chinese[line]:
        assert not TYPER.search(text), text
        assert CHINESE.search(text)
