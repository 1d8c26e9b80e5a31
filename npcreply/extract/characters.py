"""Bytes as characters: which encoding they are in, and what a page's characters stand for."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

from npcreply.errors import CouldNotError, UsageError
from npcreply.extract.phrases import words
from npcreply.language import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_GB = re.compile(r"gb_?-?(?:2312|k|18030)(?:-80)?$", re.IGNORECASE)  # 朱镕基 breaks in gb2312


def decoded(data: bytes, encoding: str | None = None, declared: str = "") -> tuple[str, str]:
    """Return (text, encoding). A given encoding wins; else a byte order mark, strict UTF-8, strict
    GB18030, last what the page declares.

    Raises CouldNotError where nothing fits, UsageError for an encoding that does not exist.
    """
    if encoding:
        return _forced(data, encoding), codecs.lookup(named(encoding)).name
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name), name
    for name in ("utf-8", "gb18030", named(declared)):
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    raise CouldNotError(
        _("认不出文字编码：既不是 UTF-8，也不是 GB18030"),
        _("用 --encoding 指明编码，例如 --encoding big5；或在记事本里另存为 UTF-8。"),
    )


def named(encoding: str) -> str:
    """Return the encoding to read with: gb2312 and gbk are read as their superset gb18030."""
    return "gb18030" if _GB.fullmatch(encoding.strip()) else encoding.strip()


def tidy(text: str) -> str:
    """Return the text with LF line ends, no byte order mark, plain ideographs for radicals.

    Every other character stays, so that a plain file without these is returned as it was.
    """
    ended = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return ended.translate(_radicals())


def _forced(data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(named(encoding)).name
        for mark, marked in _MARKS:
            data = data.removeprefix(mark) if name in (marked, marked[:-3]) else data
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise _unreadable(encoding, error) from error
    except (LookupError, ValueError) as error:
        raise UsageError(
            _("没有“{encoding}”这种编码").format(encoding=encoding),
            _("常用的有 utf-8、gb18030、big5；不写 --encoding 会自己认。"),
        ) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(encoding, error) from error


def _unreadable(encoding: str, error: UnicodeDecodeError) -> CouldNotError:
    said = _("按 {encoding} 读不了：第 {at} 个字节不对").format(
        encoding=encoding, at=error.start + 1
    )
    return CouldNotError(said, _("去掉 --encoding 让程序自己认，或换一种编码。"))


@cache
def _radicals() -> dict[int, str]:
    """U+2E80-2FDF: NFKC knows the second half, a table the first."""
    pairs = "".join(words("page", "radicals"))
    known = {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)}
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return {**kangxi, **known}
