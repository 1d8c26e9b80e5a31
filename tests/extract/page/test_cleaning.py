"""What of a page is the letter: furniture, copies and damage are named, and no word is rewritten."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.extract.header import header
from npcreply.extract.page import Cleaned, cleaned
from npcreply.extract.text.normalized import shadow
from npcreply.extract.text.split import clauses, headings, numbering, sentences

HEAD = """市水利局关于市十五届人大二次会议第88号建议的答复
甲某代表：
您提出的《关于改善供水的建议》收悉。现答复如下：
"""
BODY = "我们将在今年改造老旧管网12公里，新建泵站3座，让城北片区的居民用上放心水。"
FOOT = "感谢您的支持！\n市水利局\n2023年6月12日\n"


def words(found: Cleaned, rule: str | None = None) -> list[str]:
    spans = found.body if rule is None else [s for s in found.furniture if s.rule == rule]
    return [found.text[span.start : span.end] for span in spans]


def codes(found: Cleaned) -> set[str]:
    return {hurt.code for hurt in found.damage}


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 > 政务公开 > 建议提案",
        "您现在的位置：首页>信息公开",
        "来源：市水利局 发布时间：2023-07-01 09:30",
        "发布日期：2023-07-01　浏览次数：34 次　字体：[大 中 小]",
        "【字体：大 中 小】【打印本页】【关闭窗口】",
        "小编 2年前 (2023-07-01) 资讯 34",
        "登录 | 注册   微信 简体 繁体",
        "2023-07-01 15:20",
        "banner_01.png",
    ],
)
def test_furniture_above_the_letter(line: str) -> None:
    first, rest = HEAD.split("\n", 1)
    found = cleaned(f"{first}\n{line}\n{rest}{BODY}\n{FOOT}")
    assert line not in words(found)
    assert line in "\n".join(found.text[s.start : s.end] for s in found.furniture)
    assert BODY in words(found)


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：关于停水的通知",
        "下一篇：没有了",
        "扫一扫在手机打开当前页",
        "主办单位：市人民政府办公室 浙ICP备00000000号",
        "版权声明：本文由某网站发布，如需转载请注明出处。",
        "张老师微信号",
        "厂房出租热线：400 0000 000",
        "长按扫码加好友，获取优惠报价",
        "您访问的链接即将离开本网站，是否继续？",
        "分享到：微信 微博",
    ],
)
def test_furniture_below_the_letter(line: str) -> None:
    found = cleaned(f"{HEAD}{BODY}\n{FOOT}{line}\n")
    assert line not in words(found)
    assert "2023年6月12日" in words(found)


def test_everything_after_related_articles_is_another_text() -> None:
    other = "某地发布新政，2024年将投资300亿元建设园区。"
    found = cleaned(f"{HEAD}{BODY}\n{FOOT}相关文章\n【热门】新政\n{other}\n")
    assert not any(other in paragraph for paragraph in words(found))
    assert any(other in text for text in words(found, "related"))


def test_a_list_of_links_above_the_letter_does_not_end_it() -> None:
    found = cleaned(f"相关链接\n市政府\n{HEAD}{BODY}\n{FOOT}")
    assert BODY in words(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "相关政策正在制定，我们将于年底前印发实施。",
        "我们将在微信公众号发布停水公告，方便群众查询。",
        "下一步，我们将打印宣传资料2000份，逐户发放。",
        "承办单位高度重视，已安排专人负责。",
    ],
)
def test_sentences_that_share_words_with_furniture_stay(sentence: str) -> None:
    assert sentence in words(cleaned(f"{HEAD}{sentence}\n{FOOT}"))


def test_an_index_table_is_kept_for_the_header() -> None:
    table = (
        "索 引 号： 1134/2023-00012\n公开方式：主动公开\n发布机构\n市水利局\n发布日期：2023-07-01\n"
    )
    found = cleaned(f"{table}{HEAD}{BODY}\n{FOOT}")
    assert len(words(found, "index")) == 1
    assert not any("索" in paragraph for paragraph in words(found))


class TestRepeats:
    def test_a_paragraph_pasted_again_and_again_is_kept_once(self) -> None:
        again = "为发挥基金作用，我们将采取两点措施：1.扩大规模;2.引进人才。"
        text = HEAD + "\n\n".join([BODY, *[again] * 27]) + "\n" + FOOT
        found = cleaned(text)
        assert words(found).count(again) == 1
        [repeat] = found.repeats
        assert (repeat.first.start, len(repeat.copies)) == (text.index(again), 26)
        assert all(text[copy.start : copy.end] == again for copy in repeat.copies)

    def test_a_text_pasted_twice_is_read_once(self) -> None:
        letter = f"{HEAD}{BODY}\n一是要快。\n二是要好。\n{FOOT}"
        found = cleaned(letter + letter)
        assert words(found) == words(cleaned(letter))

    def test_a_text_pasted_twice_in_one_line(self) -> None:
        said = (
            "我们将改造老旧管网，力争三年内全部完成。我们将新建泵站，保障城北供水。群众将从中受益。"
        )
        found = cleaned(f"{HEAD}{said}{said}\n{FOOT}")
        assert "".join(words(found)).count("新建泵站") == 1
        assert len(found.repeats) == 1

    def test_short_lines_may_stand_twice(self) -> None:
        text = f"{HEAD}一是提速。\n{BODY}\n一是提速。\n{FOOT}"
        assert words(cleaned(text)).count("一是提速。") == 2


class TestLostBreaks:
    LINE = (
        "一、基本情况。全区已建充电桩320个，分布在42个小区，群众使用总体方便，但老旧小区仍有缺口，投诉较多。"
        "二、下步打算。（一）编制规划。年底前完成布点规划，明确年度任务。（二）加快建设。"
    )

    def test_numbered_parts_in_one_line_are_parted(self) -> None:
        found = cleaned(HEAD + self.LINE + "\n" + FOOT)
        assert [p[:4] for p in words(found) if p[0] in "一二（"] == [
            "一、基本",
            "二、下步",
            "（一）编",
            "（二）加",
        ]
        assert "breaks" not in codes(cleaned(HEAD + BODY + "\n" + FOOT))

    def test_a_whole_letter_in_one_line(self) -> None:
        line = (
            "市水利局关于市十五届人大二次会议第88号建议的答复 甲某代表：您提出的《关于改善供水的建议》收悉，现答复如下："
            f"{BODY}感谢您的支持！ 市水利局 2023年6月12日"
        )
        found = cleaned(line)
        assert BODY in words(found)
        assert header(found).lead is not None


@pytest.mark.parametrize(
    ("sentence", "code", "said"),
    [
        ("审批蕞多80天完成。", "character", "蕞"),
        ("我市即将出合新政策。", "character", "出合"),
        ("我局于20224月开展排查。", "digits", "20224月"),
        ("截至2019月6月已完成。", "digits", "2019月6月"),
        ("在市六届人大次会议上提出。", "digits", "人大次会议"),
        ("全年完成率达到95，同比增长11.0。", "percent", "增长11.0"),
        ("身份证号为****************。", "masked", "****************"),
        ("道路长https://example.com/公里。", "masked", "https://example.com/"),
        ("住户○○反映的问题已办结。", "masked", "○○"),
    ],
)
def test_damage_is_reported_where_it_stands(sentence: str, code: str, said: str) -> None:
    found = cleaned(f"{HEAD}{sentence}\n{FOOT}")
    hits = [hurt for hurt in found.damage if hurt.code == code]
    assert any(said in hurt.words for hurt in hits)
    assert all(found.text[hurt.start : hurt.end] == hurt.words for hurt in hits)
    assert sentence in words(found)


@pytest.mark.parametrize(
    "sentence",
    [
        "委员提出合理化建议，我们全部采纳。",
        "改造率达到95%，同比增长11.0个百分点。",
        "2024年4月底前完成，2022年4月已启动。",
        "出生年月日以户口簿为准。",
        "新增泵站30座，管网增长12公里。",
        "规划于二○○六年八月印发。",
    ],
)
def test_what_is_whole_is_not_called_damaged(sentence: str) -> None:
    assert not codes(cleaned(f"{HEAD}{sentence}\n{FOOT}"))


def test_a_place_name_misspelt_beside_the_right_one() -> None:
    text = HEAD.replace("市水利局", "台州市水利局") + "合州市水利局将改造台州市区管网。\n" + FOOT
    found = cleaned(text.replace("市水利局\n2023", "台州市水利局\n2023"))
    hits = [hurt for hurt in found.damage if hurt.code == "place_name"]
    assert [hurt.words for hurt in hits] == ["合州"]
    assert not codes(cleaned(f"{HEAD}合州的经验值得学习。\n{FOOT}"))


class TestShadow:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("至6 月底完成 1413.77 亿元", "至6月底完成1413.77亿元"),
            ("２０２３年，第１号（甲）", "2023年,第1号(甲)"),
            ("2.5—3米", "2.5-3米"),
            ("3 5", "3 5"),
            ("5G 网络", "5G网络"),
            ("蕞多80天", "最多80天"),
            ("辦理建議", "办理建议"),
            ("　 一、总则", "一、总则"),
            ("甲&nbsp;乙", "甲乙"),
        ],
    )
    def test_is_plain(self, text: str, plain: str) -> None:
        assert shadow(text).text == plain

    def test_leaves_readings_out_where_the_page_has_several(self) -> None:
        text = "办(bàn)理建(jiàn)议答(dá)复，使用手机(app)办理"
        assert shadow(text).text == "办理建议答复,使用手机办理"
        assert shadow("手机(app)、办(bàn)理").text == "手机(app)、办(bàn)理"

    @given(st.text("甲１2 　\n，(bàn)蕞辦—", max_size=60))
    def test_leads_back_to_the_source(self, text: str) -> None:
        read = shadow(text)
        assert len(read.at) == len(read.text) + 1 == len(read.gaps)
        assert list(read.at) == sorted(set(read.at))
        for place, char in enumerate(read.text):
            start, end = read.source(place, place + 1)
            assert end == start + 1
            assert read.index(start) == place
            assert shadow(text[start:end]).text in (char, "")


class TestSplitting:
    @pytest.mark.parametrize(
        ("text", "pieces"),
        [
            ("加快建设。按时完成！", ["加快建设。", "按时完成！"]),
            ("提出“加快建设。”随后落实。", ["提出“加快建设。”", "随后落实。"]),
            ("印发《办法（试行）。细则》后实施。", ["印发《办法（试行）。细则》后实施。"]),
            ("（含续建；另计）完成。", ["（含续建；另计）完成。"]),
            ("没有句号", ["没有句号"]),
            ("（括号没有收。还要分。", ["（括号没有收。还要分。"]),
        ],
    )
    def test_sentences(self, text: str, pieces: list[str]) -> None:
        assert [text[a:b] for a, b in sentences(text, 0, len(text))] == pieces

    def test_clauses_keep_numbers_and_hours_whole(self) -> None:
        text = "投入3,000万元，17:10开会：一是快，二是好。"
        assert [text[a:b] for a, b in clauses(text, 0, len(text))] == [
            "投入3,000万元，",
            "17:10开会：",
            "一是快，",
            "二是好。",
        ]

    @pytest.mark.parametrize(
        ("text", "level", "count"),
        [
            ("一、甲", 1, 1),
            ("（十二）甲", 2, 12),
            ("3.甲", 3, 3),
            ("4、甲", 3, 4),
            ("（5）甲", 4, 5),
            ("⑥甲", 4, 6),
            ("七是甲", 5, 7),
            ("其次，甲", 5, 2),
            ("1.5亿元", None, 0),
            ("一些", None, 0),
            ("2023年", None, 0),
        ],
    )
    def test_numbering(self, text: str, level: int | None, count: int) -> None:
        found = numbering(text, 0, len(text))
        assert (found.level, found.count) == (level, count) if found else level is None

    def test_headlines_and_what_they_head(self) -> None:
        paragraphs = ["一、现状", "管网老化。", "（一）加快改造。年内完成。", "二、打算", "再说。"]
        text, places, at = "\n".join(paragraphs), [], 0
        for paragraph in paragraphs:
            places.append((at, at + len(paragraph)))
            at += len(paragraph) + 1
        found = headings(text, places)
        assert [(text[h.start : h.end], h.level) for h in found] == [
            ("现状", 1),
            ("加快改造", 2),
            ("打算", 1),
        ]
        assert text[found[0].start : found[0].until].rstrip().endswith("年内完成。")


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        "一二、（）1.。，：\n 建议答复如下收悉感谢相关文章发布日期2023-0>|蕞*年月日", max_size=300
    )
)
def test_ranges_are_in_order_and_apart(text: str) -> None:
    found = cleaned(text)
    spans = sorted([*found.body, *found.furniture])
    assert list(found.body) == sorted(found.body)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for copy in (copy for repeat in found.repeats for copy in repeat.copies):
        assert not any(span.start < copy.end and copy.start < span.end for span in found.body)


HOSTILE = {
    "digits": "1234567890",
    "brackets": "（",
    "headings": "（一）加强管理。\n",
    "headings in one line": "（一）加强管理。",
    "openers": "您提出建议现答复如下：\n",
    "thanks": "感谢您的支持！",
    "title marks": "《",
    "quotes": "“关于",
    "bodies": "经与市局、",
    "labels": "索引号：\n",
    "numbers": "第1号",
    "sentences": "我们将进一步加强管理提升服务水平。",
    "stars": "*",
    "dates": "2023年月日",
    "blanks": "1 ",
}


def operations(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: what a clock would tell, without the clock."""
    count = 0

    def tick(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    def work(size: int) -> int:
        text = HEAD + piece * (size // len(piece))
        header(cleaned(text))  # patterns are compiled once
        return operations(lambda: header(cleaned(text)))

    small, large = work(6_000), work(12_000)
    assert large <= 2.3 * small + 2_000
