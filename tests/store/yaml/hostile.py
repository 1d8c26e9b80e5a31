"""Texts that YAML readers like to take for something else, and other readers to compare with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import yaml
from hypothesis import strategies as st
from ruamel.yaml import YAML

WORDS = [
    "甲代表",
    "市水利局",
    "firm",
    "suggestion",
    "𠮷祥",
    "㐀",
    "〇",
    "龘",
    "😀",
    "é",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "Y",
    "N",
    "true",
    "False",
    "null",
    "~",
    "Null",
    "None",
    "nan",
    ".inf",
    "0576",
    "46",
    "1e3",
    "0o17",
    "0x1F",
    "0b1",
    "1_000",
    "12:30",
    "190:20:30",
    "2023-07-24",
    "2023-12-29T17:10:00Z",
    "-1",
    "+1",
    ".5",
    "1.",
    "=",
    "<<",
    "-",
    "--",
    "---",
    "...",
    "?",
    ":",
    "-",
    "-甲",
    "?甲",
    ":甲",
    "*甲",
    "&甲",
    "!甲",
    "|甲",
    ">甲",
    "%甲",
    "@甲",
    "`甲",
    "#甲",
    "甲#",
    "甲#乙",
    "甲:乙",
    "甲：乙",
    "甲:",
    "",
    "[甲]",
    "{甲}",
    "甲]",
    "甲,",
    ",甲",
    "，",
    "甲，乙",
    "“甲”乙",
    '"甲"乙',
    "'甲'乙",
    "it's",
    "C:\\temp",
    "\\n",
    "\\u4e00",
    "甲\\",
    "<<<<<<<",
    "=======",
    ">>>>>>>",
    "http://a.b/c:d",
]
EDGES = (
    "", " ", "甲 ", " 甲", "\u3000\u3000甲", "甲\u3000", "\u00a0甲", "甲 #乙", "甲: 乙", "甲:", "- 甲", "? 甲", "甲 - 乙",
    "一\n二", "一\n\n二", "一\n二\n", "一\n二\n\n", "\n一", "\n", " 一\n二", "一 \n二", "一\n  二", "一\n\t二", "一\t二", "\t",
    "\u3000\u3000一\n\u3000\u3000二", "#一\n#二", "---\n甲", "一\n---", "一\n...", "- 一\n- 二", "a: 一\nb: 二", "一\r\n二", "一\r二",
    "一\u2028二", "一\x85二", "\ufeff一", "一\x00二", "\x7f", "\x1b[31m", "\ufffe", "甲\U0001fffe", "\u200b甲", "👨‍👩‍👧", "\ue000", "𠮷: 𠮷 #𠮷",
    "长" * 300, "a b " * 200,
)  # fmt: skip

ALPHABET = "甲乙𠮷😀aZ09 \n\t\r:#,[]{}\"'&*!|>%@`-?=~.+_/\\<：，、“”\u3000\u00a0\u2028\u2029\x85\ufeff\x00\x7f"
texts = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(EDGES),
    st.text(ALPHABET, max_size=8),
    st.lists(st.sampled_from([*WORDS, *EDGES[:20]]), max_size=3).map(" ".join),
    st.text(st.characters(codec="utf-8"), max_size=6),
)
leaves = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.dates(dt.date(1949, 10, 1), dt.date(2100, 1, 1)),
)
NAMES = (
    "id",
    "on",
    "text",
    "log",
    "targets",
    "deputies",
    "lead",
    "x-甲",
    "no",
    "null",
    "a b",
    "甲：",
)
keys = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), texts.map(lambda word: word[:50]))
values = st.recursive(
    leaves,
    lambda below: st.one_of(st.lists(below, max_size=4), st.dictionaries(keys, below, max_size=4)),
    max_leaves=10,
)
records = st.dictionaries(keys, values, min_size=1, max_size=5)


def as_base_loader_reads(data: Any) -> Any:
    """PyYAML's BaseLoader keeps characters; it writes None as it is typed."""
    if isinstance(data, dict):
        return {key: as_base_loader_reads(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_base_loader_reads(item) for item in data]
    return "null" if data is None else data


def read_by_base_loader(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


def read_by_safe_loader(text: str) -> Any:
    return yaml.safe_load(text)


def read_by_ruamel(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def typed(data: Any) -> Any:
    """What a reader of YAML 1.2 makes of a value that was written."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [typed(item) for item in data]
    return float(data) if isinstance(data, Decimal) else data
