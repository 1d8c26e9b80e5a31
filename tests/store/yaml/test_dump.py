"""What is written is read the same by every reader, and by a person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from npcreply.errors import RecordInvalidError
from npcreply.store.yaml.dump import dump, flow, literal, name, quoted, scalar
from npcreply.store.yaml.edit import plain
from npcreply.store.yaml.nodes import to_data
from npcreply.store.yaml.tree import parse
from tests.store.yaml import hostile

ONE_LINE = frozenset({"log", "targets", "deputies", "contact"})
READERS = (hostile.read_by_base_loader, hostile.read_by_ruamel)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("市发展改革委", "市发展改革委"),
        ("温46", "温46"),
        ("𠮷祥", "𠮷祥"),
        ("〇年", "〇年"),
        ("年度实施300个重大项目，投资600亿元以上", "年度实施300个重大项目，投资600亿元以上"),
        ("关于“一带一路”的建议", "关于“一带一路”的建议"),
        ("firm", "firm"),
        ("basically_satisfied", "basically_satisfied"),
        ("n-a", "n-a"),
        ("no", '"no"'),
        ("On", '"On"'),
        ("y", '"y"'),
        ("TRUE", '"TRUE"'),
        ("Null", '"Null"'),
        ("~", '"~"'),
        ("", '""'),
        ("0046", '"0046"'),
        ("2023-07-24", '"2023-07-24"'),
        ("12:30", '"12:30"'),
        (">=", '">="'),
        ("温46 号", '"温46 号"'),
        ("甲\u3000乙", '"甲\u3000乙"'),
        ("责任：市水利局", '"责任：市水利局"'),
        ("责任:市水利局", '"责任:市水利局"'),
        ("见#3楼", '"见#3楼"'),
        ("甲,乙", '"甲,乙"'),
        ("[甲]", '"[甲]"'),
        ("能否?", '"能否?"'),
        ("能否？", "能否？"),
        ("“甲”", '"“甲”"'),
        ("\u3000\u3000甲", '"\u3000\u3000甲"'),
        ("(甲)", '"(甲)"'),
        ("two words", '"two words"'),
        ('他说"好"', '"他说\\"好\\""'),
        ("D:\\件", '"D:\\\\件"'),
        ("甲\n乙\t丙\r", '"甲\\n乙\\t丙\\r"'),
        ("甲\u2028乙\x85\x00\ufeff", '"甲\\u2028乙\\x85\\x00\\ufeff"'),
        ("😀𠮷", '"😀𠮷"'),
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (600, "600"),
        (Decimal("358.490"), "358.490"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (dt.date(2023, 7, 4), "2023-07-04"),
    ],
)
def test_how_a_value_is_written(value: Any, written: str) -> None:
    assert scalar(value) == written


def test_a_file_as_it_is_written() -> None:
    record: dict[str, Any] = {
        "kind": "suggestion",
        "number": "0046",
        "deputies": ["甲代表", "乙 代表"],
        "key": False,
        "contact": {"name": "丙", "phone": "0576-1"},
        "co": [],
        "note": None,
        "measures": [
            {
                "id": 1,
                "text": "一、加强领导\n\n二、每月通报",
                "deadline": {"date": dt.date(2023, 12, 31), "words": "年度"},
                "cadence": ["month", "year"],
                "log": [
                    {"on": dt.date(2023, 6, 30), "value": Decimal("358.49")},
                    {"on": dt.date(2023, 9, 30), "note": "一\n二"},
                ],
            },
            "甲",
            [["乙", "丙"], {}],
        ],
    }
    assert (
        dump(record, ONE_LINE)
        == """\
kind: suggestion
number: "0046"
deputies: [甲代表, "乙 代表"]
key: false
contact: {name: 丙, phone: "0576-1"}
co: []
note: null
measures:
  - id: 1
    text: |-
      一、加强领导

      二、每月通报
    deadline:
      date: 2023-12-31
      words: 年度
    cadence:
      - month
      - year
    log:
      - {on: 2023-06-30, value: 358.49}
      - {on: 2023-09-30, note: "一\\n二"}
  - 甲
  - - - 乙
      - 丙
    - {}
"""
    )


def test_an_empty_record_is_still_a_mapping() -> None:
    assert dump({}) == "{}\n"


def test_a_broken_character_is_refused_in_words() -> None:
    with pytest.raises(RecordInvalidError, match=r"U\+D842"):
        dump({"note": "甲\ud842"})


@pytest.mark.parametrize("text", hostile.EDGES)
def test_a_literal_block_is_only_used_where_it_is_exact(text: str) -> None:
    lines = literal(text)
    if lines is not None:
        written = "\n".join(["note: " + lines[0], *("  " + line for line in lines[1:]), ""])
        assert to_data(parse(written, "x")) == {"note": text}


def test_paragraphs_of_a_letter_stay_readable() -> None:
    letter = '\u3000\u3000一、甲。\n\u3000\u3000# 二: "乙"\n'
    assert literal(letter) == ["|", *letter.splitlines()]


@given(hostile.texts)
@example("𠮷")
@example("\U0001fffe")
def test_quotes_hold_any_text(text: str) -> None:
    for written in (quoted(text), scalar(text)):
        assert "\n" not in written
        for holder in (f"note: {written}\n", f"note: [{written}, 1]\n", f"{{note: {written}}}\n"):
            for read in READERS:
                found = read(holder)["note"]
                assert (found[0] if isinstance(found, list) else found) == text


@given(hostile.records)
def test_a_record_is_read_back_as_it_was(record: dict[str, Any]) -> None:
    written = dump(record, ONE_LINE)
    assert to_data(parse(written, "x")) == plain(record)
    assert hostile.read_by_base_loader(written) == hostile.as_base_loader_reads(plain(record))
    assert hostile.read_by_ruamel(written) == hostile.typed(record)
    assert dump(record, ONE_LINE) == written


@given(st.dictionaries(hostile.keys.filter(lambda key: key != "on"), hostile.texts, min_size=1))
def test_even_a_careless_reader_takes_text_for_text(record: dict[str, Any]) -> None:
    """PyYAML's SafeLoader reads YAML 1.1, where no, 0576 and 12:30 are something else."""
    assert hostile.read_by_safe_loader(dump(record)) == record
    assert hostile.read_by_safe_loader(flow(record)) == record


def test_keys_are_quoted_like_text_but_for_on() -> None:
    assert [name(key) for key in ("on", "no", "lead", "x-甲", "a b", "")] == [
        "on", '"no"', "lead", '"x-甲"', '"a b"', '""'
    ]  # fmt: skip
