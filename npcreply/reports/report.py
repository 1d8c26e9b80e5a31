"""A report as its readers share it: its text with the cells of its tables apart, its own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.extract import header as headers
from npcreply.extract import page as cleaning
from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Drafted, Known
from npcreply.extract.sentences.letter import Letter, drafted_day, read_letter
from npcreply.extract.words import rx

_FEWEST = 3  # cells of a row
_KIND = "progress"  # as which it is read, whatever its title


@dataclass(frozen=True, slots=True)
class Cell:
    """text[start:end] of one cell, without the blanks at both ends."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """`text` as saved; `letter`: the same text read, each cell of a table a line of its own;
    `rows`: the tables' rows; `as_of`: the day that its figures count up to where they say none;
    `printed`: whether the report says so itself.
    """

    text: str
    letter: Letter
    tables: tuple[tuple[tuple[Cell, ...], ...], ...]
    as_of: Drafted[date] | None
    printed: bool

    @property
    def written(self) -> date | None:
        """The day at its foot or on its page."""
        published = self.letter.header.publish_date
        return self.letter.written or (published.value if published else None)


def read_report(text: str, known: Known | None = None) -> Report:
    """Return a report's text (LF line ends, no byte order mark) as it is read; linear."""
    tables = tuple(_tables(text))
    cleaned = cleaning.cleaned(_apart(text, tables))
    known = replace(known or Known(), kind=_KIND)
    letter = read_letter(cleaned, headers.header(cleaned, known))
    day = _counted_to(letter)
    own = letter.header.reply_date or letter.header.publish_date
    return Report(text, letter, tables, day or own, day is not None)


def _tables(text: str) -> Iterator[tuple[tuple[Cell, ...], ...]]:
    """The tables: lines of at least three cells, parted by tabs, one after the other."""
    rows: list[tuple[Cell, ...]] = []
    start = 0
    for line in text.split("\n"):
        cells = tuple(_cells(line, start)) if line.count("\t") >= _FEWEST - 1 else ()
        if cells:
            rows.append(cells)
        elif rows and line.strip():
            yield tuple(rows)
            rows = []
        start += len(line) + 1
    if rows:
        yield tuple(rows)


def _cells(line: str, start: int) -> Iterator[Cell]:
    for cell in line.split("\t"):
        left = len(cell) - len(cell.lstrip())
        words = cell.strip()
        yield Cell(words, start + left, start + left + len(words))
        start += len(cell) + 1


def _apart(text: str, tables: tuple[tuple[tuple[Cell, ...], ...], ...]) -> str:
    """The text with a line end after each cell, character for character."""
    letters = list(text)
    for table in tables:
        for row in table:
            for at in range(row[0].start, row[-1].end):
                if letters[at] == "\t":
                    letters[at] = "\n"
    return "".join(letters)


_ABOUT = rx("<<reports.about>>")
_NEAR = 18  # characters between a period and the word that says what it is of
_TOP = 900  # characters of a report in which it says up to when it counts


def _counted_to(letter: Letter) -> Drafted[date] | None:
    """截至11月底的落实情况, 数据截至12月31日, 2022年落实情况, (2024年1-9月): the last day that the
    top of the report names so; never one after the report itself.
    """
    text = letter.text
    found = [
        hit
        for start, end, hit in letter.days.between(0, min(len(text), _TOP))
        if _is_over(letter, hit) and _is_of_report(text, start, end)
    ]
    found.sort(key=lambda hit: hit.kind == "as_of", reverse=True)
    found = found or _only_day(letter)
    return next((drafted_day(hit, hit.date) for hit in found if hit.date), None)


def _only_day(letter: Letter) -> list[DateHit]:
    """截至9月30日,完成210公里: the one such day of the report, where its first words stand under
    it, is that of what follows too; a day long before the report is one to compare with.
    """
    text, spans = letter.text, letter.days.between(0, len(letter.text))
    counted = [(start, hit) for start, _end, hit in spans if hit.kind == "as_of" and hit.date]
    if len({hit.date for _start, hit in counted}) != 1:
        return []
    start, hit = counted[0]
    opens = start <= _TOP and text[max(0, start - 1) : start] in ("", "\n")
    return [hit] if opens and _is_over(letter, hit) and _is_near(letter, hit) else []


def _is_near(letter: Letter, hit: DateHit) -> bool:
    written = letter.written
    return not (written and hit.date) or (written - hit.date).days <= _QUARTER


_QUARTER = 92  # days


def _is_over(letter: Letter, hit: DateHit) -> bool:
    if hit.date is None or hit.open_end or hit.kind not in ("as_of", "period", "deadline"):
        return False
    return letter.written is None or hit.date <= letter.written


def _is_of_report(text: str, start: int, end: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    around = text[max(line_start, start - _NEAR) : start], text[end : min(line_end, end + _NEAR)]
    alone = start - line_start <= 1 and line_end - end <= 1
    return alone or any(_ABOUT.search(words) for words in around)
