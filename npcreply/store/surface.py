"""What must be settled before YAML sees a text: its size, characters nobody sees, merge marks."""

from __future__ import annotations

import re

from npcreply.domain.findings import Finding, Severity
from npcreply.language import _, listed
from npcreply.store import refusals

MAX_BYTES = 2 * 1024 * 1024
_MOST = 20  # odd characters listed one by one: a binary file has thousands
_LINE_BREAKS = "\x85\u2028\u2029"  # to YAML 1.1; a web page pasted into a note brings them
_ODD = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ufeff{_LINE_BREAKS}]"
)
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_MERGE_MARK = re.compile(r"(?:^|(?<=[\r\n]))(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)")


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
    message = _("文件里有合并冲突标记 {mark}（第 {lines} 行），两人同时改过").format(
        mark=marks[0][0], lines=listed(map(str, lines))
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
