"""Whether a record's quotes still stand in its source where the record says they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from npcreply.domain.doubts import Doubt, Place, doubt, promises
from npcreply.domain.model import Quote, Record, Source
from npcreply.language import _


@dataclass(frozen=True, slots=True)
class RoundSource:
    """The text of one reply: `round` 1 is the record's own, `at` leads to it in the file."""

    round: int
    at: Place
    source: Source


def sources(record: Record) -> Iterator[RoundSource]:
    """Yield the sources that the record names: of the first reply, and of each further round."""
    if record.source:
        yield RoundSource(1, ("source",), record.source)
    for index, again in enumerate(record.rounds):
        if again.source:
            yield RoundSource(again.round, ("rounds", index, "source"), again.source)


def source_checks(
    record: Record, told: RoundSource, source_text: str | None, sha256: str | None = None
) -> Iterator[Doubt]:
    """Yield what does not fit between one source of the record and the promises of its round.

    `source_text` is the source's text, None where it could not be read; `sha256` the digest (hex)
    of its bytes, None where nobody counted it.
    """
    source = told.source
    if source_text is None:
        yield _missing(told)
        return
    if source.sha256 and sha256 and source.sha256 != sha256:
        yield _changed(record, told)
    text = _Squeezed(source_text)
    for promise in promises(record):
        quote = promise.measure.quote
        if quote and (promise.measure.round or 1) == told.round and not _stands(quote, source_text):
            at = (*promise.at, "quote")
            yield from _misquoted(record, at, quote, text.places(quote.text), source)


class _Squeezed:
    """A text without its blanks: pages break lines in the middle of words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._marks: list[int] = []
        self._bare = ""

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Return start and end (character offsets in the text) of each place with these words."""
        wanted = _bare(quote)
        if not self._marks:
            self._marks = [at for at, letter in enumerate(self._text) if not letter.isspace()]
            self._bare = "".join(self._text[at] for at in self._marks)
        found = []
        at = self._bare.find(wanted) if wanted else -1
        while at >= 0:
            found.append((self._marks[at], self._marks[at + len(wanted) - 1] + 1))
            at = self._bare.find(wanted, at + len(wanted))
        return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _stands(quote: Quote, text: str) -> bool:
    """Whether the words stand where start and end say; blanks do not count."""
    if quote.start is None or quote.end is None:
        return False
    there = text[quote.start : quote.end]
    return there == quote.text or _bare(there) == _bare(quote.text)


def _misquoted(
    record: Record, at: Place, quote: Quote, found: list[tuple[int, int]], source: Source
) -> Iterator[Doubt]:
    if not found:
        yield doubt(
            (*at, "text"),
            "quote-not-found",
            _("引文在原文 {file} 里找不到（可能改动过字句）").format(file=source.file),
            _("从原文照抄一遍：npcreply edit {id}。").format(id=record.id),
        )
    elif not any(quote.start in (None, p[0]) and quote.end in (None, p[1]) for p in found):
        said = quote.start or 0
        start, end = min(found, key=lambda place: abs(place[0] - said))
        message = _("引文在原文 {file} 的第 {start}-{end} 个字，不在 start、end 所写的位置")
        remedy = _("改为 start: {start}, end: {end}：npcreply edit {id}。")
        yield doubt(
            (*at, "start"),
            "quote-moved",
            message.format(file=source.file, start=start, end=end),
            remedy.format(start=start, end=end, id=record.id),
        )


def _missing(told: RoundSource) -> Doubt:
    return doubt(
        (*told.at, "file"),
        "source-missing",
        _("记录旁边没有能读的原文 {file}，引文无从核对").format(file=told.source.file),
        _("把原文存成 UTF-8 文本，放到记录所在的文件夹；file 只写文件名。"),
    )


def _changed(record: Record, told: RoundSource) -> Doubt:
    return doubt(
        (*told.at, "sha256"),
        "source-changed",
        _("原文 {file} 在摘录以后改动过（摘要值不符）").format(file=told.source.file),
        _("换回原来的文件；改动无误的，重新摘录，或删去 sha256：npcreply edit {id}。").format(
            id=record.id
        ),
    )
