"""Days without a year, as a clerk types them: what happened looks back, a deadline looks ahead."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Make, Run

SPRING = {"NPCREPLY_TODAY": "2026-01-12"}
RECORD = """\
kind: suggestion
year: 2025
number: "3"
title: 关于整修堤坝的建议
lead: 市水利局
assigned_on: 2025-03-20
reply_date: 2025-06-24
measures:
  - id: 1
    text: 整修堤坝
    targets:
      - {id: 1, indicator: 整修堤坝, kind: level, comparator: ">=", value: 1200, unit: 米}
"""


@pytest.fixture
def dyke(workspace: Make) -> None:
    workspace({"2025/2025-3": RECORD})


def measure(run: Run) -> Any:
    return run("show", "3", "--json").json["measures"][0]


@pytest.mark.usefixtures("dyke")
class TestWhatHappened:
    def test_is_the_latest_such_day(self, run: Run) -> None:
        said = run("log", "3.1", "--value", "1200", "--date", "1月10日", env=SPRING)
        assert "2026-01-10" in said.out
        assert measure(run)["log"][0]["on"] == "2026-01-10"

    def test_in_december_where_that_is_over(self, run: Run) -> None:
        run("log", "3.1", "--value", "900", "--date", "12月20日", env=SPRING)
        assert measure(run)["log"][0]["on"] == "2025-12-20"

    def test_a_figure_of_a_month_is_of_its_last_day_that_is_over(self, run: Run) -> None:
        run("log", "3.1", "--value", "900", "--date", "11月底", env=SPRING)
        assert measure(run)["log"][0]["on"] == "2025-11-30"

    @pytest.mark.parametrize("command", ["done", "drop"])
    def test_so_with_closings(self, run: Run, command: str) -> None:
        run(command, "3.1", "--on", "1月9日", "--reason", "已查实", env=SPRING)
        assert measure(run)["closings"][0]["on"] == "2026-01-09"

    def test_last_years_end_is_said_from_today(self, run: Run) -> None:
        run("log", "3.1", "--value", "900", "--date", "去年底", env=SPRING)
        assert measure(run)["log"][0]["on"] == "2025-12-31"


@pytest.mark.usefixtures("dyke")
class TestBeforeTheReply:
    DAY = ("log", "3.1", "--value", "900", "--date", "2025-01-10")

    def test_nothing_is_written_and_the_sentence_names_the_option(self, run: Run) -> None:
        said = run(*self.DAY, env=SPRING)
        assert said.code == 2
        assert "2025-01-10 早于答复日期 2025-06-24" in said.err
        assert "--yes" in said.err
        assert not measure(run).get("log")

    def test_yes_confirms(self, run: Run) -> None:
        assert run(*self.DAY, "--yes", env=SPRING).code == 0
        assert measure(run)["log"][0]["on"] == "2025-01-10"

    def test_a_closing_too(self, run: Run) -> None:
        said = run("done", "3.1", "--on", "2025-01-10", "--reason", "已查实", env=SPRING)
        assert (said.code, "早于答复日期" in said.err) == (2, True)

    def test_a_deadline_too(self, run: Run) -> None:
        said = run("set", "3.1", "deadline=2024-12-31", env=SPRING)
        assert (said.code, "早于答复日期" in said.err) == (2, True)
        assert run("set", "3.1", "deadline=2024-12-31", "--yes", env=SPRING).code == 0


@pytest.mark.usefixtures("dyke")
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3月底", "2026-03-31"),  # the next one after the reply of June
        ("9月底", "2025-09-30"),  # though it is over on the day of typing
        ("年底", "2025-12-31"),
        ("明年6月底", "2026-06-30"),
        ("3个月内", "2025-09-24"),  # from the reply, not from the typing
        ("30天内", "2025-07-24"),
        ("今后30天内", "2026-02-11"),  # these words mean today
    ],
)
def test_a_deadline_counts_from_the_reply(run: Run, typed: str, day: str) -> None:
    run("set", "3.1", f"deadline={typed}", env=SPRING)
    assert measure(run)["deadline"] == {"date": day, "words": typed}


@pytest.mark.usefixtures("dyke")
def test_an_extension_is_the_next_such_day_after_its_approval(run: Run) -> None:
    run("set", "3.1", "deadline=2025-12-31", env=SPRING)
    run("extend", "3.1", "--to", "3月底", "--on", "1月5日", "--reason", "汛情", env=SPRING)
    assert measure(run)["extensions"][0]["to"] == "2026-03-31"


def test_a_relative_deadline_of_an_entry_counts_from_its_reply(workspace: Make, run: Run) -> None:
    workspace({})
    header = ("--number", "8", "--year", "2024", "--title", "修路", "--lead", "市水利局")
    promise = ("--text", "修好路", "--deadline", "3个月内")
    env = {"NPCREPLY_TODAY": "2024-06-20"}
    run("add", *header, "--reply-date", "2024-05-31", *promise, "--yes", env=env)
    assert run("show", "8", "--json").json["measures"][0]["deadline"]["date"] == "2024-08-31"


BY_WORDS = """\
kind: suggestion
year: 2021
number: "5"
title: 关于管网改造的建议
lead: 市水利局
measures:
  - id: 1
    text: 完成管网改造12公里
    deadline: {date: 2021-12-31, words: 年底前}
    targets:
      - {id: 1, indicator: 管网改造, value: 12, unit: 公里, deadline: {date: 2021-10-31, words: 10月底}}
  - id: 2
    text: 修订养护办法
    deadline: {date: 2021-08-15}
"""


class TestACorrectedHeader:
    def test_works_every_date_out_again_that_its_words_gave(
        self, workspace: Make, run: Run
    ) -> None:
        workspace({"2021/2021-5": BY_WORDS})
        said = run("set", "5", "reply_date=2023-05-20", "--yes")
        first, second = run("show", "5", "--json").json["measures"]
        assert first["deadline"] == {"date": "2023-12-31", "words": "年底前"}
        assert first["targets"][0]["deadline"]["date"] == "2023-10-31"
        assert second["deadline"]["date"] == "2021-08-15"
        assert said.out.splitlines()[:3] == [
            "重算  2021-5.1  2021-12-31 → 2023-12-31（“年底前”）",
            "重算  2021-5.1:1  2021-10-31 → 2023-10-31（“10月底”）",
            "未改  2021-5.2  2021-08-15（打的日期）",
        ]

    def test_is_one_step(self, workspace: Make, run: Run) -> None:
        place = workspace({"2021/2021-5": BY_WORDS})
        run("set", "5", "reply_date=2023-05-20", "--yes")
        run("undo")
        assert (place.root / "replies/2021/2021-5.yaml").read_text("utf-8") == BY_WORDS

    def test_so_with_another_year(self, workspace: Make, run: Run) -> None:
        workspace({"2021/2021-5": BY_WORDS})
        said = run("renumber", "5", "5", "--year", "2023")
        assert "重算  2023-5.1  2021-12-31 → 2023-12-31（“年底前”）" in said.out
        first = run("show", "2023-5", "--json").json["measures"][0]
        assert first["deadline"]["date"] == "2023-12-31"

    def test_a_title_changes_no_date(self, workspace: Make, run: Run) -> None:
        workspace({"2021/2021-5": BY_WORDS})
        assert "重算" not in run("set", "5", "title=关于改造管网的建议").out


def test_last_year_in_a_header_is_the_year_before_today(workspace: Make, run: Run) -> None:
    workspace({})
    header = ("--number", "50", "--year", "2025", "--title", "修路", "--lead", "市水利局")
    days = ("--assigned-on", "去年3月28日", "--reply-date", "去年6月10日")
    run("add", *header, *days, "--yes", env=SPRING)
    shown = run("show", "50", "--json").json
    assert (shown["assigned_on"], shown["reply_date"]) == ("2025-03-28", "2025-06-10")


@pytest.mark.usefixtures("dyke")
def test_a_reply_before_its_hand_over_wants_confirming(run: Run) -> None:
    said = run("set", "3", "reply_date=2025-03-01", env=SPRING)
    assert (said.code, "早于" in said.err) == (2, True)
    assert run("set", "3", "reply_date=2025-03-01", "--yes", env=SPRING).code == 0


@pytest.mark.usefixtures("dyke")
def test_a_number_typed_with_its_year_is_a_number(run: Run) -> None:
    run("renumber", "3", "2025-19", env=SPRING)
    assert run("show", "2025-19", "--json").json["number"] == "19"
    run("renumber", "19", "20个", env=SPRING)
    assert run("show", "20", "--json").json["number"] == "20"
