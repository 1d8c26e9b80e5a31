from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.extract.days import dates
from npcreply.extract.days.dates import DateContext, Dates

REPLY = date(2023, 7, 24)


def read(text: str, reply: date | None = REPLY, year: int | None = None) -> list[tuple[str, ...]]:
    hits = dates.find(text, context=DateContext(reply, year))
    return [(hit.words, hit.kind, str(hit.date or "-")) for hit in hits]


def one(text: str, reply: date | None = REPLY) -> tuple[str, ...]:
    found = read(text, reply)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "kind", "day"),
    [
        ("全年新建公厕12座", "全年", "period", "2023-12-31"),
        ("年内完成选址", "年内", "deadline", "2023-12-31"),
        ("争取年底前投用", "年底前", "deadline", "2023-12-31"),
        ("确保今年年底之前通水", "今年年底之前", "deadline", "2023-12-31"),
        ("2023年年内出台办法", "2023年年内", "deadline", "2023-12-31"),
        ("确保完成年度目标", "年度", "deadline", "2023-12-31"),
        ("下半年开展评估", "下半年", "period", "2023-12-31"),
        ("上半年共接诊", "上半年", "period", "2023-06-30"),
        ("一季度已拨付", "一季度", "period", "2023-03-31"),
        ("第四季度前完成招标", "第四季度前", "deadline", "2023-12-31"),
        ("三季度末完工", "三季度末", "deadline", "2023-09-30"),
        ("明年一季度开工", "明年一季度", "period", "2024-03-31"),
        ("9月底前完成", "9月底前", "deadline", "2023-09-30"),
        ("10月末交付", "10月末", "deadline", "2023-10-31"),
        ("于8月20日前反馈", "8月20日前", "deadline", "2023-08-20"),
        ("11月中旬召开现场会", "11月中旬", "period", "2023-11-20"),
        ("8月上旬进场", "8月上旬", "period", "2023-08-10"),
        ("12月下旬前完成", "12月下旬前", "deadline", "2023-12-31"),
        ("到2025年，建成6个", "到2025年", "deadline", "2025-12-31"),
        ("2025年底基本建成", "2025年底", "deadline", "2025-12-31"),
        ("至2024 年6 月底实现", "至2024 年6 月底", "deadline", "2024-06-30"),
        ("“十四五”末达到全省平均水平", "“十四五”末", "deadline", "2025-12-31"),
        ("十四五期间新建学校", "十四五期间", "period", "2025-12-31"),
        ("“十五五”时期实施", "“十五五”时期", "period", "2030-12-31"),
        ("1-6月，全区办件", "1-6月", "period", "2023-06-30"),
        ("1至9月份累计", "1至9月份", "period", "2023-09-30"),
        ("今年1月—5月完成", "今年1月—5月", "period", "2023-05-31"),
        ("2022年11月至次年3月供暖", "2022年11月至次年3月", "period", "2023-03-31"),
        ("2021—2025年安排", "2021—2025年", "period", "2025-12-31"),
        ("前三季度完成", "前三季度", "period", "2023-09-30"),
        ("今年前5个月", "今年前5个月", "period", "2023-05-31"),
        ("5月12日走访了代表", "5月12日", "day", "2023-05-12"),
        ("自8月1日至9月15日公示", "自8月1日至9月15日", "period", "2023-09-15"),
        ("二〇二四年三月底前", "二〇二四年三月底前", "deadline", "2024-03-31"),
        ("二0二三年七月二十四日", "二0二三年七月二十四日", "day", "2023-07-24"),
        ("２０２４年６月３０日前", "２０２４年６月３０日前", "deadline", "2024-06-30"),
        ("2024-06-30前提交", "2024-06-30前", "deadline", "2024-06-30"),
        ("2023.5.4印发", "2023.5.4", "day", "2023-05-04"),
        ("截至6月30日，已完成", "截至6月30日", "as_of", "2023-06-30"),
        ("截止2023年5月底", "截止2023年5月底", "as_of", "2023-05-31"),
        ("到2022年底，全区共有公园", "到2022年底", "as_of", "2022-12-31"),
        ("24年底前全部完成", "24年底前", "deadline", "2024-12-31"),
        ("2024上半年投用", "2024上半年", "period", "2024-06-30"),
        ("本月底前答复", "本月底前", "deadline", "2023-07-31"),
        ("下月上旬启动", "下月上旬", "period", "2023-08-10"),
        ("2023年1 2 月3 1日前完成", "2023年1 2 月3 1日前", "deadline", "2023-12-31"),
        ("2 0 2 4年6月底前", "2 0 2 4年6月底前", "deadline", "2024-06-30"),
        ("接下来半年内完成", "半年内", "deadline", "2024-01-24"),
        ("明后两年实施", "明后两年", "period", "2025-12-31"),
    ],
)
def test_a_period_stands_for_its_last_day(text: str, words: str, kind: str, day: str) -> None:
    assert one(text) == (words, kind, day)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("汛前完成清淤", "汛前", "event"),
        ("春节前兑付工资", "春节前", "event"),
        ("2024年春节前兑付", "2024年春节前", "event"),
        ("秋季开学前完成改造", "秋季开学前", "event"),
        ("主汛期前完成除险", "主汛期前", "event"),
        ("2024年秋季招生", "2024年秋季", "event"),
        ("2023-2024学年起推行", "2023-2024学年", "event"),
        ("拆迁完成后8个月内建成", "8个月内", "event"),
        ("自受理之日起15日内办结", "15日内", "event"),
        ("5个工作日内告知", "5个工作日内", "event"),
        ("近期组织验收", "近期", "vague"),
        ("尽快拿出方案", "尽快", "vague"),
        ("适时启动修订", "适时", "vague"),
        ("明年初动工", "明年初", "vague"),
        ("8月初开放", "8月初", "vague"),
        ("每年6月底前公布", "6月底前", "recurring"),
        ("近三年来投入不断加大", "近三年来", "period"),
        ("目前正在公示", "目前", "as_of"),
        ("截至目前，尚未立项", "截至目前", "as_of"),
        ("较去年同期有所下降", "去年同期", "base"),
        ("编制“十四五”规划", "“十四五”规划", "cited"),
        ("2022年以来持续整治", "2022年以来", "period"),
        ("从2023年起实行", "从2023年起", "period"),
        ("2021年至今未再发生", "2021年至今", "period"),
        ("自2023年9月1日施行", "自2023年9月1日", "period"),
        ("20235月完成初验", "20235月", "damaged"),
        ("2022月8月启用", "2022月8月", "damaged"),
        ("计划于年月日前完成", "年月日", "damaged"),
        ("2023年18日召开", "2023年18日", "damaged"),
        ("6月31日召开", "6月31日", "damaged"),
        ("13月底前完成", "13月底前", "damaged"),
        ("2023年2月29日", "2023年2月29日", "damaged"),
    ],
)
def test_what_the_words_do_not_say_stays_empty(text: str, words: str, kind: str) -> None:
    assert one(text) == (words, kind, "-")


@pytest.mark.parametrize(
    "text",
    [
        "目前年产量稳定",  # 目前 alone
        "说明年度工作思路",
        "每次年检合格",
        "以上年龄的老人",
        "共建成3个月台",
        "三个月台",
        "新建100年一遇堤防",
        "年度考核优秀",
        "12月1号线开通",
    ],
)
def test_words_that_only_look_like_years(text: str) -> None:
    assert not [words for words, _kind, day in read(text) if day != "-" and words != "12月"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("计划2024年3月启动，7月完成主体", ["2024-03-31", "2024-07-31"]),
        (
            "计划2024年10月开工，至2025年5月建成，9月投用",
            ["2024-10-31", "2025-05-31", "2025-09-30"],
        ),
        ("2024年底覆盖40%、2025年60%，2026年全覆盖", ["2024-12-31", "2025-12-31", "2026-12-31"]),
        ("今年8月征求意见，年底前印发", ["2023-08-31", "2023-12-31"]),
        ("2022年立项的工程，9月底前全部开工", ["2022-12-31", "2023-09-30"]),
        ("2019年以来反复投诉。10月底前完成整改", ["-", "2023-10-31"]),
        ("2022年3月组建专班。6月完成摸排。", ["2022-03-31", "2022-06-30"]),
        ("依据《2021年行动方案》，11月底前验收", ["-", "2023-11-30"]),
        ("比2020年增长5%，8月底前再核", ["2020-12-31", "2023-08-31"]),
        ("2024年开工建设。\n9月底前完成招标", ["2024-12-31", "2023-09-30"]),
    ],
)
def test_a_year_is_carried_forward(text: str, days: list[str]) -> None:
    assert [day for _words, _kind, day in read(text)] == days


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("原计划2022年底开通，推迟至2024年6月", ["dead", "deadline"]),
        ("由今年10月延期至明年3月底", ["dead", "deadline"]),
        ("原定8月完成的验收", ["dead"]),
        ("计划2023年底开工，2025年下半年完工", ["start", "period"]),
        ("今年9月进场施工，明年6月底前建成", ["start", "deadline"]),
        ("8月完成设计，12月完成招标", ["period", "period"]),
        ("计划2024年春季动工", ["event"]),
    ],
)
def test_two_dates_of_one_sentence(text: str, kinds: list[str]) -> None:
    assert [kind for _words, kind, _day in read(text)] == kinds


def test_a_span_counts_from_the_reply_but_never_surely() -> None:
    hit = dates.find("力争3个月内完成整治", context=DateContext(REPLY))[0]
    assert (hit.words, hit.kind, hit.date, hit.sure) == (
        "3个月内",
        "deadline",
        date(2023, 10, 24),
        False,
    )


def test_a_deadline_on_a_day_that_is_none_keeps_its_words() -> None:
    hit = dates.find("11月31日前建成3处", context=DateContext(REPLY))[0]
    assert (hit.words, hit.kind, hit.rule, hit.sure) == (
        "11月31日前",
        "deadline",
        "impossible_day",
        False,
    )
    assert hit.date == date(2023, 11, 30)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("国庆假期前开放", "国庆假期前", "2023-09-30"),
        ("2025年“六一”前建成", "2025年“六一”前", "2025-05-31"),
        ("明年五一前建成", "明年五一前", "2024-04-30"),
        ("元旦前投用", "元旦前", "2023-12-31"),
        ("在20241231前建成", "20241231前", "2024-12-31"),
        ("截至20230630，共有", "截至20230630", "2023-06-30"),
        ("年尾前完成维修", "年尾前", "2023-12-31"),
        ("2026年尾前新增路灯", "2026年尾前", "2026-12-31"),
    ],
)
def test_feasts_rows_of_digits_and_ends_of_years(text: str, words: str, day: str) -> None:
    hit = dates.find(text, context=DateContext(REPLY))[0]
    assert (hit.words, str(hit.date)) == (words, day)


def test_what_counts_from_the_letter_counts_whatever_the_unit() -> None:
    assert read("自本答复印发之日起30日内修复") == [
        ("自本答复印发之日起30日内", "deadline", "2023-08-23")
    ]
    assert read("自本答复印发之日起10个工作日内告知") == [
        ("自本答复印发之日起10个工作日内", "deadline", "2023-08-07")
    ]


def test_the_year_after_is_not_this_one() -> None:
    assert read("下年度建设计划") == []
    assert read("索引号20241231001") == []


def test_days_of_service_are_no_deadline_but_promised_days_are() -> None:
    assert read("企业申请后10日内办结")[0][1:] == ("event", "-")
    assert read("争取20日内修复到位")[0][1:] == ("deadline", "2023-08-13")


def test_without_a_reply_date_the_printed_year_counts() -> None:
    text = "2021年，全区新建公园4个。今年力争年底前再建3个，2030年建成公园城市。2021年财政投入2000万元。"
    found = Dates(text)
    assert found.home == 2021
    assert [str(hit.date) for hit in found.hits if hit.words == "年底前"] == ["2021-12-31"]


def test_without_any_year_a_month_stays_empty() -> None:
    assert read("9月底前完成", None) == [("9月底前", "deadline", "-")]
    assert Dates("9月底前完成").home is None


def test_a_deadline_that_was_over_is_doubted() -> None:
    over, ahead = dates.find("3月底前完成。9月底前完成。", context=DateContext(REPLY))
    assert (over.sure, ahead.sure) == (False, True)


def test_the_context_hands_its_year_on() -> None:
    first = dates.find("2025年3月开工", context=DateContext(REPLY))[0]
    context = DateContext(REPLY).after(first)
    assert str(dates.find("10月完工", context=context)[0].date) == "2023-10-31"
    assert dates.find("10月完工", context=DateContext(None, 2025))[0].date == date(2025, 10, 31)


def test_hits_are_found_by_their_place() -> None:
    text = "9月底前完成设计。年底前开工。"
    found = Dates(text, REPLY)
    assert [hit.words for hit in found.between(9, len(text))] == ["年底前"]


@pytest.mark.parametrize(
    ("span", "base", "day"),
    [
        ("年底前", "2021-06-14", "2021-12-31"),
        ("明年6月之前", "2021-06-14", "2022-06-30"),
        ("2018年以前", "2017-03-22", "2018-12-31"),
        ("截止到2018年", "2017-03-22", "2018-12-31"),
        ("上季度末", "2021-06-14", "2021-03-31"),
        ("下周三", "2021-06-14", "2021-06-23"),
        ("20天后", "2021-06-14", "2021-07-04"),
        ("下个月9号", "2021-06-14", "2021-07-09"),
        ("国庆", "2021-06-14", "2021-10-01"),
        ("半年之后", "2021-06-14", None),
        ("2015年起", "2021-06-14", None),
        ("端午节", "2021-06-14", None),
        ("农历十月初一", "2021-06-14", None),
        ("康熙二十年9月", "2021-06-14", None),
        ("晚上8点", "2021-06-14", None),
        ("9月31日", "2021-06-14", None),
        ("9999年后", "2021-06-14", None),
    ],
)
def test_one_phrase_means_one_day_or_none(span: str, base: str, day: str | None) -> None:
    found = dates.resolve(span, date.fromisoformat(base))
    assert (str(found) if found else None) == day


TIME = (
    "0123456789一二三十年月日底末前内至到-、。，半上下季度旬今明全近每汛原计划推迟起截自“”《》 \n"
)


@given(st.text(TIME, max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    hits = dates.find(text, context=DateContext(REPLY))
    ends = [0, *(hit.end for hit in hits)]
    assert all(hit.words == text[hit.start : hit.end] for hit in hits)
    assert all(end <= hit.start for end, hit in zip(ends, hits, strict=False))
    dates.resolve(text, REPLY)


@given(st.integers(2000, 2060), st.integers(1, 12))
def test_a_printed_month_is_never_another(year: int, month: int) -> None:
    hit = dates.find(f"计划{year}年{month}月底前完成", context=DateContext(REPLY))[0]
    assert hit.date is not None
    assert (hit.date.year, hit.date.month, hit.sure) == (year, month, True)
