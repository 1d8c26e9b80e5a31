from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import BROKEN, OFFICE, SCHOOL, Make, Place, Run

TWICE = """\
kind: suggestion
year: 2023
number: "61"
title: 关于老旧小区加装电梯的建议
lead: 市教育局
assigned_on: 2023-03-28
reply_date: 2023-06-20
publish_date: 2023-07-18
classes:
  - {letter: B, scheme: zhejiang, on: 2023-06-20}
  - {letter: A, scheme: zhejiang, on: 2023-12-01}
feedback:
  - {round: 1, on: 2023-07-03, attitude: satisfied, result: dissatisfied, note: 没有说何时动工}
  - {round: 2, on: 2023-08-20, attitude: satisfied, result: basically_satisfied}
rounds:
  - {round: 2, assigned_on: 2023-07-10, reply_date: 2023-08-04, reason: 对结果不满意}
measures:
  - {id: 1, text: 加装电梯12部, deadline: {date: 2023-12-31}}
"""
CHAIN = {
    "2021/2021-31": """\
kind: suggestion
year: 2021
number: "31"
title: 关于整治城东河道的建议
lead: 市水利局
reply_date: 2021-06-01
measures:
  - {id: 1, text: 整治河道12公里, deadline: {date: 2021-12-31}}
  - {id: 2, text: 建立巡查制度, deadline: {date: 2021-12-31}, closings: [{on: 2021-11-30, as: done}]}
""",
    "2022/2022-45": """\
kind: suggestion
year: 2022
number: "45"
title: 关于继续整治城东河道的建议
lead: 市水利局
reply_date: 2022-06-01
repeats: [2021-31]
measures:
  - {id: 1, text: 整治河道剩余7公里, carried_from: 2021-31.1, deadline: {date: 2022-12-31}}
""",
    "2023/2023-8": """\
kind: suggestion
year: 2023
number: "8"
title: 关于加快整治城东河道的建议
lead: 市水利局
reply_date: 2023-06-01
repeats: [2022-45, 2019-3]
carried_from: 2022-45
measures:
  - {id: 1, text: 整治河道剩余3公里, carried_from: "2022-45.1", deadline: {date: 2023-12-31}}
  - {id: 2, text: 河岸绿化}
""",
}
TWO_HITS = {
    "2023/2023-0046": 'kind: suggestion\nyear: 2023\nnumber: "0046"\ntitle: 关于道路的建议\nlead: 市财政局\n',
    "2023/2023-温46": "kind: suggestion\nyear: 2023\nnumber: 温46\ntitle: 关于港口的建议\n",
}


def test_a_record(shipped: Place, run: Run, golden: Callable[[str, str], None]) -> None:
    golden("show-record", run("show", "温46").out)


def test_a_promise_with_its_history(
    office: Place, run: Run, golden: Callable[[str, str], None]
) -> None:
    run("log", "107.1", "--value", "9", "--note", "11月底", "--date", "2023-11-30")
    run("log", "107.1", "--via", "发函", "--note", "已收")
    run("extend", "107.1", "--to", "2024-06-30", "--reason", "汛情", "--approved-by", "市政府")
    run("done", "107.1", "--reason", "并入全市工程", "--evidence", "验收单")
    run("reopen", "107.1", "--reason", "证据不足")
    run("set", "107", "co=市财政局", "opinion_on=2023-04-18")
    run("set", "107", "class=B", "--on", "2023-05-20")
    golden("show-history", run("show", "107").out)


@pytest.mark.parametrize("day", ["2023-04-30", "2023-07-05", "2023-07-31", "2024-01-05"])
def test_four_states_by_the_day(
    workspace: Make, run: Run, golden: Callable[[str, str], None], day: str
) -> None:
    workspace({"2023/2023-61": TWICE})
    golden(f"show-states-{day}", run("show", "61", "--as-of", day).out)


def test_four_states_for_machines(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-61": TWICE})
    found = run("show", "61", "--json").json["standing"]
    assert (found["answer"], found["keeping"]) == ("answered", "late")
    assert found["satisfaction"] == {
        "round": 2,
        "attitude": "satisfied",
        "result": "basically_satisfied",
    }
    assert (found["class"]["meaning"], found["class"]["unproved"]) == ("solved", True)
    assert found["publication"] == {
        "publicity": "published",
        "on": "2023-07-18",
        "days": 28,
        "working_days": 19,
    }
    early = run("show", "61", "--json", "--as-of", "2023-07-05").json["standing"]
    assert [item["stage"] for item in early["rounds"]] == ["rated", "owed"]
    assert early["class"]["meaning"] == "going_on"
    assert early["promises"] == {"open": 1}


def test_the_office_may_declare_the_scheme(workspace: Make, run: Run) -> None:
    text = "kind: suggestion\nyear: 2023\nnumber: 1\nclasses: [{letter: C, on: 2023-06-20}]\n"
    place = workspace({"2023/2023-1": text})
    assert "意思不明" in run("show", "1").out
    (place.root / "schema.yaml").write_text(OFFICE + "  class_scheme: four\n", "utf-8")
    assert "C  列入计划（four 办法）" in run("show", "1").out


@pytest.mark.parametrize("number", ["31", "45", "8"])
def test_the_chain_both_ways(
    workspace: Make, run: Run, golden: Callable[[str, str], None], number: str
) -> None:
    workspace(CHAIN)
    golden(f"show-chain-{number}", run("show", number).out)


def test_the_chain_for_machines(workspace: Make, run: Run) -> None:
    workspace(CHAIN)
    found = run("show", "45", "--json").json["chain"]
    assert [(item["id"], item["way"], item["link"]) for item in found] == [
        ("2021-31", "older", "repeats"),
        ("2023-8", "newer", "carried_from"),
    ]
    missing = run("show", "8", "--json").json["chain"][0]
    assert missing == {"id": "2019-3", "way": "older", "link": "repeats", "known": False}
    [first, second] = run("show", "31.1", "--json").json["chain"]
    assert (first["id"], first["status"], second["id"]) == ("2022-45.1", "overdue", "2023-8.1")
    assert "转到" not in run("show", "31.2").out


def test_a_past_meeting_knew_nothing_of_what_came_later(workspace: Make, run: Run) -> None:
    workspace(CHAIN)
    assert "2023-8" not in run("show", "45", "--as-of", "2022-12-31").out
    assert "2022-45" not in run("show", "31", "--as-of", "2021-12-31").out


def test_a_relative_that_cannot_be_read_is_named(workspace: Make, run: Run) -> None:
    workspace({**CHAIN, "2021/2021-31": "kind: suggestion\nyear: 二〇二一\n"})
    said = run("show", "45")
    assert said.code == 0
    assert "以前提过  2021-31  （库里没有，或读不了）" in said.out


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("107", "2021-107"),
        ("第107号", "2021-107"),
        ("第一百零七号", "2021-107"),
        ("１０７", "2021-107"),
        ("0107", "2021-107"),
        ("2021-107", "2021-107"),
        ("2021年第107号建议", "2021-107"),
        ("温46", "2023-温46"),
        ("温第46号", "2023-温46"),
        ("46", "2023-温46"),
        ("２０２３-温４６", "2023-温46"),
        ("2020028", "2020-提028"),
        ("提028", "2020-提028"),
        ("提28", "2020-提028"),
        ("028", "2020-提028"),
        ("询1", "2023-询1"),
    ],
)
def test_ids_as_typed(shipped: Place, run: Run, typed: str, id: str) -> None:
    said = run("show", typed)
    assert said.code == 0
    assert said.out.split()[0] == id


@pytest.mark.parametrize("typed", ["温46.5", "46.5", "温４６．５", "2023-温46#m5", "温46。5"])
def test_a_promise_as_typed(shipped: Place, run: Run, typed: str) -> None:
    assert run("show", typed).out.split()[0] == "2023-温46.5"


@pytest.mark.parametrize("typed", ["46", "0046", "第46号"])
def test_two_hits_are_never_guessed(workspace: Make, run: Run, typed: str) -> None:
    workspace(TWO_HITS)
    said = run("show", typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == f"错误：{typed} 对得上 2 件，请写全编号："
    assert "2023-0046  关于道路的建议 市财政局" in said.err
    assert "2023-温46  关于港口的建议" in said.err
    assert run("show", "2023-0046").code == run("show", "温46").code == 0


@pytest.mark.parametrize(
    ("typed", "words", "remedy"),
    [
        ("9999", "没有编号是 9999 的记录", "看看有哪些：npcreply list"),
        ("提11", "没有编号是 提11 的记录", "npcreply list"),
        ("", "看不懂编号“”", "记录写 温46 或 2023-温46"),
        ("107.9", "2023-107 没有第 9 项承诺", "2023-107.1  年内整治河道12公里"),
    ],
)
def test_unknown(office: Place, run: Run, typed: str, words: str, remedy: str) -> None:
    said = run("show", typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err


def test_yaml_is_the_file_byte_by_byte(office: Place, run: Run) -> None:
    assert run("show", "107", "--yaml").data == office.files()["replies/2023/2023-107.yaml"]


def test_json(office: Place, run: Run) -> None:
    said = run("show", "107", "--json")
    data = said.json
    assert (data["id"], data["reply_date"]) == ("2023-107", "2023-05-20")
    assert data["co"][0] == {"body": "市财政局", "opinion_due": "2023-04-20"}
    first = data["measures"][0]
    assert (first["id"], first["judged"]["status"]) == ("2023-107.1", "overdue")
    assert first["targets"][0]["value"] == 12
    assert first["log"][0]["value"] == 5.5
    assert [m["id"] for m in run("show", "107.2", "--json").json["measures"]] == ["2023-107.2"]


def test_as_of(office: Place, run: Run) -> None:
    assert "[推进中]" in run("show", "107.1", "--as-of", "2023-06-01").out
    assert "5.5公里" not in run("show", "107.1", "--as-of", "2023-06-01").out
    assert "820个" not in run("show", "提12", "--known-on", "2023-12-01").out


def test_a_record_that_cannot_be_read(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-112": BROKEN, "2023/2023-提12": SCHOOL})
    said = run("show", "112")
    assert (said.code, said.out) == (3, "")
    first, place, remedy = said.err.splitlines()
    assert first == "错误：replies/2023/2023-112.yaml 有错误。"
    assert place.startswith("  第 4 行  “title：”用了全角冒号")
    assert "改为英文冒号" in remedy
    assert run("show", "112", "--yaml").out == BROKEN
    assert run("show", "提12").code == 0


def test_two_files_of_one_id_are_never_guessed(office: Place, run: Run) -> None:
    office.write("旧/2023-107", office.text("2023/2023-107").replace("整治", "疏浚"))
    said = run("show", "107")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == [
        "错误：107 有 2 个文件，只能留一个：",
        "  replies/2023/2023-107.yaml  关于整治城区河道的建议 市水利局",
        "  replies/旧/2023-107.yaml  关于疏浚城区河道的建议 市水利局",
    ]


LAWFUL = """\
kind: suggestion
year: 2023
number: "58"
title: 关于老旧小区加装电梯的建议
deputies: [丙代表]
lead: 市教育局
co:
  - {body: 市财政局}
  - {body: 市水利局, opinion_due: 2023-04-20, opinion_on: 2023-04-25}
assigned_on: 2023-03-20
received_on: 2023-03-22
returned: [{on: 2023-04-03, body: 市水利局}]
reply_date: 2023-07-24
publish_date: 2023-12-29
disclosure: active
feedback: [{round: 1, on: 2023-08-10, attitude: satisfied, result: dissatisfied}]
rounds: [{round: 2, assigned_on: 2023-08-29}]
"""
AHEAD = """\
kind: suggestion
year: 2026
number: "59"
title: 关于公开账目的建议
lead: 市财政局
co: [{body: 市教育局}, {body: 市水利局}]
wide: true
assigned_on: 2026-10-02
"""
INQUIRY = """\
kind: inquiry
year: 2023
number: "1"
title: 关于招商引资的专题询问
lead: 市政府
received_on: 2023-08-10
"""


@pytest.mark.parametrize("place", ["national", "zhejiang-province", "chongqing"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_why_each_limit_is_that_day(
    workspace: Make, run: Run, golden: Callable[[str, str], None], place: str, language: str
) -> None:
    """Rule, start and source of every day; what cannot be computed; what is provisional."""
    records = {"2023/2023-58": LAWFUL, "2026/2026-59": AHEAD, "2023/2023-询1": INQUIRY}
    workspace(records, OFFICE + f"  jurisdiction: {place}\n")
    day = ("--lang", language, "--as-of", "2026-11-22")
    said = [run("show", record, *day).out for record in ("58", "2026-59", "询1")]
    golden(f"show-limits-{place}-{language}", "\n".join(said))


def test_limits_for_machines(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-58": LAWFUL, "2026/2026-59": AHEAD})
    reply = next(c for c in run("show", "58", "--json").json["clocks"] if c["what"] == "reply")
    assert reply == {
        "what": "reply",
        "round": 1,
        "who": ["市教育局"],
        "deadline": "2023-06-20",
        "start": "2023-03-20",
        "done_on": "2023-07-24",
        "done": True,
        "missing": None,
        "assumed_start": None,
        "provisional": False,
        "moved_from": None,
        "rule": "national/reply/2015",
        "source": "中华人民共和国全国人民代表大会和地方各级人民代表大会代表法（2015年修正）",
        "lapsed": None,
        "article": 42,
    }
    (ahead,) = run("show", "2026-59", "--json", "--as-of", "2026-11-22").json["clocks"]
    assert (ahead["deadline"], ahead["provisional"], ahead["done"]) == ("2027-04-02", True, False)


def test_an_unknown_jurisdiction_is_told_and_the_nation_s_rules_stand(
    workspace: Make, run: Run
) -> None:
    workspace({"2023/2023-58": LAWFUL}, OFFICE + "  jurisdiction: 台州\n")
    said = run("show", "58")
    assert "没有“台州”这个地区的规则" in said.err
    assert "答复期限  2023-06-20" in said.out
    said = run("check")
    line = OFFICE.count("\n") + 1
    assert f"schema.yaml:{line}:3  疑点  没有“台州”这个地区的规则" in said.out
    assert "zhejiang" in said.out


def test_the_office_s_own_rule_goes_first_but_not_past_the_law(workspace: Make, run: Run) -> None:
    rules = """\
  rules:
    - {duty: co_opinion, value: 20, unit: day, from: assigned, source: 某市办法, article: 8}
    - {duty: reply, value: 4, unit: month, from: assigned, kinds: [suggestion]}
    - {duty: reply, value: 2, unit: month, from: assigned, kinds: [proposal]}
"""
    proposal = AHEAD.replace("suggestion", "proposal")
    records = {"2023/2023-58": LAWFUL, "2026/2026-59": AHEAD, "2026/2026-提59": proposal}
    workspace(records, OFFICE + rules)
    said = run("show", "2026-59", "--as-of", "2026-11-22").out
    assert "会办意见期限（市教育局）  2026-10-22  逾期 31 天" in said
    assert "自交办（2026-10-02）起 20 日，首日不计；某市办法第八条" in said
    assert "答复期限  2027-02-02" in said  # stricter than the law's six months
    assert "本办公室自定" in said
    assert "答复期限  2023-06-20" in run("show", "58").out  # the law's three, not its own four
    said = run("show", "提59", "--as-of", "2026-11-22").out
    assert "答复期限  2026-12-02  还有 10 天" in said
    assert "本办公室自定" in said


def test_a_revised_target_keeps_baseline_day_and_reason(workspace: Make, run: Run) -> None:
    parts = (
        "kind: suggestion\nyear: 2023\nnumber: '7'\nlead: 市水利局\nmeasures:\n"
        "  - id: 1\n    text: 全年改造3万户\n    deadline: {date: 2023-12-31, words: 全年}\n"
        "    targets:\n"
        "      - {id: 1, indicator: 改造, value: 4, unit: 万户, baseline: {value: 1, on: 2022-12-31},"
        " revised: [{on: 2023-03-01, from: 4, to: 3, reason: 资金没有到位}]}\n"
        "      - {id: 2, indicator: 改造, value: 2, unit: 万户, parent: '1', scope: 东区}\n"
        "      - {id: 3, indicator: 改造, value: 1, unit: 万户, parent: '1', scope: 西区}\n"
        "    log:\n"
        "      - {on: 2023-06-30, target: 2, value: 1.5, unit: 万户}\n"
        "      - {on: 2023-06-30, target: 3, value: 5000, unit: 户}\n"
    )
    workspace({"2023/2023-7": parts})
    said = run("show", "7.1", "--as-of", "2023-07-01").out
    assert "目标 :1  改造 ≥3万户  2万户（2023-06-30）" in said
    assert "基数 1万户（2022-12-31）" in said
    assert "调整  2023-03-01  4万户 → 3万户  资金没有到位" in said
    assert "各分目标同日的数相加" in said
    assert "属于目标 1" in said
    before = run("show", "7.1", "--as-of", "2023-02-01").out
    assert "改造 ≥4万户" in before
    assert "调整" not in before
