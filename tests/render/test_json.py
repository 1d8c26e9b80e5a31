from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.errors import UsageError
from npcreply.render.json import json_text, value_text
from npcreply.table import Cell, Column, Table, Word

COLUMNS = (
    Column("id", "编号"),
    Column("status", "状态", "enum"),
    Column("current_value", "当前值", "number"),
)
TABLE = Table(
    "list",
    "清单",
    COLUMNS,
    (
        {
            "current_value": Decimal("358.49"),
            "status": Word("to_verify", "待销号"),
            "id": "2023-温46.1",
        },
        {"id": "2023-0046.2", "status": None},
    ),
)


def test_bare_array_in_column_order() -> None:
    assert (
        json_text(TABLE)
        == """\
[
  {
    "id": "2023-温46.1",
    "status": "to_verify",
    "current_value": 358.49
  },
  {
    "id": "2023-0046.2",
    "status": null,
    "current_value": null
  }
]
"""
    )


def test_no_rows() -> None:
    assert json_text(Table("list", "清单", COLUMNS, ())) == "[]\n"


def test_fields_in_the_order_asked_for() -> None:
    rows = json.loads(json_text(TABLE, ["status", "id", "status"]))
    assert [list(row) for row in rows] == [["status", "id"]] * 2
    assert json_text(TABLE, []) == json_text(TABLE)


@pytest.mark.parametrize(
    ("field", "near"), [("staus", "status"), ("状况", "status"), ("当前", "current_value")]
)
def test_an_unknown_field_names_the_near_one(field: str, near: str) -> None:
    with pytest.raises(UsageError) as caught:
        json_text(TABLE, ["id", field])
    assert caught.value.message == f"没有“{field}”这一项。是不是 {near}？"
    assert caught.value.remedy == "可用的项：id, status, current_value"


def test_a_field_goes_by_its_head_too() -> None:
    assert json_text(TABLE, ["状态"]) == json_text(TABLE, ["status"])


def test_a_field_like_none_of_them() -> None:
    with pytest.raises(UsageError) as caught:
        json_text(TABLE, ["zzzzzz"])
    assert caught.value.message == "没有“zzzzzz”这一项。"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("358.49"), "358.49"),
        (Decimal("358.490"), "358.490"),
        (Decimal(600), "600"),
        (Decimal("600.0"), "600"),
        (Decimal("6E+2"), "600"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("0.0000001"), "0.0000001"),
        (Decimal("-0"), "0"),
        (Decimal("1E+999999"), "1E+999999"),
        (Decimal("12345678901234567890.12345"), "12345678901234567890.12345"),
        (Decimal("NaN"), "null"),
        (0, "0"),
        (True, "true"),
        (None, "null"),
        ("0046", '"0046"'),
        ("", '""'),
        (date(2024, 1, 5), '"2024-01-05"'),
        (Word("late", "逾期", "late"), '"late"'),
        ((), "[]"),
        ('“a"\\\n', '"“a\\"\\\\\\n"'),
        ("\x1b\x9b\u202e\u2028\ud800", '"\\u001b\\u009b\\u202e\\u2028\\ud800"'),
        ("😀\U00020bb7", '"😀\U00020bb7"'),
    ],
)
def test_each_cell(cell: Cell, text: str) -> None:
    assert value_text(cell) == text + "\n"


def test_lists_and_mappings_within() -> None:
    item = {
        "value": Decimal("1.50"),
        "on": date(2023, 5, 11),
        "words": ("甲", "乙"),
        "none": None,
        "sub": {},
    }
    assert json.loads(value_text({"items": (item,)}), parse_float=str) == {
        "items": [
            {"value": "1.50", "on": "2023-05-11", "words": ["甲", "乙"], "none": None, "sub": {}}
        ]
    }


def test_another_type_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="float"):
        value_text({"value": 0.1})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@settings(deadline=None)
@given(VALUES)
def test_as_the_standard_library_writes_and_reads_it(value: object) -> None:
    text = value_text(value)
    assert json.loads(text) == value
    assert json.loads(text.encode()) == value
    if text.isprintable() and "\\" not in text:
        assert text == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_number_drifts(number: Decimal) -> None:
    text = value_text(number)
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == number
