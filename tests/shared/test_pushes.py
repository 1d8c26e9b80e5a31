"""What a sync sends, what it asks before, and that nothing is left half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from npcreply.index.packing import unpacked
from npcreply.shared import facts, push, retry
from tests import servers
from tests.conftest import BROKEN, RIVER, SCHOOL, SMALL, Run

Desk = Any
Database = Any
Make = Callable[..., Desk]
COUNTS = "SELECT workspace, count(*) FROM npcreply.reply GROUP BY 1 ORDER BY 1"
PERSONS = ("甲代表", "乙代表", "丙代表", "王某处长", "13800001111", "李某某")
NAMED = RIVER.replace(
    "reply_date", "contact: {name: 李某某, phone: '13800001111'}\nreply_date"
).replace("note: 半年", "note: 王某处长来电13800001111")


def as_text(row: tuple[Any, ...]) -> str:
    """A row as text, what is packed in it unpacked."""
    return " ".join(unpacked(cell) if isinstance(cell, bytes) else str(cell) for cell in row)


def late(office: Desk) -> list[str]:
    said = office.run("overdue", "--all-workspaces", "--json")
    return [row["id"] for row in json.loads(said.out)]


def test_what_did_not_change_is_not_sent(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk("yueqing")
    assert "送 2 个文件，去掉 0 个，0 个没有变" in office.run("sync").out
    monkeypatch.setattr(facts, "of_file", None)  # nothing is read for it
    assert "送 0 个文件，去掉 0 个，2 个没有变" in office.run("sync").out


def statements(office: Desk) -> list[str]:
    """The statements of a sync."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert office.run("sync").code == 0
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


def test_a_sync_where_nothing_changed_says_as_little_of_many_files_as_of_few(
    database: Database, desk: Make
) -> None:
    plain = SCHOOL.replace("proposal", "suggestion")
    records = {f"2023/2023-{n}": plain.replace('"12"', f'"{n}"') for n in range(1, 31)}
    few, many = desk("few"), desk("many", records)
    sent, _more = statements(many), statements(few)
    assert any("npcreply.promise" in one for one in sent)
    unchanged = statements(many)
    assert unchanged == statements(few)
    changing = [one for one in unchanged if not one.startswith(("SELECT", "SET LOCAL"))]
    assert changing
    assert all("INTO npcreply.meta" in one for one in changing), changing


def test_a_file_that_changed_is_sent_alone_and_one_that_is_gone_goes(
    database: Database, desk: Make
) -> None:
    office = desk("yueqing")
    office.run("sync")
    assert office.run("done", "2023-107.1", "--reason", "建成").code == 0
    assert "送 1 个文件，去掉 0 个，1 个没有变" in office.run("sync").out
    assert late(office) == ["yueqing/2023-提12.1"]
    office.run("rm", "2023-提12", "--yes")
    assert "送 0 个文件，去掉 1 个，1 个没有变" in office.run("sync").out
    assert database.sql(COUNTS) == [("yueqing", 1)]
    assert database.sql("SELECT count(*) FROM npcreply.promise") == [(3,)]


def test_a_setting_that_judges_is_sent_too(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    office.run("sync")
    schema = office.place.root / "schema.yaml"
    schema.write_text(schema.read_text("utf-8").replace("soon_days: 30", "soon_days: 3"), "utf-8")
    office.run("sync")
    (settings,) = database.sql("SELECT value FROM npcreply.meta WHERE name = 'settings'")[0]
    assert json.loads(settings)["soon_days"] == 3


def test_a_broken_file_is_named_not_lost(database: Database, desk: Make) -> None:
    office = desk("yueqing", {**SMALL, "2023/2023-112": BROKEN})
    assert office.run("sync").code == 3
    said = office.run("overdue", "--all-workspaces")
    assert said.code == 3
    assert "yueqing/replies/2023/2023-112.yaml" in said.err


@pytest.mark.parametrize("redact", [True, False])
def test_no_name_and_no_telephone_leaves_with_redact(
    database: Database, desk: Make, redact: bool
) -> None:
    office = desk("yueqing", {"2023/2023-107": NAMED, "2023/2023-提12": SCHOOL})
    schema = office.place.root / "schema.yaml"
    text = schema.read_text("utf-8")
    text = text.replace(
        "{name: 市教育局}", "{name: 市教育局, contact: 李某某, phone: '13800001111'}"
    )
    schema.write_text(text, "utf-8")
    assert office.run("sync", *["--redact"] * redact).code == 0
    tables = ("meta", "file", "reply", "promise")
    rows = [
        as_text(row) for table in tables for row in database.sql(f"SELECT * FROM npcreply.{table}")
    ]
    found = [name for name in PERSONS if any(name in row for row in rows)]
    assert found == ([] if redact else list(PERSONS))
    assert late(office) == ["yueqing/2023-107.1", "yueqing/2023-提12.1"]


def test_names_that_were_held_back_do_not_leave_by_a_forgotten_option(
    database: Database, desk: Make
) -> None:
    office = desk("yueqing")
    office.run("sync", "--redact")
    said = office.run("sync")
    assert said.code == 2
    assert "--redact" in said.err
    assert office.run("sync", answers=("",)).code == 130
    assert "没有变" in office.run("sync", "--redact").out
    assert office.run("sync", answers=("y",)).code == 0
    lines = database.sql("SELECT line FROM npcreply.reply")
    assert any("甲代表" in as_text(row) for row in lines)


def test_another_workspace_of_the_same_id_is_asked_about(database: Database, desk: Make) -> None:
    first = desk("yueqing")
    first.run("sync")
    second = desk(
        "second", {"2023/2023-9": SCHOOL.replace('"12"', '"9"').replace("proposal", "suggestion")}
    )
    second.rename("second", "yueqing")
    said = second.run("sync")
    assert said.code == 2
    assert "另一个资料库" in said.err
    assert "--yes" in said.err
    assert second.run("sync", answers=("n",)).code == 130
    assert database.sql(COUNTS) == [("yueqing", 2)]
    assert second.run("sync", "--yes").code == 0
    assert database.sql(COUNTS) == [("yueqing", 1)]
    assert first.run("sync").code == 2


def test_a_copy_that_syncs_as_well_is_found_out(
    database: Database, desk: Make, tmp_path: Path, run: Run
) -> None:
    import shutil

    office = desk("yueqing")
    office.run("sync")
    copy = tmp_path / "copy"
    shutil.copytree(office.place.root, copy)
    assert office.run("sync").code == 0
    said = run("sync", cwd=copy)
    assert said.code == 2
    assert "别处同步" in said.err
    assert office.run("sync").code == 0


def test_a_changed_id_is_asked_and_then_moves(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    office.run("sync")
    office.rename("yueqing", "leqing")
    said = office.run("sync")
    assert said.code == 2
    assert "上次叫 yueqing，现在叫 leqing" in said.err
    assert database.sql(COUNTS) == [("yueqing", 2)]
    assert "yueqing 已改名为 leqing" in office.run("sync", answers=("y",)).out
    assert database.sql(COUNTS) == [("leqing", 2)]
    assert database.sql("SELECT count(*) FROM npcreply.meta WHERE workspace = 'yueqing'") == [(0,)]


def test_a_workspace_without_a_name_of_its_own_is_not_sent(database: Database, desk: Make) -> None:
    office = desk("workspace")
    said = office.run("sync")
    assert said.code == 2
    assert "id" in said.err


def test_a_damaged_identity_is_said_and_nothing_is_sent(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    office.run("sync")
    (office.place.root / ".npcreply" / "state" / "shared.json").write_text("{", "utf-8")
    said = office.run("sync")
    assert said.code == 1
    assert "shared.json" in said.err


def test_offices_sync_at_once(database: Database, desk: Make) -> None:
    """Two of them; eight in `.ci/run --full`, for each starts a program that loads SQLAlchemy."""
    count = 8 if "NPCREPLY_FULL" in os.environ else 2
    offices = [desk(f"office{number}") for number in range(count)]
    asked = [sys.executable, "-m", "npcreply", "sync"]

    def sync(office: Desk) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(asked, check=False, cwd=office.place.root, capture_output=True)

    with ThreadPoolExecutor(count) as pool:
        done = list(pool.map(sync, offices))
    assert [(one.returncode, one.stderr) for one in done] == [(0, b"")] * count
    assert database.sql(COUNTS) == [(f"office{number}", 2) for number in range(count)]
    assert len(late(offices[0])) == 2 * count


def test_two_processes_of_one_workspace_come_to_the_same(database: Database, desk: Make) -> None:
    office = desk("yueqing")
    asked = [sys.executable, "-m", "npcreply", "sync"]
    both = [subprocess.Popen(asked, cwd=office.place.root) for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert database.sql(COUNTS) == [("yueqing", 2)]


def test_what_fails_for_a_moment_is_done_again(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections that the server cut, each time a transaction was about to end."""
    office, cut = desk("yueqing"), []
    carried_out = retry.carried_out

    def often_cut(engine: Engine, work: Callable[[Connection], Any]) -> Any:
        def broken_once(connection: Connection) -> Any:
            found = work(connection)
            if len(cut) < 3:
                cut.append(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar())
                database.sql(f"SELECT pg_terminate_backend({cut[-1]})")
            return found

        return carried_out(engine, broken_once)

    monkeypatch.setattr(retry, "carried_out", often_cut)
    assert office.run("sync").code == 0
    assert len(cut) == 3
    assert late(office) == ["yueqing/2023-107.1", "yueqing/2023-提12.1"]


def test_a_sync_that_is_stopped_in_the_middle_leaves_whole_files_and_says_so(
    database: Database, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk("yueqing")
    send, sent = push._send, []

    def stopped(*given: Any) -> None:
        if sent:
            raise KeyboardInterrupt
        sent.append(given)
        send(*given)

    monkeypatch.setattr(push, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(push, "_send", stopped)
    assert office.run("sync").code == 130
    monkeypatch.undo()
    said = office.run("sync", "--list", env={"NPCREPLY_INDEX": database.url()})
    assert "没有同步完" in said.out
    assert database.sql(COUNTS) == [("yueqing", 1)]
    done = office.run("sync", env={"NPCREPLY_INDEX": database.url()})
    assert "送 1 个文件，去掉 0 个，1 个没有变" in done.out


def test_a_server_killed_in_the_middle_of_a_sync(
    desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is down for good at first: a sentence, exit 1. Back again, the sync goes on."""
    from tests.shared import conftest

    if not conftest.AT_HAND:
        pytest.skip(conftest.WITHOUT)
    office = desk("yueqing")
    monkeypatch.setattr(retry, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(push, "ROWS_AT_ONCE", 1)
    with servers.running(next(iter(conftest.AT_HAND.values()))) as server:
        conftest._prepared(server)
        monkeypatch.setenv("NPCREPLY_INDEX", server.url())
        send, sent = push._send, []

        def killed(*given: Any) -> None:
            send(*given)
            sent.append(given)
            if len(sent) == 2:
                server.kill()

        monkeypatch.setattr(push, "_send", killed)
        said = office.run("sync")
        assert said.code == 1
        assert said.err.startswith("错误：连不上共享数据库")
        assert office.run("overdue", "--all-workspaces").code == 1
        server.start()
        monkeypatch.setattr(push, "_send", send)
        assert "没有同步完" in office.run("sync", "--list").out
        assert office.run("sync").code == 0
        assert late(office) == ["yueqing/2023-107.1", "yueqing/2023-提12.1"]


def test_a_server_that_comes_back_during_a_sync_is_waited_for(
    desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.shared import conftest

    if not conftest.AT_HAND:
        pytest.skip(conftest.WITHOUT)
    office = desk("yueqing")
    with servers.running(next(iter(conftest.AT_HAND.values()))) as server:
        conftest._prepared(server)
        monkeypatch.setenv("NPCREPLY_INDEX", server.url())
        send, back = push._send, []

        def killed(*given: Any) -> None:
            send(*given)
            if not back:
                server.kill()
                back.append(threading.Thread(target=server.start))
                back[0].start()

        monkeypatch.setattr(push, "_send", killed)
        assert office.run("sync").code == 0
        back[0].join()
        assert late(office) == ["yueqing/2023-107.1", "yueqing/2023-提12.1"]


def test_the_scripts_of_the_package_are_printed(run: Run) -> None:
    for name, word in (
        ("tables", "CREATE TABLE IF NOT EXISTS npcreply.promise"),
        ("roles", "ROW LEVEL SECURITY"),
        ("gathered", "PARTITION BY LIST (workspace)"),
        ("server", "postgres_fdw"),
    ):
        said = run("sync", "--sql", name)
        assert said.code == 0
        assert word in said.out
    assert run("sync", "--sql", "everything").code == 2
    assert run("sync", "--sql", "tables", "--yes").code == 2
