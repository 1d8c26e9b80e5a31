"""How a YAML file becomes a tree with places, and everything that is refused on the way."""

from __future__ import annotations

import re
from typing import Any, NoReturn, TypeGuard

import yaml

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.language import N_, _
from npcreply.patterns import pattern
from npcreply.store.yaml import libyaml_words, mistakes
from npcreply.store.yaml.nodes import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 32
_TOO_DEEP_TO_SCAN = "exceeded maximum nesting depth"  # libyaml from 0.2.6 on, past 1,000 levels
_QUOTE = N_("值若是文字，把整个值放进英文双引号。")
# Events only: the loaders built on libyaml crash the process on deep nesting.
_EVENTS: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BLANK_LINES = pattern(r"(?:(?:\r\n|\n|\r)[ ]*)+\Z")
_LAST_BREAK = pattern(r"(?:\r\n|\n|\r)\Z")


class _TooDeepError(Exception):
    """Reading stops here: deeper nesting is no record."""


class Reader:
    """Reads one text. `findings`: what was refused while reading on; `complaint`: where the
    parser stopped, None where it read to the end. An anchor may stand in front of its value only
    in the finding: the tree of a refused text is never used.
    """

    def __init__(self, text: str, path: str, events: Any = _EVENTS) -> None:
        self.findings: list[Finding] = []
        self.complaint: libyaml_words.Explained | None = None
        self._shift = int(text.startswith("\ufeff"))  # the marks do not count it
        self._text = text
        self._path = path
        self._parser = events(text[self._shift :])

    def root(self) -> Node | None:
        """Return the document's node; None where there is none or it cannot be read."""
        try:
            return self._document()
        except _TooDeepError:
            return None
        except yaml.YAMLError as error:
            text = self._text[self._shift :]
            if _TOO_DEEP_TO_SCAN in str(error):
                return self._again(yaml.BaseLoader(text))
            self.complaint = libyaml_words.explained(error, text, self._path)
            return None

    def _again(self, parser: Any) -> Node | None:
        """Read anew with PyYAML's own parser: it comes to the level that is refused here, while
        libyaml looks a thousand levels ahead and stops without having said where they begin.
        """
        self.findings.clear()
        self._parser = parser
        return self.root()

    def _document(self) -> Node | None:
        event = self._parser.get_event  # libyaml's method, called for each event
        event()  # the stream begins
        if isinstance(event(), yaml.StreamEndEvent):
            return None
        root = self._node(event(), 1)
        event()  # the document ends
        after = event()
        if not isinstance(after, yaml.StreamEndEvent):
            message = _("由这里的“---”开始了第二份文档")
            self._refuse(after, "second-document", message, _("一个文件只记一件，另存一个文件。"))
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event)  # nine nodes in ten
        self._properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            start: Any = event.start_mark
            at = start.index + self._shift
            return Scalar("", False, at, at, start.line + 1, start.column + 1)
        if depth > MAX_DEPTH:
            message = _("嵌套超过 {depth} 层").format(depth=MAX_DEPTH)
            self._refuse(event, "too-deep", message, _("检查这里的括号和缩进，多半是写错了。"))
            raise _TooDeepError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth + 1)
        return self._mapping(event, depth + 1)

    def _properties(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "alias", _("值以 * 开头，被当成引用（别名）"), _(_QUOTE))
        elif event.anchor is not None:
            self._refuse(event, "anchor", _("值以 & 开头，被当成锚点"), _(_QUOTE))
        elif event.tag is not None:
            self._refuse(event, "tag", _("值以 ! 开头，被当成类型标记"), _(_QUOTE))

    def _scalar(self, event: Any) -> Scalar:
        start: Any = event.start_mark
        end: Any = event.end_mark
        first, last, style = start.index + self._shift, end.index + self._shift, event.style
        if style == "|" or style == ">":  # noqa: PLR1714 -- asked for every scalar
            last = first + _content_length(self._text[first:last])
        return Scalar(event.value, not style, first, last, start.line + 1, start.column + 1)

    def _sequence(self, event: Any, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(at := self._parser.get_event(), yaml.SequenceEndEvent):
            items.append(self._node(at, depth))
        close: Any = at.end_mark
        end = close.index + self._shift if event.flow_style else items[-1].end
        start = event.start_mark
        first = start.index + self._shift
        flow = bool(event.flow_style)
        return Sequence(tuple(items), flow, first, end, start.line + 1, start.column + 1)

    def _mapping(self, event: Any, depth: int) -> Mapping:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        while not isinstance(at := self._parser.get_event(), yaml.MappingEndEvent):
            key = self._node(at, depth)
            value = self._node(self._parser.get_event(), depth)
            if self._is_new(key, at, seen):
                pairs.append((key, value))
        flow = bool(event.flow_style)
        start = event.start_mark
        first = start.index + self._shift
        close: Any = at.end_mark
        end = close.index + self._shift if flow or not pairs else pairs[-1][1].end
        return Mapping(tuple(pairs), flow, first, end, start.line + 1, start.column + 1)

    def _is_new(self, key: Node, event: Any, seen: dict[str, Scalar]) -> TypeGuard[Scalar]:
        if not isinstance(key, Scalar):
            message = _("键不能是清单或映射")
            self._refuse(event, "odd-key", message, _("键写成一个词；{ 或 [ 开头的文字要加引号。"))
            return False
        first = seen.setdefault(key.value, key)
        if first is key:
            return True
        message = _("“{key}”写了两次：第 {first} 行和第 {second} 行").format(
            key=key.value, first=first.line, second=key.line
        )
        self._refuse(event, "duplicate-key", message, _("两处合成一处，删掉另一处。"))
        return False

    def _refuse(self, event: Any, code: str, message: str, remedy: str) -> None:
        mark = event.start_mark
        place = (self._path, mark.line + 1, mark.column + 1)
        self.findings.append(Finding(*place, Severity.ERROR, code, message, remedy))


def _content_length(block: str) -> int:
    """A block scalar ends, for libyaml, after the blank lines below it; they are its own only under
    `+`, and its last break never is: what is added next goes there.
    """
    header = re.match("[^\r\n]*", block)
    keeps = header is not None and "+" in header[0].split("#")[0]
    tail = (_LAST_BREAK if keeps else _BLANK_LINES).search(block)
    return tail.start() if tail else len(block)


def parse(text: str, path: str) -> Mapping:
    """Return the tree of one record; offsets count in `text` as given, a byte order mark included.

    Raises RecordInvalidError whose `findings` name, each with line, column and remedy: duplicate
    keys, anchors, aliases, tags, a second document, depth over 32, more than 2 MB, a top level that
    is no mapping, an empty file, merge marks, odd characters, and whatever YAML cannot read.
    """
    found = mistakes.too_large(text, path) or mistakes.conflicts(text, path)
    if found:
        _refuse(path, found)
    found = mistakes.odd_characters(text, path)
    clean = mistakes.without_odd(text) if found else text
    reader = Reader(clean, path)
    root = reader.root()
    found += _unread(clean, root, reader, path, {odd.line for odd in found})
    found += reader.findings
    if not found and not isinstance(root, Mapping):
        found.append(_no_mapping(root, path))
    if found or not isinstance(root, Mapping):
        _refuse(path, found)
    return root


def _unread(
    text: str, root: Node | None, reader: Reader, path: str, odd: set[int]
) -> list[Finding]:
    """Where YAML could be read its reading is asked for slips, else the lines themselves; then the
    parser's complaint is given only where nothing else found near it explains it.
    """
    if isinstance(root, Mapping):
        return mistakes.misread(text, root, path)
    if reader.complaint is None and not isinstance(root, Scalar):
        return []
    said = {finding.line for finding in reader.findings}
    found = [slip for slip in mistakes.in_lines(text, path) if slip.line not in said]
    complaint = reader.complaint
    if complaint and complaint.finding.line not in said:
        explained = odd.union(finding.line for finding in found)
        found += [complaint.finding] if complaint.lines.isdisjoint(explained) else []
    return found


def _refuse(path: str, found: list[Finding]) -> NoReturn:
    findings = tuple(sorted(found))
    first = findings[0]
    message = _("{place}：{message}").format(place=first.place, message=first.message)
    if len(findings) > 1:
        message = _("{path} 有 {count} 处读不了，第一处在第 {line} 行：{message}").format(
            path=path, count=len(findings), line=first.line, message=first.message
        )
    raise RecordInvalidError(message, findings, first.remedy)


def _no_mapping(root: Node | None, path: str) -> Finding:
    if root is None or (isinstance(root, Scalar) and root.null):
        message = _("文件是空的，没有一个键")
        remedy = _("从备份或 git 里找回内容；不要这个文件，就用 npcreply rm 移走它。")
        return Finding(path, 1, 1, Severity.ERROR, "empty", message, remedy)
    message = _("最外层应当是“键: 值”，一行一个")
    remedy = _("写成“键: 值”，英文冒号后空一格，行首不要“- ”或方括号。")
    return Finding(path, root.line, root.column, Severity.ERROR, "not-a-mapping", message, remedy)
