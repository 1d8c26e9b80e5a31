"""What is read without libyaml is what libyaml reads; what is not known is left to it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.errors import RecordInvalidError
from npcreply.store.contract import read
from npcreply.store.yaml import dump, nodes, plain, tree

ONE_LINE = read.contract().one_line
KEYS = ("title", "text", "on", "x-own", "note", "targets", "measures", "log", "a1", "words")
WORDS = (
    *("修桥", "修桥，铺路", "2023-12-31", "0046", "-5", "3.5", "true", "null", "~", "", " ", "no"),
    *(
        "a: b",
        "甲：乙",
        "a:b",
        "12:30",
        "http://x.cn/a?b#c",
        "#1",
        "修 #2",
        "[甲",
        "{a}",
        "- x",
        "-",
    ),
    *(
        "'",
        '"',
        "it's",
        'say "x"',
        "\\n",
        "第一行\n第二行",
        "第一行\n\n  第三行\n",
        "100%",
        ">=",
        "@",
    ),
    *(
        "甲\u3000乙",
        "\u3000",
        "\u00a0x",
        "x\u00a0",
        "𠮷",
        "？",
        "a?",
        "*",
        "&b",
        "!c",
        "|",
        ">",
        "%",
    ),
    *("---", "...", "key:", ": x", "?", "? x", ",", "甲, 乙", "]", "}", "=", "<<", "e\u0301", "`"),
)


def by_libyaml(text: str) -> Any:
    """What the tree says, "refused" where something is said about the text."""
    try:
        return nodes.to_data(tree.parse(text, "a.yaml"))
    except RecordInvalidError:
        return "refused"


leaves = st.sampled_from(WORDS) | st.text(max_size=12)
values = st.recursive(
    leaves | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
    ),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(KEYS), values, min_size=1)


@given(records)
def test_what_the_program_writes(record: dict[str, Any]) -> None:
    try:
        text = dump.dump(record, ONE_LINE)
    except RecordInvalidError:  # half a character
        return
    found = plain.data(text)
    assert found is None or found == by_libyaml(text)


def some_record(dice: random.Random) -> dict[str, Any]:
    """A record as offices keep them: what must be read here, not left to libyaml."""
    day = f"2023-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}"
    texts = ["建成学校三所", "会同有关单位，抓紧“落实”", "A类：12 项", "完成 100%", "见“3#楼”"]
    measures = [
        {
            "id": str(number),
            "text": dice.choice(texts),
            "department": ["市水利局", "市教育局"][: dice.randint(1, 2)],
            "deadline": {"date": day, "words": "年底前"},
            "targets": [{"id": "1", "kind": "level", "comparator": ">=", "value": "3.5"}],
            "log": [{"on": day, "value": "-3", "note": "第一行\n第二行"}, {"on": day}],
        }
        for number in range(1, dice.randint(2, 5))
    ]
    return {
        "kind": "suggestion",
        "year": "2023",
        "number": "0046",
        "title": "关于“一事一议”的建议",
        "deputies": ["甲代表", "乙代表"],
        "source": {"file": "答复.docx", "quote": "一、高度重视\n二、抓紧办理"},
        "measures": measures,
    }


@pytest.mark.parametrize("seed", range(30))
def test_a_usual_record_is_not_left_to_libyaml(seed: int) -> None:
    text = dump.dump(some_record(random.Random(seed)), ONE_LINE)
    assert plain.data(text) == by_libyaml(text) != "refused"
    assert plain.data(text.replace("\n", "\r\n")) == by_libyaml(text.replace("\n", "\r\n"))
    assert plain.data("# yaml-language-server: $schema=x\n\n" + text) is not None


SIGNS = [
    *" \n\n:-#[]{},'\"|>&*!?%@~`",
    "  ",
    ": ",
    " #",
    "- ",
    "：",
    "\t",
    "\r",
    "\\",
    "甲",
    "a",
    "null",
]


@pytest.mark.parametrize("seed", range(12))
def test_a_text_that_was_spoilt_is_read_as_libyaml_reads_it_or_not_at_all(seed: int) -> None:
    """One to three signs put in, taken out or moved, 250 times."""
    dice, read_here = random.Random(seed), 0
    whole = dump.dump(some_record(dice), ONE_LINE)
    for _time in range(250):
        text = whole
        for _slip in range(dice.randint(1, 3)):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice((*SIGNS, "")) + text[at + dice.randint(0, 2) :]
        found = plain.data(text)
        read_here += found is not None
        assert found is None or found == by_libyaml(text), text
    assert read_here > 20


@pytest.mark.parametrize(
    "lines",
    [
        "a: b\n  c: d",
        "a: b\n  c",
        "a:\n  b: 1\n c: 2",
        "a:\n  - b\n   - c",
        "a:\n  - b: 1\n    c: 2\n   d: 3",
        "a: |\n  x\n y: 1",
        "a: |\n\n  x",
        "a: |2\n    x",
        "a: |+\n  x\n",
        "a: >\n  x",
        "a: |\n  x\n   \nb: 1",
        "a: [b, [c]]: d",
        "a: {b: c} d",
        "a: [b",
        "a: [b]\n  c",
        "a: 'b'c",
        'a: "b\n  c"',
        "a: # c",
        "a: *b",
        "a: !b c",
        "a: &b c",
        "a: 1\na: 2",
        "a: {b: 1, b: 2}",
        "- a",
        "a",
        "",
        "---\na: 1",
        "a: 1\n---\nb: 2",
        "a: 1\n...",
        "%YAML 1.2\n---\na: 1",
        "a:b",
        "a : b",
        "a： b",
        "? a\n: b",
        "a:\n  b：c",
        "a:\n  - b：c",
        "a:\n  - key:c",
        "a:\n-  b: 1\n   c: 2",
        "a:\n  - - b",
        "a: [b:c]",
        "a: [b, ]",
        "a: {b}",
        "a: {b: }",
        "<<<<<<< x\na: 1",
        "a: \u0085b",
        "\ufeffa: 1",
    ],
)
def test_odd_texts_are_left_to_libyaml(lines: str) -> None:
    assert plain.data(lines) is None


@pytest.mark.parametrize(
    "lines",
    [
        "a:\nb: 1",
        "a:\n- b\n- c\nd: 1",
        "a:\n- b: 1\n  c:\n  - d\n- e: 2",
        "a:\n  # c\n\n  b: 1\n# d\n",
        "a: |\n  x\n    y\n\n  z\n\n\nb: 1",
        "a: |-\n  # x\n  y: 1\nb: 2",
        "a: {b: {c: [d, 'e''f']}, g: \"h, i: j\"}",
        "a: x~\nb: null",
        "a: b # c: d\ne: 'f'   # g\nh: [i]  #\nj: {k: l} # m\nn: \"o\" #p",
        'a: "b\\n\\"c\\\\"\nd: ["\\n", e]',
        "a: -5\nb: b-c\nc: 甲#乙",
        "a:   b  \nc: d",
    ],
)
def test_odd_but_known_texts(lines: str) -> None:
    assert plain.data(lines) == by_libyaml(lines) != "refused"


def test_shipped_records_are_read_as_libyaml_reads_them() -> None:
    paths = sorted(Path(__file__).parents[3].glob("replies/**/*.yaml"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        found = plain.data(text)
        assert found == by_libyaml(text), path
