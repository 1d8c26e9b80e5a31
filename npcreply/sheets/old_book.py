"""What an old workbook (.xls, BIFF8) says beside its values: formats, what is hidden, comments.

Only what is looked for is read; a file that does not keep to the format gives nothing, and its
values still come from calamine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from npcreply.sheets.number_formats import BUILT_IN
from npcreply.sheets.packed import Layout

_FREE = 0xFFFFFFF0  # from here on a number names no sector
_NAMES = ("Workbook", "Book")
_SHEET, _FORMAT, _XF, _DATES = 0x85, 0x41E, 0xE0, 0x22
_ROW, _COLUMNS, _NOTE, _END = 0x208, 0x7D, 0x1C, 0x0A
_NUMBER, _SMALL, _SMALLS, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01

Record = tuple[int, bytes]


def layouts(data: bytes) -> tuple[dict[str, Layout], bool]:
    """Return what each sheet says beside its values, by name, and whether days count from 1904."""
    try:
        stream = _stream(data)
        sheets, formats, from_1904 = _globals(stream)
        return {name: _layout(stream, at, formats) for name, at in sheets.items()}, from_1904
    except (struct.error, LookupError, ValueError, OverflowError, MemoryError):
        return {}, False


class _Compound:
    """An OLE file: sectors in chains, a folder of streams, small streams in one of their own."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, self.small_shift = struct.unpack_from("<HH", data, 30)
        self.size = 1 << shift
        (first, _sign, self.cutoff, small) = struct.unpack_from("<IIII", data, 48)
        self.table = self._table()
        self.entries = dict(self._folder(self.chain(first)))
        self.small_table = self._numbers(self.chain(small)) if small < _FREE else ()
        self.small = self.chain(self.entries["Root Entry"][0])

    def sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self.data[at : at + self.size]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack_from(f"<{len(data) // 4}I", data)

    def _table(self) -> tuple[int, ...]:
        """Return which sector follows each."""
        named = [n for n in struct.unpack_from("<109I", self.data, 76) if n < _FREE]
        (more,) = struct.unpack_from("<I", self.data, 68)
        seen: set[int] = set()
        while more < _FREE and more not in seen:
            seen.add(more)
            numbers = self._numbers(self.sector(more))
            named += [n for n in numbers[:-1] if n < _FREE]
            more = numbers[-1]
        return tuple(n for each in named for n in self._numbers(self.sector(each)))

    def chain(self, first: int) -> bytes:
        """Return the sectors of a chain, which may not come back to itself."""
        parts, seen = [], set()
        while first < _FREE and first not in seen:
            seen.add(first)
            parts.append(self.sector(first))
            first = self.table[first]
        return b"".join(parts)

    def _folder(self, data: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(data) - 127, 128):
            (length,) = struct.unpack_from("<H", data, at + 64)
            name = data[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<II", data, at + 116)

    def stream(self, name: str) -> bytes:
        """Return a stream by its name."""
        first, size = self.entries[name]
        if size >= self.cutoff:
            return self.chain(first)[:size]
        parts, seen, step = [], set(), 1 << self.small_shift
        while first < _FREE and first not in seen:
            seen.add(first)
            parts.append(self.small[first * step : (first + 1) * step])
            first = self.small_table[first]
        return b"".join(parts)[:size]


def _stream(data: bytes) -> bytes:
    compound = _Compound(data)
    name = next((each for each in _NAMES if each in compound.entries), "")
    return compound.stream(name) if name else b""


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records from a place up to the end of their part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes) -> tuple[dict[str, int], tuple[str, ...], bool]:
    """Return where each sheet begins, the format of each style, and how days count."""
    sheets: dict[str, int] = {}
    codes, styles, from_1904 = dict(BUILT_IN), list[int](), False
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            sheets[_text(body, 7, body[6])] = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<HH", body)
            codes[number] = _text(body, 4, length)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _DATES:
            from_1904 = body[:1] == b"\x01"
    return sheets, tuple(codes.get(number, "") for number in styles), from_1904


def _text(body: bytes, flag: int, length: int) -> str:
    """Return a text of `length` characters behind its flag: one or two bytes for each."""
    wide = body[flag] & 1
    said = body[flag + 1 : flag + 1 + length * (1 + wide)]
    return said.decode("utf-16-le" if wide else "latin-1")


def _layout(stream: bytes, at: int, formats: tuple[str, ...]) -> Layout:
    layout = Layout()
    for kind, body in _records(stream, at):
        if kind == _ROW and struct.unpack_from("<H", body, 12)[0] & _HIDDEN_ROW:
            layout.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", body)
            layout.hidden_columns.update(range(first + 1, min(last, first + 256) + 2))
        elif kind == _NOTE:
            layout.comments += 1
        elif kind in (_NUMBER, _SMALL, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            _style(layout, row, column, style, formats)
        elif kind == _SMALLS:
            row, column = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                (style,) = struct.unpack_from("<H", body, 4 + 6 * place)
                _style(layout, row, column + place, style, formats)
    return layout


def _style(layout: Layout, row: int, column: int, style: int, formats: tuple[str, ...]) -> None:
    if style < len(formats) and formats[style]:
        layout.formats[row + 1, column + 1] = formats[style]
