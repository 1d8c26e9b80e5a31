from __future__ import annotations

from tests.conftest import BROKEN, Place, Run


def test_where_it_is_and_what_it_holds(office: Place, run: Run) -> None:
    said = run("index")
    assert said.code == 0
    assert said.out.startswith(f"索引 {office.root / '.npcreply' / 'index' / 'index.sqlite'}（")
    assert said.out.endswith("：2 个文件，2 件记录，4 项承诺\n")


def test_rebuilt_after_damage(office: Place, run: Run) -> None:
    before = run("overdue").out
    file = office.root / ".npcreply" / "index" / "index.sqlite"
    file.write_bytes(b"not a database" * 100)
    assert run("index", "--rebuild").code == 0
    assert run("overdue").out == before


def test_deleted_at_any_moment(office: Place, run: Run) -> None:
    before = run("overdue").out
    (office.root / ".npcreply" / "index" / "index.sqlite").unlink()
    assert run("overdue").out == before


def test_unreadable_files_are_counted(office: Place, run: Run) -> None:
    office.write("2023/2023-112", BROKEN)
    said = run("index")
    assert said.code == 3
    assert "3 个文件，2 件记录" in said.out
    assert "1 个文件读不了" in said.err
