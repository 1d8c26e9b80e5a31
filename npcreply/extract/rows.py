"""A table's rows as lines of text: label: value, or under its heads each row as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LABEL = 14  # a label is a few words, without a figure
_LAYOUT = 200  # a cell with so much text is a column of a page, not a value
_BROKEN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_FIGURE = re.compile(r"[0-9０-９。；;，,]")


def lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines. Pairs become 标签：值; under a row of heads each row becomes one
    line 任务：…；时限：…; anything else keeps its cells, parted by tabs.
    """
    full = [[_one_line(cell) for cell in row] for row in rows]
    full = [row for row in full if any(row)]
    if any(len(cell) > _LAYOUT for row in full for cell in row) or all(len(r) < 2 for r in full):
        return [part for row in rows for cell in row for part in cell.split("\n") if part.strip()]
    if _has_heads(full):
        return [_under(full[0], row) for row in full[1:]]
    return [line for row in full for line in _row(row)]


def _row(row: list[str]) -> Iterator[str]:
    if len(row) % 2 == 0 and all(_is_label(cell) for cell in row[::2]):
        for label, value in zip(row[::2], row[1::2], strict=True):
            if label or value:
                yield f"{label.rstrip('：: ')}：{value}" if label else value
    else:
        yield "\t".join(cell for cell in row if cell)


def _has_heads(rows: list[list[str]]) -> bool:
    """Three columns or more, a first row of labels and a second that is none."""
    if len(rows) < 2 or len(rows[0]) < 3 or len({len(row) for row in rows}) > 1:
        return False
    return all(_is_label(cell) and cell for cell in rows[0]) and not rows[0][0].endswith(
        ("：", ":")
    )


def _under(heads: list[str], row: list[str]) -> str:
    return "；".join(f"{head}：{cell}" for head, cell in zip(heads, row, strict=True) if cell)


def _is_label(cell: str) -> bool:
    return len(cell) <= _LABEL and not _FIGURE.search(cell)


def _one_line(cell: str) -> str:
    """The lines of a cell as one, parted by a blank only between letters or digits."""
    said = " ".join(part.strip() for part in cell.split("\n") if part.strip())
    return _BROKEN.sub("", said)
