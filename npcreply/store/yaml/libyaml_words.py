"""What libyaml complains of, in the clerk's words, with what usually causes it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding, Severity
from npcreply.language import N_, _
from npcreply.patterns import pattern

_QUOTE = N_("把整个值放进英文双引号；值里本来有英文双引号的，改放进英文单引号。")
_ALIGN = N_("同一层的键左边对齐，下一层多缩进两个空格；不要用 Tab。")


@dataclass(frozen=True, slots=True)
class _Complaint:
    """`words`: as either parser puts it; `cause`: the mark of its context is the true place."""

    words: re.Pattern[str]
    code: str
    message: str
    remedy: str
    cause: bool = False


def _row(words: str, code: str, message: str, remedy: str, *, cause: bool = False) -> _Complaint:
    return _Complaint(pattern(words), code, message, remedy, cause)


# The first row that fits decides. Words of the C and of the Python parser differ; both are here.
_COMPLAINTS = (
    _row(
        r"quoted scalar.*(end of stream|document)",
        "unclosed",
        N_("这里的引号 {found} 没有收尾"),
        N_("在值的末尾补上同样的引号。"),
        cause=True,
    ),
    _row(
        r"flow (sequence|mapping).*['\"],['\"] or",
        "unclosed",
        N_("这里的 {found} 没有收尾，或两项之间缺英文逗号"),
        N_("补上右括号；各项之间用英文逗号隔开。"),
        cause=True,
    ),
    _row(
        r"simple key",
        "no-colon",
        N_("这一行不是“键: 值”：“{line}”"),
        N_("写成“键: 值”，英文冒号后空一格；是上一行的后半句，就比上一行的键多缩进两格。"),
        cause=True,
    ),
    _row(
        r"(cannot start any token.*TAB|tab character)",
        "tab",
        N_("用了 Tab 缩进或隔开"),
        N_("把 Tab 换成空格。"),
    ),
    _row(
        r"cannot start any token",
        "indicator",
        N_("值不能以 {found} 开头"),
        _QUOTE,
    ),
    _row(r"an (alias|anchor)", "indicator", N_("值不能以 {found} 开头"), _QUOTE, cause=True),
    _row(r"a tag", "indicator", N_("值不能以 {found} 开头"), _QUOTE, cause=True),
    _row(r"a block scalar", "indicator", N_("值不能以 {found} 开头"), _QUOTE, cause=True),
    _row(
        r"sequence entries are not allowed",
        "indicator",
        N_("值不能以“- ”开头"),
        N_("是一句话：放进英文双引号；是清单：另起一行，缩进两格再写“- ”。"),
    ),
    _row(r"mapping keys are not allowed", "indicator", N_("值不能以“? ”开头"), _QUOTE),
    _row(
        r"mapping values.*FIRST",
        "indentation",
        N_("这一行的缩进比上一行深，被当成上一行的后半句"),
        _ALIGN,
    ),
    _row(r"mapping values", "colon-in-value", N_("值里有“: ”，会被当成又一个键"), _QUOTE),
    _row(
        r"escape|hexdecimal|hexadecimal",
        "escape",
        N_("英文双引号里的反斜线有特殊含义"),
        N_("改用英文单引号，或把反斜线写两遍。"),
    ),
    _row(
        r"unexpected ':'",
        "no-blank",
        N_("冒号后没有值或没有空格"),
        N_("冒号后空一格再写值；没有值就删掉这个键。"),
    ),
    _row(r"directive", "indicator", N_("行首不能用 %"), _QUOTE),
    _row(
        r"node content.*END",
        "unclosed",
        N_("文件到头了，前面有方括号、花括号没有收尾"),
        N_("从文件末尾往上找，补上右括号。"),
    ),
    _row(
        r"node content",
        "indicator",
        N_("{found} 前面缺内容，或值以它开头"),
        _QUOTE,
    ),
    _row(
        r"(expected key|block end|'-' indicator|document start).*ALONE",
        "indentation",
        N_("这一行接不上前文，缩进没有对齐"),
        _ALIGN,
    ),
    _row(
        r"expected key|block end|'-' indicator|document start",
        "after-quote",
        N_("引号或括号收尾之后还有字：“{found}…”"),
        N_("把整个值放进英文单引号。"),
    ),
)
_BREAK = pattern(r"\r\n|\n|\r")
_ANYTHING_ELSE = _row(
    "", "syntax", N_("这里不合 YAML 的写法（{problem}）"), N_("对照旁边写得对的条目改。")
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A complaint as a finding, and the lines (from 1) that the clerk's slip may stand on."""

    finding: Finding
    lines: frozenset[int]


def explained(error: yaml.YAMLError, text: str, path: str) -> Explained:
    """Return the finding for what the parser, given `text`, could not read."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} | {getattr(error, 'problem', error)}"
    complaint = _complaint(said, mark, text)
    lines = _BREAK.split(text)
    number, column = _place(context if complaint.cause and context else mark or context, lines)
    line = lines[number - 1]
    words = {"found": line[column - 1 : column], "line": line.strip()[:30], "problem": said}
    message, remedy = _(complaint.message).format(**words), _(complaint.remedy)
    finding = Finding(path, number, column, Severity.ERROR, complaint.code, message, remedy)
    return Explained(finding, _suspects(lines, number, _place(mark, lines)[0]))


def _place(mark: Any, lines: list[str]) -> tuple[int, int]:
    """Line and column, from 1; the end of the text counts as its last line, not as one more."""
    if mark is None:
        return 1, 1
    if mark.line >= len(lines):
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1


def _complaint(said: str, mark: Any, text: str) -> _Complaint:
    if mark is not None:
        line_start = mark.index - mark.column
        said += " TAB" if text[mark.index : mark.index + 1] == "\t" else ""
        before = text[line_start : mark.index]
        said += " FIRST" if re.fullmatch(r"[\s-]*[^\s:]+\s*", before) else ""
        said += " ALONE" if not before.strip(" -") else ""
        said += " END" if not text[mark.index :].strip() else ""
    return next((row for row in _COMPLAINTS if row.words.search(said)), _ANYTHING_ELSE)


def _suspects(lines: list[str], found: int, complained: int) -> frozenset[int]:
    """The parser often complains one line after the slip: that line and the last one with words."""
    before = complained - 1
    while before > 0 and not lines[before - 1].split("#")[0].strip():
        before -= 1
    return frozenset({found, complained, before})
