"""Calendars given out again and again: what a calendar program holds after taking each of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.conftest import BROKEN, Make, Place, Run

BUS = """\
kind: suggestion
year: 2024
number: "58"
title: 关于优化公交线路的建议
lead: 市交通局
reply_date: 2024-02-20
measures:
  - id: 1
    text: 年底前新开三条线路
    deadline: {date: 2024-12-31}
  - id: 2
    text: 每季度公布一次准点率
    department: 市公交公司
    cadence: quarter
    deadline: {date: 2024-12-31}
  - id: 3
    text: 研究夜班车
"""
LAMP = """\
kind: suggestion
year: 2024
number: "60"
title: 关于增设路灯的建议
lead: 市城管局
reply_date: 2024-02-25
measures:
  - id: 1
    text: 6月底前装好路灯
    deadline: {date: 2024-06-30}
"""
QUARTERS = ("2024-06-30", "2024-09-30", "2024-12-31")


class Program:
    """A calendar program, as RFC 5546 has it: an event is known by its uid, one with a lower number
    than the one at hand is not taken, a cancelled one is shown no more.
    """

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}

    def take(self, file: Path) -> list[str]:
        """Take a file; return the uids of the events that were newer than those at hand."""
        found = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        uids = [str(event["UID"]) for event in found]
        assert len(uids) == len(set(uids))
        newer = []
        for event in found:
            last = self.held.get(str(event["UID"]))
            assert last is None or event["SEQUENCE"] >= last["SEQUENCE"], "the program ignores it"
            if last is None or event["SEQUENCE"] > last["SEQUENCE"]:
                newer.append(str(event["UID"]))
            else:
                assert event.to_ical() == last.to_ical().replace(
                    last["DTSTAMP"].to_ical(), event["DTSTAMP"].to_ical()
                ), "changed without a higher number"
            self.held[str(event["UID"])] = event
        return newer

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Return day and summary of what stands in the calendar."""
        standing = (event for event in self.held.values() if event["STATUS"] != "CANCELLED")
        return sorted((str(e.decoded("DTSTART")), str(e["SUMMARY"])) for e in standing)


@pytest.fixture
def office(workspace: Make, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("NPCREPLY_TODAY", "2024-03-01")
    return workspace({"2024/2024-58": BUS, "2024/2024-60": LAMP})


@pytest.fixture
def given(office: Place, run: Run) -> Any:
    """Export the calendar and have a program take it; return what is newer."""
    program = Program()

    def take(*options: str) -> list[str]:
        said = run("export", "-o", "a.ics", *options)
        assert said.code in (0, 3), said.err
        return program.take(office.root / "a.ics")

    take.program = program  # type: ignore[attr-defined]
    take()
    return take


def shown(given: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = given.program.shown
    return found


def test_promises_and_the_reports_they_owe_stand_in_it(given: Any) -> None:
    reports = [(day, "[市公交公司] 58.2 每季度报告：每季度公布一次准点率") for day in QUARTERS]
    assert shown(given) == sorted(
        [
            ("2024-12-31", "[市交通局] 58.1 年底前新开三条线路"),
            ("2024-12-31", "[市公交公司] 58.2 每季度公布一次准点率"),
            ("2024-06-30", "[市城管局] 60.1 6月底前装好路灯"),
            *reports,
        ]
    )


def test_given_out_twice_nothing_is_newer_and_nothing_is_double(given: Any) -> None:
    before = shown(given)
    assert given() == []
    assert shown(given) == before


@pytest.mark.parametrize(
    "change",
    [
        ("extend", "58.1", "--to", "2025-03-31", "--reason", "车未到"),
        ("set", "58.1", "deadline=2024-11-30", "--yes"),
        ("set", "58.1", "text=年底前新开四条线路"),
        ("set", "58.1", "department=市财政局"),
        ("set", "58", "title=关于优化公交的建议"),
        ("done", "58.1", "--evidence", "看过", "--on", "2024-02-28"),
        ("drop", "58.1", "--reason", "并入别的规划"),
        ("rm", "58.1", "--yes"),
    ],
    ids=lambda change: " ".join(change[:3]),
)
def test_a_change_and_its_undoing_both_arrive(
    given: Any, run: Run, change: tuple[str, ...]
) -> None:
    before = shown(given)
    said = run(*change)
    assert said.code == 0, said.err
    given()
    after = shown(given)
    run("undo")
    given()
    assert shown(given) == before
    run("redo")
    given()
    assert shown(given) == after
    assert given() == []


def test_a_date_that_is_corrected_has_a_higher_number(given: Any, run: Run) -> None:
    run("set", "60.1", "deadline=2024-05-31", "--yes")
    assert given() == ["2024-60-m1@npcreply"]
    assert ("2024-05-31", "[市城管局] 60.1 6月底前装好路灯") in shown(given)


def test_a_number_that_is_corrected_leaves_one_event_each(
    given: Any, run: Run, office: Place
) -> None:
    held = set(given.program.held)
    assert run("renumber", "58", "85").code == 0
    assert '\nuid: "2024-58"\nmeasures:' in office.text("2024/2024-85")
    given()
    assert set(given.program.held) == held
    assert [said.split()[1] for _day, said in shown(given)].count("85.1") == 1
    assert run("renumber", "85", "86").code == 0
    assert 'uid: "2024-58"\n' in office.text("2024/2024-86")
    assert "uid" not in run("show", "86").out
    given()
    assert set(given.program.held) == held


def test_a_new_record_under_the_number_that_another_left_has_its_own_events(
    given: Any, run: Run, office: Place
) -> None:
    run("renumber", "58", "85")
    office.write("2024/2024-58", LAMP.replace('"60"', '"58"'))
    given()
    lamps = [said for _day, said in shown(given) if "路灯" in said]
    assert sorted(lamps) == ["[市城管局] 58.1 6月底前装好路灯", "[市城管局] 60.1 6月底前装好路灯"]
    run("rm", "85", "--yes")
    given()
    assert [said for _day, said in shown(given) if "85." in said] == []
    assert [said for _day, said in shown(given) if "路灯" in said] == lamps


def test_a_copy_made_by_hand_of_a_renumbered_record_is_not_lost_beside_it(
    given: Any, run: Run, office: Place
) -> None:
    run("renumber", "60", "61")
    text = office.text("2024/2024-61")
    office.write("2024/2024-62", text.replace('"61"', '"62"'))
    given()
    assert [said.split()[1] for _day, said in shown(given) if "路灯" in said] == ["61.1", "62.1"]
    assert "和 2024-61 的日历标识一样" in run("check").out


def test_a_record_that_is_gone_is_cancelled_and_comes_back(given: Any, run: Run) -> None:
    before = shown(given)
    run("rm", "60", "--yes")
    given()
    assert [said for _day, said in shown(given) if "路灯" in said] == []
    cancelled = given.program.held["2024-60-m1@npcreply"]
    assert str(cancelled["SUMMARY"]) == "已取消 2024-60.1"
    assert cancelled.walk("VALARM") == []
    assert given() == []
    run("undo")
    given()
    assert shown(given) == before


def test_a_promise_that_moves_to_another_record_by_hand_stands_once(
    given: Any, office: Place
) -> None:
    text = office.text("2024/2024-60")
    office.path("2024/2024-60").unlink()
    office.write("2024/2024-66", text.replace('"60"', '"66"'))
    given()
    assert [said.split()[1] for _day, said in shown(given) if "路灯" in said] == ["66.1"]


def test_a_report_that_came_is_taken_off_and_missing_ones_stand_together(
    given: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPCREPLY_TODAY", "2024-10-08")
    given()
    reports = [row for row in shown(given) if "每季度" in row[1] and "报告" in row[1]]
    assert reports == [
        ("2024-06-30", "[市公交公司] 58.2 每季度报告漏 2 期：每季度公布一次准点率"),
        ("2024-12-31", "[市公交公司] 58.2 每季度报告：每季度公布一次准点率"),
    ]
    run("log", "58.2", "--date", "2024-06-20", "--note", "已公布")
    given()
    days = [day for day, said in shown(given) if "报告" in said]
    assert days == ["2024-09-30", "2024-12-31"]


def test_filters_cancel_nothing_that_is_still_on_record(given: Any, run: Run) -> None:
    before = shown(given)
    assert given("--dept", "市城管局") == []
    assert shown(given) == before
    run("rm", "58", "--yes")
    given("--dept", "市城管局")
    assert [said for _day, said in shown(given) if "公交" in said] == []


def test_a_file_that_cannot_be_read_takes_nothing_off(given: Any, run: Run, office: Place) -> None:
    before = shown(given)
    office.write("2024/2024-60", BROKEN)
    said = run("export", "-o", "a.ics")
    assert said.code == 3
    assert "有文件读不了，这次不取消日历里已经没有的日子。" in said.err
    given.program.take(office.root / "a.ics")
    assert shown(given) == before


def test_a_look_at_an_earlier_day_takes_nothing_off(given: Any) -> None:
    before = shown(given)
    given("--as-of", "2024-02-22")
    assert [day for day, said in shown(given) if "路灯" in said] == ["2024-06-30"]
    given()
    assert shown(given) == before


def test_another_computer_gives_out_higher_numbers_on_a_later_day(
    given: Any, run: Run, office: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("set", "60.1", "deadline=2024-05-31", "--yes")
    given()
    (office.root / ".npcreply" / "state" / "calendar.json").unlink()
    monkeypatch.setenv("NPCREPLY_TODAY", "2024-03-04")
    run("set", "60.1", "deadline=2024-04-30", "--yes")
    given()
    assert ("2024-04-30", "[市城管局] 60.1 6月底前装好路灯") in shown(given)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "[]",
        "{",
        '{"a@npcreply": 5}',
        '{"a b@npcreply": [1, "x", "i", "2024-01-01"]}',
        '{"meeting@elsewhere.example": [1, "x", "i", "2024-12-01"]}',
        '{"a@npcreply": [-1, "x", "i", "2024-12-01"]}',
        '{"a@npcreply": [1, "x", "i", "2024-13-01"]}',
        '{"a@npcreply": [99999999999, "x", "i", "2024-12-01"]}',
        '{"a@npcreply": [true, "x", "i", {}]}',
    ],
)
def test_notes_that_the_program_did_not_write_cancel_nothing(
    office: Place, run: Run, kept: str
) -> None:
    state = office.root / ".npcreply" / "state"
    state.mkdir(parents=True)
    (state / "calendar.json").write_text(kept, "utf-8")
    assert run("export", "-o", "a.ics").code == 0
    program = Program()
    program.take(office.root / "a.ics")
    assert len(program.held) == len(program.shown) == 6


def test_where_nothing_can_be_noted_the_calendar_is_written_and_says_so(
    office: Place, run: Run
) -> None:
    (office.root / ".npcreply").mkdir()
    (office.root / ".npcreply" / "state").write_text("", "utf-8")
    said = run("export", "-o", "a.ics")
    assert said.code == 0
    assert "日历里的版本号没有记下" in said.err
    assert (office.root / "a.ics").is_file()


def test_what_was_cancelled_long_ago_is_forgotten(
    given: Any, run: Run, office: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("rm", "60", "--yes")
    given()
    monkeypatch.setenv("NPCREPLY_TODAY", "2025-12-01")
    given()
    kept = json.loads((office.root / ".npcreply/state/calendar.json").read_text("utf-8"))
    assert "2024-60-m1@npcreply" not in kept
    assert "2024-58-m1@npcreply" in kept


def test_the_calendar_id_is_not_typed(office: Place, run: Run) -> None:
    said = run("set", "58", "uid=x")
    assert said.code == 2
    assert "日历标识 由程序写" in said.err


def test_without_persons_nothing_personal_is_cancelled_by_name(
    given: Any, run: Run, office: Place
) -> None:
    run("set", "60", "deputies=王小明")
    run("set", "60.1", "text=按王小明代表说的装好路灯")
    given()
    run("rm", "60", "--yes")
    run("export", "-o", "a.ics", "--redact")
    assert "王小明" not in (office.root / "a.ics").read_text("utf-8")
    assert date(2024, 6, 30) in [
        event.decoded("DTSTART")
        for event in icalendar.Calendar.from_ical((office.root / "a.ics").read_bytes()).walk(
            "VEVENT"
        )
    ]


def test_an_office_with_an_older_contract_of_its_own_can_still_renumber(
    office: Place, run: Run
) -> None:
    contract = (Path(__file__).parents[2] / "schema.yaml").read_text("utf-8")
    lines = [line for line in contract.splitlines() if not line.startswith("  uid:")]
    (office.root / "schema.yaml").write_text("\n".join(lines), "utf-8")
    assert run("renumber", "58", "85").code == 0
    assert "uid" not in office.text("2024/2024-85")
