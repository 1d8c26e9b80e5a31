"""The meeting's page as one HTML file: nothing fetched, its charts drawn as shapes."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.language import _, chosen
from npcreply.patterns import pattern
from npcreply.render.living import living_json
from npcreply.render.text import cut, fit
from npcreply.table import Table, cell_text
from npcreply.views.page import SECTIONS, Page

if TYPE_CHECKING:
    from jinja2 import Environment
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from npcreply.dataclass import dataclass
from npcreply.domain.review import Moment
from npcreply.render.text import width
from npcreply.views.charts import STATES, Band, Bullet, Chart, Stack, bullet_words
from npcreply.views.years import LOOKS, Bar, Years

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "page"
_HAN = pattern("[\u3400-\u9fff]|[\U00020000-\U0003ffff]")
LANGUAGE = {"zh": "zh-CN", "en": "en"}


def page_bytes(page: Page) -> bytes:
    """Return the file; what HTML cannot hold is left out of texts."""
    made = environment()
    style = made.get_template("page.css").render(page=page)
    script = made.get_template("living.js").render()
    pieces = made.get_template("page.html").generate(
        page=page,
        policy=policy(style, script),
        sections=SECTIONS,
        language=LANGUAGE[chosen()],
        drawings=[drawing(chart) for chart in page.charts],
        drawn_years=years_drawing(page.years) if page.years else None,
        anchors=_anchors(page.everything),
        heads={c.name: c.title for t in (page.everything, page.longest) if t for c in t.columns},
        words=_words(),
        data=living_json(page.living),
    )
    file = io.BytesIO()
    for piece in pieces:
        file.write(piece.encode())
    return file.getvalue()


def policy(style: str, script: str | None = None) -> str:
    """Return the page's content security policy: this style and this script, nothing else."""
    allowed = [f"style-src {_digest(style)}"] + (
        [f"script-src {_digest(script)}"] if script else []
    )
    return "; ".join(("default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def environment() -> Environment:
    """Return what fills the pages: one for all of them, since a folder may have thousands."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fitting,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"said": cell_text, "cut": cut, "near": lambda number: f"{number:.4g}"}
    made.tests["foreign"] = _is_foreign
    return made


def _is_foreign(text: str) -> bool:
    """Whether it is Chinese on a page that is not: read aloud and drawn in its own way."""
    return chosen() != "zh" and _HAN.search(text) is not None


def _fitting(value: Any) -> Any:
    """Texts without what HTML cannot hold; what is HTML already stays as it is."""
    return fit(value) if type(value) is str else value


def _anchors(everything: Table | None) -> frozenset[str]:
    """Return the ids that a link can lead to: of promises and of replies."""
    if everything is None:
        return frozenset()
    rows = {cell_text(row["id"]) for row in everything.rows}
    return frozenset(rows | {group.head for group in everything.groups})


def _words() -> dict[str, str]:
    """Return what the page says besides its numbers."""
    return {
        "figures": _("六个数"),
        "notes": _("怎么算的"),
        "replies": _("按答复找"),
        "departments": _("按单位找"),
        "lead": _("主办"),
        "deputy": _("领衔"),
        "progress": _("目标和数字"),
        "days": _("{days} 天"),
        "top": _("回到页首"),
        "living": _("逐项查"),
        "filters": _("筛选"),
        "all": _("全部"),
        "text": _("文字"),
        "sort": _("排序"),
        "unsorted": _("逾期最久的在前"),
        "unfilter": _("清除筛选"),
    }


WIDE = 330
_COLUMN = 5.8  # units that a column of text takes at 11 units, blanks between letters included
_LABEL, _END = 120, 302  # where bars of departments begin, and end at most
_YEAR = 34  # where bars of years begin
_ROW, _BAR = 21, 15
_DIGIT, _EDGE = 6, 5


@dataclass(frozen=True, slots=True)
class Rect:
    """A bar or a part of one; a mark where it has a `count`."""

    x: float
    y: float
    width: float
    height: float
    look: str
    count: str = ""
    title: str = ""
    kind: Literal["rect"] = "rect"


@dataclass(frozen=True, slots=True)
class Trace:
    """Lines from point to point; a mark where it has a `count`."""

    points: tuple[tuple[float, float], ...]
    look: str
    count: str = ""
    title: str = ""
    kind: Literal["path"] = "path"


@dataclass(frozen=True, slots=True)
class Words:
    """Text that begins, ends or has its middle at x; `title` is the whole of what was cut."""

    x: float
    y: float
    text: str
    look: str = ""
    anchor: Literal["start", "middle", "end"] = "start"
    title: str = ""
    kind: Literal["words"] = "words"


Shape: TypeAlias = Rect | Trace | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, drawn; nothing but the sentence where there is nothing to draw."""

    chart: Chart
    shapes: tuple[Shape, ...]
    height: float


def drawing(chart: Chart) -> Drawing:
    """Return the chart's shapes."""
    if chart.empty:
        return Drawing(chart, (), 0)
    shapes = tuple(_DRAWN[chart.kind](chart.marks))
    return Drawing(chart, shapes, max(map(_foot, shapes)) + 4)


def _foot(shape: Shape) -> float:
    if isinstance(shape, Trace):
        return max(y for _x, y in shape.points)
    return shape.y + (shape.height if isinstance(shape, Rect) else 2)


def _departments(stacks: Sequence[Stack]) -> Iterator[Shape]:
    used = {part.label: part.style for stack in stacks for part in stack.parts}
    states = ((state.style, _(state.label)) for state in STATES)
    legend, top = _legend([(style or "open", word) for style, word in states if word in used])
    yield from legend
    unit = _unit([_counts(stack) for stack in stacks if not stack.rest], _END - _LABEL)
    for row, stack in enumerate(stacks):
        if stack.rest:
            top, unit = top + 4, min(unit, _unit([_counts(stack)], _END - _LABEL))
        y = top + row * _ROW
        yield _label(stack.name, y + 12, 21)
        told = (
            (p.style or "open", p.count, f"{stack.name} {p.label} {p.count}") for p in stack.parts
        )
        yield from _parts(told, _LABEL, y, unit)
        yield Words(WIDE, y + 12, str(stack.total), "total", "end")


def _counts(row: Stack | Bar) -> list[int]:
    return [part.count for part in row.parts]


def _parts(
    told: Iterable[tuple[str, int, str]], x: float, y: float, unit: float
) -> Iterator[Shape]:
    """Draw the parts of a bar one after the other, each with its number: look, count, what a
    pointer is told.
    """
    for look, number, title in told:
        wide, count = max(_least(number), number * unit), str(number)
        yield Rect(x, y, wide, _BAR, look, count, title)
        yield Words(x + wide / 2, y + 11.5, count, f"n {look}", "middle")
        x += wide


def _legend(used: Iterable[tuple[str, str]]) -> tuple[list[Shape], float]:
    """Return a swatch and its word for every look there is, in rows, and where these end."""
    shapes: list[Shape] = []
    x = y = 0.0
    for look, label in used:
        word = label.capitalize()
        wide = 15 + width(word) * _COLUMN + 9
        if x and x + wide > WIDE:
            x, y = 0, y + 17
        shapes += [Rect(x, y, 11, 11, look), Words(x + 15, y + 10, word)]
        x += wide
    return shapes, y + 20


def _least(count: int) -> float:
    """Seven numbers of four digits just fit into a row."""
    digits = len(str(count))
    return digits * _DIGIT + (_EDGE if digits < 3 else 2)


def _unit(rows: Sequence[Sequence[int]], room: float) -> float:
    """Return the width of one promise: the widest at which every row of counts has room, also where
    parts are drawn wider than they are so that their number can stand in them.
    """
    low, high = 0.0, room / max(map(sum, rows))
    for _step in range(30):
        middle = (low + high) / 2
        wide = (sum(max(_least(count), count * middle) for count in row) for row in rows)
        low, high = (middle, high) if max(wide) <= room else (low, middle)
    return low


def years_drawing(years: Years) -> tuple[tuple[Shape, ...], float]:
    """Return the shapes of the years' bars, and how high they are together."""
    shapes = tuple(_years(years.bars))
    return shapes, max(map(_foot, shapes)) + 4


def _years(bars: Sequence[Bar]) -> Iterator[Shape]:
    """A bar a year, what was due of it in words beneath."""
    used = {part.look: part.label for bar in bars for part in bar.parts}
    legend, top = _legend([(look, used[look]) for look in LOOKS if look in used])
    yield from legend
    total = max(width(bar.total) for bar in bars) * (_DIGIT + 1.0)
    unit = _unit([_counts(bar) for bar in bars], WIDE - _YEAR - total)
    for row, bar in enumerate(bars):
        y = top + row * 37
        yield Words(0, y + 12, bar.name, "total")
        told = ((part.look, part.count, part.told) for part in bar.parts)
        yield from _parts(told, _YEAR, y, unit)
        yield Words(WIDE, y + 12, bar.total, "total", "end")
        yield Words(_YEAR, y + 27, bar.said, "said")


def _ages(bands: Sequence[Band]) -> Iterator[Shape]:
    unit = 205 / max(band.count for band in bands)
    for row, band in enumerate(bands):
        y, wide = row * 22 + 2, band.count * unit
        yield Words(0, y + 12, band.label)
        if band.count:
            count = str(band.count)
            yield Rect(90, y, wide, 16, "late", count, f"{band.label} {count}")
        yield Words(90 + wide + 5, y + 12, str(band.count), "total")


def _trend(moments: Sequence[Moment]) -> Iterator[Shape]:
    top, base = 20, 100
    most = max(1, *(moment.count for moment in moments))
    step = (WIDE - 40) / max(1, len(moments) - 1)
    points = [
        (20 + place * step, base - (base - top) * moment.count / most)
        for place, moment in enumerate(moments)
    ]
    yield Trace(((4, base), (WIDE - 4, base)), "axis")
    for place, pair in enumerate(pairwise(points), 1):
        yield Trace(pair, "line" if _at_month_end(moments[place].day) else "line last")
    years = [0, *(m.day.year for m in moments)]
    low = _valleys([y for _x, y in points], base)
    for place, ((x, y), moment, before) in enumerate(zip(points, moments, years, strict=False)):
        yield _dot(x, y, moment)
        yield Words(x, y + (15 if place in low else -8), str(moment.count), "n", "middle")
        yield Words(x, base + 15, _month(moment.day), "month", "middle")
        if moment.day.year != before:
            yield Words(x, base + 29, str(moment.day.year), "month", "middle")


def _valleys(heights: Sequence[float], base: float) -> set[int]:
    """Return the places whose number stands below: a line that climbs steeply would cross it."""
    return {
        place + 1
        for place, (before, here, after) in enumerate(
            zip(heights, heights[1:], heights[2:], strict=False)
        )
        if before <= here >= after and here - min(before, after) > 24 and here < base - 18
    }


def _dot(x: float, y: float, moment: Moment) -> Trace:
    """A square for the end of a month, one on its corner for the day of the page."""
    size = 3.2 if _at_month_end(moment.day) else 5
    corners = (
        ((-1, -1), (1, -1), (1, 1), (-1, 1)) if size < 5 else ((0, -1), (1, 0), (0, 1), (-1, 0))
    )
    points = tuple((x + size * right, y + size * down) for right, down in corners)
    look = "dot" if size < 5 else "dot last"
    return Trace(points, look, str(moment.count), f"{moment.day} {moment.count}")


def _at_month_end(day: date) -> bool:
    return (day.toordinal() + 1 > date.max.toordinal()) or day.month != date.fromordinal(
        day.toordinal() + 1
    ).month


def _month(day: date) -> str:
    """Return the month, of a day within it the day too: 12月, 1-05; Dec, 1-05."""
    if not _at_month_end(day):
        return f"{day.month}-{day.day:02}"
    return f"{day:%b}" if chosen() == "en" else _("{month}月").format(month=day.month)


def _targets(bullets: Sequence[Bullet]) -> Iterator[Shape]:
    for row, bullet in enumerate(bullets):
        y = row * 35.0
        room = int((WIDE - 8) / _COLUMN) - width(bullet.said)
        yield _label(f"{bullet.id} {bullet.name}", y + 11, max(room, 10))
        yield Words(WIDE, y + 11, bullet.said, "total", "end")
        yield Rect(0, y + 20, _GOAL, 11, "track")
        reached = _along(bullet.reached)
        look = bullet.style or "open"
        yield Rect(0, y + 20, reached, 11, look, bullet.said, bullet_words(bullet))
        yield Rect(_GOAL - 1.5, y + 18, 3, 15, "goal")
        if bullet.gone is not None:
            x = _along(bullet.gone)
            yield Trace(((x - 5, y + 16), (x + 5, y + 16), (x, y + 25)), "time", "gone")


_GOAL = WIDE / 1.2


def _along(share: Fraction) -> float:
    """Return how far along the bar a share is; the bar ends at a fifth more than the goal."""
    return float(min(max(share, Fraction(0)), Fraction(6, 5))) * _GOAL


def _label(text: str, y: float, columns: int) -> Words:
    shown = cut(text, columns)
    return Words(0, y, shown, title=text if shown != text else "")


_DRAWN: dict[str, Callable[[Any], Iterator[Shape]]] = {
    "departments": _departments,
    "ages": _ages,
    "trend": _trend,
    "targets": _targets,
}
