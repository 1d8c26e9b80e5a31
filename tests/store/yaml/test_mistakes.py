"""The mistakes of clerks are named where they stand, and what is no mistake is left in peace."""

from __future__ import annotations

import pytest

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.store.yaml.mistakes import doubts
from npcreply.store.yaml.tree import parse


def refused(text: str) -> list[Finding]:
    with pytest.raises(RecordInvalidError) as caught:
        parse(text, "x.yaml")
    return [finding for finding in caught.value.findings if isinstance(finding, Finding)]


def named(text: str) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.line, finding.column) for finding in refused(text)]


def doubted(text: str) -> list[tuple[str, int, int]]:
    found = doubts(text, parse(text, "x.yaml"), "x.yaml")
    assert all(finding.severity is Severity.DOUBT and finding.remedy for finding in found)
    return [(finding.code, finding.line, finding.column) for finding in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # a full-width colon: alone, first, between, last, behind a dash, several, in braces
        ("title：关于水库的建议\n", [("wide-colon", 1, 6)]),
        ("title：关于水库的建议\nlead: 市水利局\n", [("wide-colon", 1, 6)]),
        ("number: 温46\ntitle：关于水库的建议\nlead: 市水利局\n", [("wide-colon", 2, 6)]),
        ("lead: 市水利局\ntitle：关于水库的建议\n", [("wide-colon", 2, 6)]),
        ("title：甲\nnumber：46\nlead: 乙\n", [("wide-colon", 1, 6), ("wide-colon", 2, 7)]),
        ("m:\n  - id：1\n    text: 甲\n", [("wide-colon", 2, 7)]),
        ("m:\n  - id: 1\n    text：甲\n    force: firm\n", [("wide-colon", 3, 9)]),
        ("m:\n  - id：1\n", [("wide-colon", 2, 7)]),
        ("contact：\n  name: 甲\n", [("wide-colon", 1, 8)]),
        ("log:\n  - {on: 2023-06-30, value：358}\n", [("wide-colon", 2, 27)]),
        ("lead: 甲\n部门：市水利局\nco: 乙\n", [("wide-colon", 2, 3)]),
        ("title： 甲\r\nlead: 乙\r\n", [("wide-colon", 1, 6)]),
        # a blank missing behind the colon
        ("部门:市发展改革委\n", [("no-blank", 1, 3)]),
        ("lead: 甲\n部门:市发展改革委\nco: 乙\n", [("no-blank", 2, 3)]),
        ("lead:市水利局\n", [("no-blank", 1, 5)]),
        ("contact:\n  name:甲\n  phone:123\n", [("no-blank", 2, 7), ("no-blank", 3, 8)]),
        ("contact:\n  部门:市水利局\n", [("no-blank", 2, 5)]),
        ("note: 甲\n  lead:市水利局\n", [("no-blank", 2, 7)]),
        ("co:\n  - {body:市水利局, opinion_on: 2023-05-11}\n", [("no-blank", 2, 10)]),
        ("lead:市水利局: 乙\n", [("no-blank", 1, 5)]),
        ("key:false\nlead: 甲\n", [("no-blank", 1, 4)]),
        # Tab
        ("m:\n\t- id: 1\n", [("tab", 2, 1)]),
        ("contact:\n\tname: 甲\n", [("tab", 2, 1)]),
        ("contact:\n  \tname: 甲\n", [("tab", 2, 3)]),
        ("lead:\t市水利局\n", [("tab", 1, 6)]),
        ("m:\n  -\tid: 1\n", [("tab", 2, 4)]),
        ("lead: 甲\n\tco: 乙\n", [("tab", 2, 1)]),
        # blanks that are letters to YAML
        ("m:\n  - id: 1\n\u3000\u3000text: 甲\n", [("wide-blank", 3, 1)]),
        ("lead: 甲\n\u3000co: 乙\n", [("wide-blank", 2, 1)]),
        ("\u00a0lead: 甲\n", [("wide-blank", 1, 1)]),
        ("lead\u3000: 甲\n", [("wide-blank", 1, 5)]),
        ("contact:\n\u3000name: 甲\n\u3000phone: 1\n", [("wide-blank", 2, 1), ("wide-blank", 3, 1)]),
        ("contact:\n  name: 甲\n \u3000phone: 1\n", [("wide-blank", 3, 2)]),
        # values that begin with a sign
        ("note: @甲代表\n", [("indicator", 1, 7)]),
        ("note: *重要*\n", [("indicator", 1, 7)]),
        ("note: %50\n", [("indicator", 1, 7)]),
        ("note: !重要\n", [("indicator", 1, 7)]),
        ("note: *a 甲\n", [("alias", 1, 7)]),
        ("note: &甲\n", [("indicator", 1, 7)]),
        ("note: `甲`\n", [("indicator", 1, 7)]),
        ("note: - 甲\n", [("indicator", 1, 7)]),
        ("note: ? 甲\n", [("indicator", 1, 7)]),
        ("note: ]甲\n", [("indicator", 1, 7)]),
        ("comparator: >=\n", [("indicator", 1, 13)]),
        ("note: |甲\n", [("indicator", 1, 7)]),
        ("deputies:\n  - @甲代表\n", [("indicator", 2, 5)]),
        # text behind a quote or a bracket, quotes and brackets left open
        ('note: "引用"后文\nlead: 甲\n', [("after-quote", 1, 11)]),
        ("note: '引用'后文\nlead: 甲\n", [("after-quote", 1, 11)]),
        ('note: "甲" "乙"\n', [("after-quote", 1, 11)]),
        ("note: [附件]见后\n", [("after-quote", 1, 11)]),
        ('note: "甲\nlead: 乙\n', [("unclosed", 1, 7)]),
        ("note: '甲\nlead: 乙\n", [("unclosed", 1, 7)]),
        ("deputies: [甲代表, 乙代表\nlead: 甲\n", [("unclosed", 1, 11)]),
        ("contact: {name: 甲\nlead: 甲\n", [("unclosed", 1, 10)]),
        ("lead: 甲\ndeputies: [甲,\n", [("unclosed", 3, 1)]),
        ('note: "C:\\temp"\n', []),
        ('note: "C:\\gongzuo"\n', [("escape", 1, 10)]),
        # a second colon, indentation
        ("note: 注: 电话\n", [("colon-in-value", 1, 8)]),
        ("note: 如下:\nlead: 甲\n", [("colon-in-value", 1, 9)]),
        ("m:\n  - id: 1\n     text: 甲\n", [("indentation", 3, 10)]),
        ("m:\n    id: 1\n   text: 甲\n", [("indentation", 3, 4)]),
        ("  lead: 甲\nco: 乙\n", [("indentation", 2, 1)]),
        ("lead: 甲\n市水利局\nco: 乙\n", [("no-colon", 2, 1)]),
        # many in one file, one run
        (
            'title：甲\nlead:乙\nnote: @丙\nco: "丁"戊\nx: a: b\n',
            [("wide-colon", 1, 6), ("no-blank", 2, 5), ("indicator", 3, 7), ("after-quote", 4, 8), ("colon-in-value", 5, 5)],
        ),
        ("a: &x 1\na: 2\nlead：甲\nco: 乙\n", [("anchor", 1, 4), ("duplicate-key", 2, 1), ("wide-colon", 3, 5)]),
        ("lead: 甲\u2028\nco：乙\nnote: 丙\n", [("line-separator", 1, 8), ("wide-colon", 2, 3)]),
        ("\ufefflead: 甲\nco：乙\nnote: 丙\n", [("wide-colon", 2, 3)]),
    ],
)  # fmt: skip
def test_slips_are_named_where_they_stand(text: str, found: list[tuple[str, int, int]]) -> None:
    if found:
        assert named(text) == found
    else:
        assert parse(text, "x.yaml")


SOUND = """\
title: 关于A：B两地合作的建议   # 题目里有全角冒号
note: 责任单位：市水利局；时间：12:30，见 http://example.org/a:b
quote: “引文：甲”、『乙』
wrapped: 一是加强领导；
  责任单位：市教育局
below:
  责任单位：市教育局
list:
  - 备注：按季度报送
  - 甲代表
  - 12:30
  - http://example.org/a
letter: |
  title：甲
  lead:乙
  - @丁
\ttab in a letter
  \t- @丙
single: 'it''s "甲"乙: 丙'
double: "甲\\"乙\\": 丙
  co：丁
  - @戊"
flow: [甲, {on: 2023-06-30, value: 358.49}, '乙，丙']
block: >-
  注: 电话
"""


def test_sound_text_is_neither_refused_nor_doubted() -> None:
    text = SOUND.replace("\ttab in a letter\n  \t- @丙\n", "  \ttab\n")
    assert parse(text, "x.yaml")
    assert doubted(text) == []


def test_in_a_broken_file_only_the_broken_line_is_named() -> None:
    text = SOUND.replace("\ttab in a letter\n  \t- @丙\n", "  @丙: 丁: 戊\n")
    assert named(text + "lead：甲\nco: 乙\n") == [("wide-colon", text.count("\n") + 1, 5)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("deputies: [甲代表，乙代表]\n", [("wide-comma", 1, 12)]),
        ("deputies: [甲代表、乙代表, 丙代表]\n", [("wide-comma", 1, 12)]),
        ("deputies: ['甲代表，乙代表']\n", []),
        ("deputies:\n  - 甲代表、乙代表\n", []),
        ("note: 甲，乙\n", []),
        ("tags: [一句很长很长很长很长很长很长很长很长很长很长的话，不是名字]\n", []),
        ("note: 见 #3 楼\n", [("comment", 1, 9)]),
        ("note: 市水利局 #牵头\n", [("comment", 1, 12)]),
        ("m:\r\n  - text: 甲\r\n      乙 #3\r\n", [("comment", 3, 9)]),
        ("note: #3 楼\n", [("comment", 1, 7)]),
        ("note: 市水利局  # 3月改\n", []),
        ("note: 市水利局  #\n", []),
        ("force: firm #力争\n", []),
        ("value: 600 #亿元\n", []),
        ("on: 2023-06-30 #半年报\n", []),
        ("key: true #重点\n", []),
        ("note: '甲' #3\n", []),
        ("note: #待定\n", []),
        ("note: 甲#3\n", []),
        ("note: 甲\n  部门:市水利局\n", [("no-blank", 2, 5)]),
        ("note: 甲\n  责任单位：市水利局\n", []),
        ("note: 甲\n  12:30\n", []),
    ],
)
def test_what_is_doubted(text: str, found: list[tuple[str, int, int]]) -> None:
    assert doubted(text) == found


def test_a_doubt_shows_what_would_be_lost() -> None:
    text = "note: 见 #3 楼会议室\n"
    (finding,) = doubts(text, parse(text, "x.yaml"), "x.yaml")
    assert "#3 楼会议室" in finding.message


def test_the_remedy_repeats_the_key() -> None:
    (finding,) = refused("title：甲\nlead: 乙\n")
    assert "title: …" in finding.remedy


def test_every_sentence_fits_a_chinese_console() -> None:
    for text in (
        "title：甲\nb: 1\n",
        "a: [\n",
        "a: @\n",
        "a: 1\na: \x00\n",
        "",
        "- a\n",
        'a: "\\g"\n',
    ):
        for finding in refused(text):
            (finding.message + finding.remedy).encode("gbk")
