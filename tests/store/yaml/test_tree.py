"""A file becomes a tree with places, or every reason why not, each with line, column and remedy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.store.yaml.mistakes import without_odd
from npcreply.store.yaml.nodes import Mapping, Scalar, Sequence, key_at, node_at, to_data
from npcreply.store.yaml.tree import Reader, parse

CONTRACT = Path(__file__).parents[3] / "schema.yaml"


def refused(text: str) -> tuple[Finding, ...]:
    with pytest.raises(RecordInvalidError) as caught:
        parse(text, "replies/x.yaml")
    findings = caught.value.findings
    assert findings
    for finding in findings:
        assert isinstance(finding, Finding)
        assert finding.severity is Severity.ERROR
        assert finding.path == "replies/x.yaml"
        assert finding.message
        assert finding.remedy.endswith("。")
    return tuple(f for f in findings if isinstance(f, Finding))


def named(text: str) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.line, finding.column) for finding in refused(text)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2020028", "2020028"),
        ("0576", "0576"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("2023-07-24", "2023-07-24"),
        ("1e3", "1e3"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("true", "true"),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", "Null"),
        ("''", ""),
        ('"~"', "~"),
        ('"null"', "null"),
        ("责任：市水利局", "责任：市水利局"),
        ("关于A：B的建议", "关于A：B的建议"),
        ("http://example.org", "http://example.org"),
        ("“引用”后文", "“引用”后文"),
        ("600 # 一期", "600"),
        ("𠮷祥", "𠮷祥"),
    ],
)
def test_characters_are_read_as_typed(typed: str, read: str | None) -> None:
    assert to_data(parse(f"note: {typed}\n", "x")) == {"note": read}


def test_marks_are_offsets_lines_and_columns() -> None:
    text = (
        "title: 一𠮷😀\r\nco: # 会办\r\n- {body: 甲, on: }\r\n\r\n# 尾\r\nnote: |\r\n  一\r\n\r\n"
    )
    root = parse(text, "x")
    title, co, note = (node_at(root, (key,)) for key in ("title", "co", "note"))
    body = node_at(root, ("co", 0, "body"))
    assert isinstance(title, Scalar)
    assert text[title.start : title.end] == "一𠮷😀"
    assert (title.line, title.column, title.plain) == (1, 8, True)
    assert isinstance(co, Sequence)
    assert text[co.start : co.end] == "- {body: 甲, on: }"
    assert not co.flow
    assert isinstance(body, Scalar)
    assert (body.line, body.column) == (3, 10)
    assert isinstance(note, Scalar)
    assert text[note.start : note.end] == "|\r\n  一"
    assert root.end == note.end
    key = key_at(root, ("co", 0, "on"))
    assert key is not None
    assert (key.line, text[key.start : key.end]) == (3, "on")


def test_a_byte_order_mark_does_not_shift_marks() -> None:
    text = "\ufefflead: 甲\nco: 乙\n"
    root = parse(text, "x")
    for path, words in (("lead", "甲"), ("co", "乙")):
        node = node_at(root, (path,))
        assert isinstance(node, Scalar)
        assert text[node.start : node.end] == words


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_line_break_counts(line_break: str) -> None:
    text = line_break.join(["a: 1", "", "b: [x,", "  y]", "b: 2", ""])
    assert named(text) == [("duplicate-key", 5, 1)]


def test_paths_that_lead_nowhere() -> None:
    root = parse("a: [1]\n", "x")
    for path in (("b",), ("a", 1), ("a", -1), ("a", "x"), (0,), ("a", 0, "x")):
        assert node_at(root, path) is None
        assert key_at(root, path) is None
    assert key_at(root, ()) is None
    assert node_at(root, ()) is root


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
        ("m:\n  - {id: 1, id: 2}\n", [("duplicate-key", 2, 13)]),
        ("a: &x 1\nb: *x\n", [("anchor", 1, 4), ("alias", 2, 4)]),
        ("a: !!python/name:os.system x\n", [("tag", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("second-document", 2, 1)]),
        ("- a\n", [("not-a-mapping", 1, 1)]),
        ("甲代表\n", [("not-a-mapping", 1, 1)]),
        ("", [("empty", 1, 1)]),
        ("# 只有说明\n", [("empty", 1, 1)]),
        ("~\n", [("empty", 1, 1)]),
        ("[a]: 1\n", [("odd-key", 1, 1)]),
        ("a: " + "[" * 40 + "]" * 40 + "\n", [("too-deep", 1, 35)]),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n", [("merge-conflict", 1, 1)]),
        ("a: 1\n=======\n", [("merge-conflict", 2, 1)]),
        ("a: 1\r<<<<<<< HEAD\rb: 2\r", [("merge-conflict", 2, 1)]),
        ("a: 甲\u2028乙\nb: \x07\x85\n", [("line-separator", 1, 5), ("control-character", 2, 4), ("line-separator", 2, 5)]),
        ("# 说明\u2029\na: 1\n", [("line-separator", 1, 5)]),
        ("a: 1\n\ufeffb: 2\n", [("control-character", 2, 1)]),
        ("a: \ud800\n", [("control-character", 1, 4)]),
        ("a: &x 1\na: \x00*y\n", [("anchor", 1, 4), ("duplicate-key", 2, 1), ("control-character", 2, 4), ("alias", 2, 5)]),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, found: list[tuple[str, int, int]]) -> None:
    assert named(text) == found


def test_both_lines_of_a_double_key_are_named() -> None:
    (finding,) = refused("lead: 甲\nco: 乙\nlead: 丙\n")
    assert "第 1 行" in finding.message
    assert "第 3 行" in finding.message


def test_the_lines_of_a_merge_conflict_are_named() -> None:
    (finding,) = refused("a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n=======\r\nb: 2\r\n>>>>>>> x\r\n")
    assert "第 2、4、6 行" in finding.message


@pytest.mark.parametrize("nest", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_deep_nesting_is_refused_without_a_crash(nest: str) -> None:
    assert named(nest) == [("too-deep", 1, len(nest) // 100_000 * 32 + 1)]


class StopsAtAThousandLevels:
    """libyaml from 0.2.6 on: it looks ahead, and past 1,000 levels it gives no event at all."""

    def __init__(self, _text: str) -> None:
        self.get_event = self._event

    def _event(self) -> object:
        raise yaml.scanner.ScannerError(
            "while increasing flow level", None, "exceeded maximum nesting depth", None
        )


def test_deep_nesting_is_refused_in_our_words_where_libyaml_stops_first() -> None:
    reader = Reader("a: 1\nb: " + "[" * 2_000, "x.yaml", StopsAtAThousandLevels)
    assert reader.root() is None
    assert reader.complaint is None
    assert [(found.code, found.line, found.column) for found in reader.findings] == [
        ("too-deep", 2, 35)
    ]


def test_more_than_two_megabytes_are_refused() -> None:
    fits = "a: " + "字" * 600_000 + "\n"
    assert isinstance(parse(fits, "x"), Mapping)
    (finding,) = refused("a: " + "字" * 700_000 + "\n")
    assert finding.code == "too-large"


def test_a_binary_file_does_not_list_every_character() -> None:
    assert len(refused("a: " + "\x00" * 5_000)) <= 21


def test_the_contract_itself_is_readable() -> None:
    root = parse(CONTRACT.read_text(encoding="utf-8"), "schema.yaml")
    with CONTRACT.open(encoding="utf-8") as stream:
        assert to_data(root) == _nulls(root, yaml.load(stream, yaml.BaseLoader))


def _nulls(node: Any, data: Any) -> Any:
    """PyYAML's BaseLoader has no null: put it where the tree has one."""
    if isinstance(node, Mapping):
        return {key.value: _nulls(value, data[key.value]) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [_nulls(at, below) for at, below in zip(node.items, data, strict=True)]
    return None if node.null else data


PIECES = st.sampled_from(
    ["a: ", "b:", "- ", "\n", "  ", "\t", "{", "}", "[", "]", ", ", "#", " # x", "'", '"', "|", ">", "&x ", "*x", "!t ", "? ", ": ",
     "：", "，", "\u3000", "\u00a0", "\u2028", "\x85", "\ufeff", "\r\n", "\r", "@", "%", "`", "---\n", "...", "<<<<<<<", "甲", "𠮷", "x", "1", "\\", "\x00", "~"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@example("? [a]\n: b\n")
@example("{? {a: b} : c}")
def test_any_text_is_read_or_refused_with_places(text: str) -> None:
    findings: tuple[object, ...] = ()
    root: Mapping | None = None
    try:
        root = parse(text, "x")
    except RecordInvalidError as error:
        findings = error.findings
    assert bool(findings) is (root is None)
    for finding in findings:
        assert isinstance(finding, Finding)
        assert finding.line > 0
        assert finding.column > 0
        assert not re.search(r"\{[a-z]+\}", finding.message + finding.remedy)
    if root is not None:
        body = text.removeprefix("\ufeff")
        assert to_data(root) == _nulls(root, yaml.load(body, yaml.CBaseLoader))


@given(st.lists(PIECES, max_size=20).map("".join).map(without_odd))
def test_both_parsers_give_the_same_tree(text: str) -> None:
    """The Python parser stands in where libyaml is missing; the two differ in what they refuse."""
    quick, slow = Reader(text + "\n", "x"), Reader(text + "\n", "x", yaml.BaseLoader)
    one, other = quick.root(), slow.root()
    if quick.complaint is None and slow.complaint is None:
        assert one == other
