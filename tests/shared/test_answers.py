"""Every answer of the shared database is the answer of the workspace's own index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from benchmarks import made
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index.sync import Index
from npcreply.shared import place
from npcreply.shared.pull import PulledIndex, Shared
from npcreply.store.contract import read
from tests.conftest import BROKEN, SMALL, Run
from tests.servers import Server

Desk = Any
Database = Any
NAME = "northern"
DAYS = [date(2021, 3, 1), date(2023, 12, 31), date(2024, 1, 5), date(2026, 7, 1)]
SELECTIONS = [
    Selection(),
    Selection(year=(2020, 2023)),
    Selection(kind=("proposal",)),
    Selection(dept=("第3局",)),
    Selection(text=("第1项",)),
    Selection(text=("100%_",)),
    Selection(force=("firm",)),
]


@pytest.fixture(scope="module")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    made.workspace(root, 400)
    schema = root / "schema.yaml"
    schema.write_text(f"{schema.read_text('utf-8')}x-workspace: {{id: {NAME}}}\n", "utf-8")
    (root / "replies" / "2023" / "2023-99999.yaml").write_text(BROKEN, "utf-8")
    return root


def everything(index: Any) -> Iterator[tuple[str, Any]]:
    """Every question with every day and selection, and its answer."""
    for name in ("replies", "promises"):
        yield from ((name, getattr(index, name)(one)) for one in SELECTIONS)
    for name in ("carried", "unreadable", "counts"):
        yield name, getattr(index, name)()
    yield "departments", sorted(index.departments())
    yield "numbers", index.numbers()
    yield "said", index.said(index.promises()[3].measure.text)
    for day in DAYS:
        as_of, until = AsOf(day), day + timedelta(days=30)
        known = AsOf(day, day - timedelta(days=90))
        for one in SELECTIONS:
            yield "owing", index.owing(as_of, one)
            yield "undated", index.undated(as_of, one)
            yield "open", index.open_until(known, until, one)
            yield "open at all", index.open_until(as_of, None, one)
            yield "stirring", index.stirring(as_of, day, until, one)
            yield "ahead", index.ahead(known, day, until, one)
        yield "ahead counts", sorted(index.ahead_counts(as_of, day, until), key=repr)


def at_home(answer: Any) -> Any:
    """An answer without the workspace's name in front."""
    if isinstance(answer, list):
        return [at_home(one) for one in answer]
    if isinstance(answer, MeasureLine):
        return MeasureLine(at_home(answer.reply), answer.measure)
    if isinstance(answer, ReplyLine):
        assert answer.workspace == NAME
        own = {n: getattr(answer, n).removeprefix(f"{NAME}/") for n in ("id", "path")}
        return replace(answer, workspace=None, **own)
    if hasattr(answer, "severity"):
        return replace(answer, path=answer.path.removeprefix(f"{NAME}/"))
    return answer


def test_every_question_has_the_same_answer_on_every_server(
    each_server: Server, made_workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.shared.conftest import fresh

    monkeypatch.setenv("NPCREPLY_INDEX", fresh(each_server).url())
    assert run("sync", cwd=made_workspace).code == 3
    schema = read.load(made_workspace / "schema.yaml")
    shared = Shared(place.told())
    with closing(Index(made_workspace, schema)) as own, closing(shared):
        pulled = PulledIndex(shared, NAME, schema.settings)
        wanted, found = list(everything(own)), list(everything(pulled))
    assert len(wanted) > 150
    for (question, here), (_same, there) in zip(wanted, found, strict=True):
        assert at_home(there) == here, question
    assert sum(bool(answer) for _question, answer in wanted) > 100


@pytest.mark.parametrize(
    "words",
    [
        ("overdue", "--json"),
        ("overdue", "--json", "--undated"),
        ("overdue", "--json", "--dept", "水利", "--since", "2023-06-01"),
        ("overdue", "--json", "--known-on", "2023-10-01"),
        ("list", "--json"),
        ("list", "--json", "--limit", "1"),
        ("list", "--json", "--text", "清淤"),
        ("stats", "--json", "--by", "year"),
        ("stats", "--json", "--rates", "--by", "session"),
        ("export", "--format", "json", "--preset", "full"),
        ("export", "--rows", "reply", "--format", "csv", "--headers", "machine"),
    ],
)
def test_commands_say_of_one_workspace_what_they_say_at_home(
    database: Database, desk: Callable[..., Desk], words: tuple[str, ...]
) -> None:
    own = desk("office", {**SMALL, "2023/2023-112": BROKEN})
    own.run("sync")
    here, there = own.run(*words), own.run(*words, "--all-workspaces")
    assert here.out not in ("", "[]\n")
    assert there.out.replace("office/", "").replace("office ", "") == here.out
    assert there.code == here.code == 3


def test_two_offices_keep_their_numbers_and_departments_apart(
    database: Database, desk: Callable[..., Desk]
) -> None:
    one, other = desk("yueqing"), desk("dongtou")
    for office in (one, other):
        assert office.run("sync").code == 0
    rows = json.loads(one.run("overdue", "--all-workspaces", "--json").out)
    assert [row["id"] for row in rows if row["status"] == "overdue"] == [
        "dongtou/2023-107.1",
        "yueqing/2023-107.1",
    ]
    screen = one.run("overdue", "--all-workspaces")
    assert "■ dongtou 市水利局  逾期 1 项" in screen.out
    assert "■ yueqing 市水利局  逾期 1 项" in screen.out
    assert "逾期 2 项" in screen.out
    assert "2 个资料库" in screen.err
    groups = json.loads(one.run("stats", "--all-workspaces", "--json").out)
    assert {row["group"]: row["promises"] for row in groups}["合计"] == 8
    assert "yueqing/" not in one.run("overdue").out


def test_each_office_is_judged_by_its_own_settings(
    database: Database, desk: Callable[..., Desk]
) -> None:
    """30 days ahead is soon for one, 10 for the other; 发改 is an alias in one of them."""
    one, other = desk("yueqing"), desk("dongtou")
    schema = other.place.root / "schema.yaml"
    schema.write_text(schema.read_text("utf-8").replace("soon_days: 30", "soon_days: 10"), "utf-8")
    for office in (one, other):
        office.run("sync")
    asked = ("export", "--all-workspaces", "--format", "json", "--fields", "id,status")
    states = {row["id"]: row["status"] for row in json.loads(one.run(*asked).out)}
    assert states["yueqing/2023-107.3"] == "due_soon"
    assert states["dongtou/2023-107.3"] == "open"


def test_who_has_no_workspace_reads_all(
    database: Database, desk: Callable[..., Desk], run: Run, tmp_path: Path
) -> None:
    desk("yueqing").run("sync")
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    said = run("overdue", "--all-workspaces", cwd=nowhere)
    assert said.code == 0
    assert "yueqing/2023-107.1" in said.out
    assert run("overdue", cwd=nowhere).code == 5


def test_page_and_workbook_say_where_they_come_from(
    database: Database, desk: Callable[..., Desk]
) -> None:
    from openpyxl import load_workbook

    office = desk("yueqing")
    office.run("sync")
    database.sql(
        "UPDATE npcreply.meta SET value = '2020-01-01T00:00:00+00:00' WHERE name = 'synced'"
    )
    out = office.place.root / "out"
    out.mkdir()
    said = office.run("report", "--all-workspaces", "-o", "out/会议.html")
    assert said.code == 0
    assert "天没有同步" in (out / "会议.html").read_text("utf-8")
    office.run("export", "--all-workspaces", "-o", "out/会议.xlsx")
    book = load_workbook(out / "会议.xlsx")
    cells = [str(cell.value) for row in book.worksheets[0] for cell in row]
    assert "yueqing" in cells
    assert any("天没有同步" in cell for cell in cells)
    calendar = office.run("export", "--all-workspaces", "-o", "out/会议.ics")
    assert calendar.code == 2
    assert "日历" in calendar.err


def test_a_name_that_no_office_knows_is_refused(
    database: Database, desk: Callable[..., Desk]
) -> None:
    office = desk("yueqing")
    office.run("sync")
    assert office.run("list", "--all-workspaces", "--dept", "水力局").code == 2
    assert office.run("list", "--all-workspaces", "--dept", "水利").code == 0
