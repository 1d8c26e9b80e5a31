"""The YAML mistakes of clerks: what cannot be meant as it is read, and what is only doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from npcreply.domain.findings import Finding, Severity
from npcreply.language import N_, _
from npcreply.store.nodes import Mapping, Node, Scalar, Sequence
from npcreply.store.statements import Statement, statements
from npcreply.store.surface import place

_KEY = r"[a-z][a-z0-9_-]*"  # a record's own keys
_WORD = r"[A-Za-z_一-龥][0-9A-Za-z_一-龥-]{0,19}"  # and whatever a clerk may take for one
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # blanks that YAML takes for letters
_VALUE = rf"(?:(?:- +)*{_WORD}: +|(?:- +)+)"
_CLOSED_QUOTE = r"(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')"
_BLOCK_SIGNS = r"[-+0-9]{0,2} *(?: #.*)?$"
_QUOTE = N_("把整个值放进英文双引号；值里本来有英文双引号的，改放进英文单引号。")
_COLON = N_("改为英文冒号加一个空格：“{key}: …”；本来是一句话，就把整个值放进英文双引号。")
_COMMENT = re.compile(r"[ \t]+(#[0-9一-龥][^\r\n]*)")
_MAX_NAME = 20  # characters: the longest name of a body or a person that a list may hold


@dataclass(frozen=True, slots=True)
class _Slip:
    """`found` has a group `at`, the place, and may have a group `key`."""

    code: str
    found: re.Pattern[str]
    message: str
    remedy: str

    def finding(self, text: str, path: str, line: int, column: int) -> Finding | None:
        """Return the finding if `text`, standing at `line` and `column`, begins with the slip."""
        match = self.found.match(text)
        if match is None:
            return None
        words = {"key": match.groupdict().get("key", ""), "found": match["at"]}
        message, remedy = _(self.message).format(**words), _(self.remedy).format(**words)
        column += match.start("at")
        return Finding(path, line, column, Severity.ERROR, self.code, message, remedy)


def _slip(code: str, found: str, message: str, remedy: str) -> _Slip:
    return _Slip(code, re.compile(found), message, remedy)


def _colons(key: str) -> tuple[_Slip, _Slip]:
    wide = N_("“{key}：”用了全角冒号，没有被当成键")
    tight = N_("“{key}:”的冒号后缺一个空格，没有被当成键")
    not_url_nor_later = r"(?=[^\s:/\\])(?!.*:(?: |$))"
    return (
        _slip("wide-colon", rf"(?P<key>{key}) *(?P<at>：)", wide, _COLON),
        _slip("no-blank", rf"(?P<key>{key})(?P<at>:){not_url_nor_later}", tight, _COLON),
    )


_WIDE_COLON, _NO_BLANK = _colons(_KEY)
_ANY_WIDE_COLON, _ANY_NO_BLANK = _colons(_WORD)
_TAB = _slip("tab", r"[ -]*(?P<at>\t)", N_("用了 Tab 缩进或隔开"), N_("把 Tab 换成空格。"))
_GAP_TAB = _slip("tab", r" *: *(?P<at>\t)", N_("冒号后用了 Tab"), N_("把 Tab 换成一个空格。"))
_WIDE_BLANK = _slip(
    "wide-blank",
    rf" *(?:- +)*(?P<at>[{_WIDE}])[{_WIDE} ]*(?:{_KEY}[:：]|{_WORD}:(?: |$)|- )",
    N_("行首用了全角空格或不间断空格，不算缩进"),
    N_("换成半角空格，与同一层的键对齐。"),
)
_WIDE_KEY = _slip(
    "wide-blank",
    rf"[^{_WIDE}]*(?P<at>[{_WIDE}])",
    N_("键的前后有全角空格或不间断空格"),
    N_("换成半角空格，与同一层的键对齐。"),
)
_STARTS = N_("值不能以 {found} 开头")
# Wrong wherever a line reads so; only asked once the parser has failed.
_IN_LINES = (
    _slip("tab", rf"(?:- +)*{_WORD}:(?P<at>\t)", N_("冒号后用了 Tab"), N_("把 Tab 换成一个空格。")),
    _slip("indicator", rf"{_VALUE}(?P<at>[@%`,}}\]]|[*&!](?=\S))", _STARTS, _QUOTE),
    _slip(
        "indicator",
        rf"(?:- +)*{_WORD}: +(?P<at>-)(?= )",
        N_("值不能以“- ”开头"),
        N_("是一句话：放进英文双引号；是清单：另起一行，缩进两格再写“- ”。"),
    ),
    _slip("indicator", rf"{_VALUE}(?P<at>[|>])(?!{_BLOCK_SIGNS})", _STARTS, _QUOTE),
    _slip(
        "after-quote",
        rf"{_VALUE}{_CLOSED_QUOTE} *+(?P<at>[^\s#:])",
        N_("引号收尾之后还有字：“{found}…”"),
        N_("把整个值放进英文单引号；或只用中文引号，外面不再加引号。"),
    ),
    _slip(
        "colon-in-value",
        rf"(?:- +)*{_WORD}: +(?=[^\s\"'\[{{|>#&*!@%`-])[^#]*?(?P<at>:)(?= |$)",
        N_("值里有“: ”，会被当成又一个键"),
        _QUOTE,
    ),
)


def in_lines(text: str, path: str) -> list[Finding]:
    """Return the slips in a file that YAML cannot read, one a line; texts in block scalars and in
    quotes over several lines are left alone.
    """
    found = (_first(_asked(line), path, line.number) for line in statements(text))
    return [finding for finding in found if finding]


def misread(text: str, root: Node, path: str) -> list[Finding]:
    """Return the slips in a file that YAML reads, but that cannot have been meant so."""
    found: list[Finding | None] = []
    tabs = "\t" in text
    for key, value, parent in _members(root):
        found += [*_tabs(text, key, value, path)] if tabs else ()
        if key is not None and key.plain and not key.value.isidentifier():
            found.append(_odd_key(key, value, parent, path))
        if isinstance(value, Scalar) and value.plain and not parent.flow:
            found += _swallowed(text, key, value, path)
    return list(dict.fromkeys(finding for finding in found if finding))


def doubts(text: str, root: Node, path: str) -> tuple[Finding, ...]:
    """Return what is read as it stands but may not be meant so; `text` is what `root` was read of.

    A wide comma or 、 between short names of a list in brackets; a comment sign glued to a digit
    or a Chinese character after Chinese text, which drops the rest of the line; a continuation
    line that looks like a key of its own.
    """
    found: list[Finding] = []
    for _key, value, parent in _members(root):
        if not (isinstance(value, Scalar) and value.plain):
            continue
        if isinstance(parent, Sequence) and parent.flow:
            found += _wide_commas(value, path)
        found += _dropped(text, value, path)
        if not parent.flow:
            found += _glued(text, value, path)
    return tuple(sorted(found))


def _members(root: Node) -> Iterator[tuple[Scalar | None, Node, Mapping | Sequence]]:
    """Yield every value below `root` with its key and what holds it, in no order."""
    holders = [root] if not isinstance(root, Scalar) else []
    for holder in holders:
        bare = ((None, item) for item in holder.items) if isinstance(holder, Sequence) else None
        for key, value in bare or cast("Mapping", holder).pairs:
            yield key, value, holder
            if not isinstance(value, Scalar):
                holders.append(value)


def _asked(line: Statement) -> Iterator[tuple[tuple[_Slip, ...], str, int]]:
    """Which slips to look for, in which text, which begins in which column."""
    yield (_TAB, _WIDE_BLANK), line.text, 1
    if line.fresh:
        yield (_WIDE_COLON, _NO_BLANK), line.body, line.column
        yield _IN_LINES, line.text[line.indent :], line.indent + 1
    if line.fresh and not line.dashed:
        yield (_ANY_NO_BLANK,), line.body, line.column
    if line.aligned:
        yield (_ANY_WIDE_COLON,), line.body, line.column


def _first(
    asked: Iterator[tuple[tuple[_Slip, ...], str, int]], path: str, line: int
) -> Finding | None:
    found = (slip.finding(text, path, line, at) for slips, text, at in asked for slip in slips)
    return next((finding for finding in found if finding), None)


def _tabs(text: str, key: Scalar | None, value: Node, path: str) -> Iterator[Finding | None]:
    first = key or value
    start = first.start - first.column + 1
    yield _TAB.finding(text[start : first.start], path, first.line, 1)
    if key is not None:
        gap = text[key.end : value.start]
        yield _GAP_TAB.finding(gap, path, key.line, key.column + key.end - key.start)


def _odd_key(key: Scalar, value: Node, parent: Mapping | Sequence, path: str) -> Finding | None:
    alone = parent.flow and isinstance(value, Scalar) and value.start == value.end
    colons = (_ANY_WIDE_COLON, _ANY_NO_BLANK) if alone else (_WIDE_COLON, _NO_BLANK)
    slips = colons if key.value == key.value.strip() else (_WIDE_KEY,)
    return _first(iter([(slips, key.value, key.column)]), path, key.line)


def _swallowed(text: str, key: Scalar | None, value: Scalar, path: str) -> Iterator[Finding | None]:
    """A key without its blank becomes text: the first line of a value that stands below its key or
    after a dash, or a further line of the value above it.
    """
    if ":" not in value.value and "：" not in value.value:
        return
    below = key is not None and value.line > key.line
    for number, column, line in _lines(text, value):
        first = number == value.line
        if first and key is not None and not below:
            continue
        slips = (_WIDE_COLON, _NO_BLANK) + ((_ANY_NO_BLANK,) if first and below else ())
        yield _first(iter([(slips, line, column)]), path, number)


def _glued(text: str, value: Scalar, path: str) -> Iterator[Finding]:
    for number, column, line in [*_lines(text, value)][1:] if ":" in value.value else ():
        finding = _ANY_NO_BLANK.finding(line, path, number, column)
        if finding and not _NO_BLANK.found.match(line):
            yield Finding(
                *(path, number, finding.column, Severity.DOUBT, "no-blank"),
                _("这一行被接在上一行后面，读作同一句话：“{line}”").format(line=line[:30]),
                finding.remedy,
            )


def _lines(text: str, value: Scalar) -> Iterator[tuple[int, int, str]]:
    lines = re.split(r"\r\n|\n|\r", text[value.start : value.end])
    yield value.line, value.column, lines[0]
    for number, line in enumerate(lines[1:], value.line + 1):
        body = line.lstrip(" \t")
        yield number, len(line) - len(body) + 1, body


def _wide_commas(value: Scalar, path: str) -> Iterator[Finding]:
    parts = re.split("[，、]", value.value)
    if len(parts) > 1 and all(0 < len(part.strip()) <= _MAX_NAME for part in parts):
        yield Finding(
            *(path, value.line, value.column, Severity.DOUBT, "wide-comma"),
            _("“{value}”之间是全角逗号或顿号，被当成一项").format(value=value.value),
            _("分成几项：[{items}]；本来是一项，就放进英文双引号。").format(items=", ".join(parts)),
        )


def _dropped(text: str, value: Scalar, path: str) -> Iterator[Finding]:
    """Comments are legitimate: doubted only where # is glued to a digit or a Chinese character and
    the value before it is Chinese text, or where nothing stands before #3.
    """
    found = _COMMENT.match(text, value.end)
    if found is None:
        return
    lost = found[1]
    if re.search("[一-龥]", value.value) or (not value.value and lost[1].isdigit()):
        line, column = place(text, found.start(1))
        yield Finding(
            *(path, line, column, Severity.DOUBT, "comment"),
            _("“{lost}”在空格加 # 之后，被当成注释略去").format(lost=lost[:30]),
            _("要保留，就把整个值放进英文双引号；确是注释，就在 # 后空一格。"),
        )
