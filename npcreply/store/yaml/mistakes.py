"""The YAML mistakes of clerks: what cannot be meant as it is read, and what is only doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding, Severity
from npcreply.language import N_, _, listed
from npcreply.patterns import pattern
from npcreply.store import refusals
from npcreply.store.yaml.nodes import Mapping, Node, Scalar, Sequence

_BREAK = pattern(r"\r\n|\n|\r")
_LEAD = pattern(r"( *)((?:- +)*)")
_BLOCK = pattern(r"(?:.*[:-] +|)[|>][-+0-9]{0,2} *(?:#.*)?$")
_OPENER = pattern(r"(?:.*[:：])? *(?:#.*)?$|-$")
_KEYED = pattern(r"[^\s\"'\[{][^:]*:(?: |$)")
_QUOTED = pattern(r"(?:: +|- +)(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """A line with words, outside block scalars and quotes over several lines.

    `fresh`: it cannot continue the line above it; `aligned`: it is not deeper than the key above,
    so it must be a key itself.
    """

    number: int
    text: str
    indent: int
    body: str  # without indentation and dashes
    dashed: bool
    fresh: bool
    aligned: bool

    @property
    def column(self) -> int:
        """Return where the body begins, from 1."""
        return len(self.text) - len(self.body) + 1


def statements(text: str) -> Iterator[Statement]:
    """Yield the lines of `text`, as well as they can be told apart without a parser."""
    quoted = _inside_quotes(text)
    last, opened, block = 1, True, -1  # the column of the last key; the parent of a block scalar
    for number, line in enumerate(_BREAK.split(text), 1):
        statement = _statement(number, line.rstrip(), last, opened=opened)
        if not statement.body or statement.body.startswith("#") or number in quoted:
            continue
        if 0 <= block < statement.indent:
            continue
        yield statement
        block = _parent(statement) if _BLOCK.match(statement.body) else -1
        if statement.fresh:
            last, opened = statement.column, _OPENER.match(statement.body) is not None


def _statement(number: int, line: str, last: int, *, opened: bool) -> Statement:
    lead = _LEAD.match(line)
    indent, dashes = (lead[1], lead[2]) if lead else ("", "")
    body = line[len(indent) + len(dashes) :]
    aligned = not dashes and len(indent) < last
    fresh = bool(dashes) or aligned or opened
    return Statement(number, line, len(indent), body, bool(dashes), fresh, aligned)


def _parent(statement: Statement) -> int:
    """The indentation that a block scalar's lines must exceed."""
    return statement.column - 1 if _KEYED.match(statement.body) else statement.indent


def _inside_quotes(text: str) -> frozenset[int]:
    inside: set[int] = set()
    line = 1
    reached = 0
    for quote in _QUOTED.finditer(text):
        line += len(_BREAK.findall(text, reached, quote.start()))
        lines = len(_BREAK.findall(text, quote.start(), quote.end()))
        inside.update(range(line + 1, line + lines + 1))
        line, reached = line + lines, quote.end()
    return frozenset(inside)


MAX_BYTES = 2 * 1024 * 1024
_MOST = 20  # odd characters listed one by one: a binary file has thousands
_LINE_BREAKS = "\x85\u2028\u2029"  # to YAML 1.1; a web page pasted into a note brings them
_ODD = pattern(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff{_LINE_BREAKS}]"
)
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MERGE_MARK = pattern(r"(?:^|(?<=[\r\n]))(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)")
NAMED_MARK = "npcreply: "  # a mark of our own merge goes on with the fields in dispute
_NAMED = pattern(rf"<{{7}} {NAMED_MARK}([^\r\n]+)")


def too_large(text: str, path: str) -> list[Finding]:
    """Return the finding for a text over MAX_BYTES of UTF-8."""
    if len(text) * 4 <= MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) <= MAX_BYTES:
        return []
    return [refusals.too_large(path, MAX_BYTES)]


def conflicts(text: str, path: str) -> list[Finding]:
    """Return the finding for the marks that a merge leaves; one finding names all their lines."""
    marks = list(_MERGE_MARK.finditer(text)) if any(map(text.__contains__, _MARKS)) else []
    if not marks:
        return []
    lines = [place(text, mark.start())[0] for mark in marks[:_MOST]]
    named = _NAMED.findall(text)
    said = _("文件里有合并冲突标记 {mark}（第 {lines} 行），两人同时改过")
    if named:
        said = _("合并时两边都改了：{fields}（冲突标记 {mark} 在第 {lines} 行）")
    message = said.format(
        mark=marks[0][0], lines=listed(map(str, lines)), fields=listed(named[:_MOST])
    )
    remedy = _("两份内容对照，留下对的，删掉这几行标记，再运行 npcreply check。")
    return [Finding(path, lines[0], 1, Severity.ERROR, "merge-conflict", message, remedy)]


def odd_characters(text: str, path: str) -> list[Finding]:
    """Return a finding for each character that YAML refuses or takes for a line break."""
    found = []
    for number, odd in enumerate(_ODD.finditer(text, text.startswith("\ufeff"))):
        if number == _MOST:
            break
        found.append(_odd(odd[0], path, *place(text, odd.start())))
    return found


def without_odd(text: str) -> str:
    """Return the text with a blank in place of each odd character, so that the rest can be read."""
    mark = text[: text.startswith("\ufeff")]
    return mark + _ODD.sub(" ", text.removeprefix(mark))


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column, from 1, of a character offset; lines end with LF, CRLF or CR."""
    lines = len(re.findall(r"\r\n|\n|\r", text[:at])) + 1
    return lines, at - max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))


def _odd(character: str, path: str, line: int, column: int) -> Finding:
    code, message = "control-character", _("这里有看不见的控制字符 U+{code:04X}")
    if character in _LINE_BREAKS:
        code, message = "line-separator", _("这里有看不见的换行符 U+{code:04X}，多半是从网页带来的")
    remedy = _("删掉它：光标移到这一行这一列，按 Delete；或把这一行重新输入一遍。")
    return Finding(
        path, line, column, Severity.ERROR, code, message.format(code=ord(character)), remedy
    )


_KEY = r"[a-z][a-z0-9_-]*"  # a record's own keys
_WORD = r"[A-Za-z_一-龥][0-9A-Za-z_一-龥-]{0,19}"  # and whatever a clerk may take for one
_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # blanks that YAML takes for letters
_VALUE = rf"(?:(?:- +)*{_WORD}: +|(?:- +)+)"
_CLOSED_QUOTE = r"(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')"
_BLOCK_SIGNS = r"[-+0-9]{0,2} *(?: #.*)?$"
_QUOTE = N_("把整个值放进英文双引号；值里本来有英文双引号的，改放进英文单引号。")
_COLON = N_("改为英文冒号加一个空格：“{key}: …”；本来是一句话，就把整个值放进英文双引号。")
_GLUED = r"[ \t]+(#[0-9一-龥][^\r\n]*)"
_COMMENT = pattern(_GLUED)
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
    return _Slip(code, pattern(found), message, remedy)


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


_MAY_BE_DOUBTED = pattern(rf"\[[^\r\n]*[，、]|{_GLUED}")


def is_plain(text: str) -> bool:
    """Return whether `doubts` has nothing to say of a text whose values stand on one line each;
    False where it has to be asked.
    """
    return _MAY_BE_DOUBTED.search(text) is None


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
