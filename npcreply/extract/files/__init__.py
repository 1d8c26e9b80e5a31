"""What a file or the standard input holds, as text: its encoding, its kind, its digest."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from functools import cache
from pathlib import PurePath

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError, UsageError
from npcreply.extract.files import html
from npcreply.extract.words import words
from npcreply.language import _
from npcreply.patterns import pattern

LARGEST = 5 * 1024 * 1024  # bytes of a file
LONGEST = 5_000_000  # characters of its text
_SMALL_PAGE = 262_144  # characters: read here within a second whatever they are; more in the cage

_ZIP, _PDF, _OLE, _RTF = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_WEB_PAGES = (".htm", ".html", ".shtml", ".xhtml", ".mht")

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = pattern("\r\n?|[\u0085\u2028\u2029]")
_GB = pattern(r"gb_?-?(?:2312|k|18030)(?:-80)?$", re.IGNORECASE)  # 朱镕基 breaks in gb2312

Read = tuple[str, str, tuple[str, ...]]
"""Text, encoding and notes of a file."""


@dataclass(frozen=True, slots=True)
class Intake:
    """`text` has LF line ends and no BOM; offsets everywhere count in it. `kind`: txt, html, docx,
    pdf; `encoding` is what the bytes were read as ("" for docx, pdf); `sha256` that of the bytes;
    `notes` are sentences for the clerk.
    """

    text: str
    kind: str
    encoding: str
    sha256: str
    notes: tuple[str, ...] = ()


def intake(data: bytes, name: str = "", encoding: str | None = None) -> Intake:
    """Return the text of a file's bytes (`name` helps with messages and the kind; "-" is stdin).

    Raises CouldNotError with what to do: too large, not readable in `encoding`, a scan, no text;
    UsageError for an encoding that does not exist.
    """
    if len(data) > LARGEST:
        message = _("{name} 有 {size:.1f} MB，超过 5 MB")
        raise _too_large(message.format(name=_called(name), size=len(data) / 2**20))
    kind = _kind(data, name)
    text, used, notes = _read(kind, data, encoding, _called(name))
    if len(text) > LONGEST:
        message = _("{name} 的文字太多：{count} 字")
        raise _too_large(message.format(name=_called(name), count=len(text)))
    whole = _plain_lines(text)
    if not whole.strip():
        raise CouldNotError(_("{name} 里没有文字").format(name=_called(name)), _NOTHING[kind]())
    return Intake(whole, kind, used, hashlib.sha256(data).hexdigest(), notes)


def _too_large(message: str) -> CouldNotError:
    return CouldNotError(message, _("只留答复正文另存一份再读。"))


def _kind(data: bytes, name: str) -> str:
    """What the bytes are by their first ones; a name decides between text and web page."""
    for begins, message, remedy in _refused():
        if data.startswith(begins):
            raise CouldNotError(message.format(name=_called(name)), remedy)
    if data.startswith(_ZIP):
        return "docx"
    if data[:1024].lstrip().startswith(_PDF):
        return "pdf"
    is_named_page = PurePath(name).suffix.lower() in _WEB_PAGES
    return "html" if is_named_page or html.looks_like_html(data) else "txt"


def _refused() -> tuple[tuple[bytes | tuple[bytes, ...], str, str], ...]:
    old = _("用 Word 或 WPS 打开，另存为 .docx 再读。")
    return (
        (_OLE, _("{name} 是旧格式的 Office 文件（.doc、.wps）"), old),
        (_RTF, _("{name} 是 RTF 文件"), old),
        (_PICTURES, _("{name} 是图片"), _("先用识字（OCR）软件转成文字再读。")),
    )


def _called(name: str) -> str:
    return _("标准输入") if name in ("", "-") else name


def _read(kind: str, data: bytes, encoding: str | None, name: str) -> Read:
    if kind == "txt":
        return _from_txt(data, encoding)
    if kind == "html":
        return _from_html(data, encoding, name)
    return _caged(kind, data, name, "")


def _from_txt(data: bytes, encoding: str | None) -> Read:
    text, used = _decoded(data, encoding)
    if "\x00" in text:
        raise CouldNotError(
            _("这不是文本文件"), _("能读的有 txt、html、docx、pdf；别的格式请另存为其中一种。")
        )
    return text, used, ()


def _from_html(data: bytes, encoding: str | None, name: str) -> Read:
    markup, used = _decoded(data, encoding, html.declared_charset(data))
    if len(markup) <= _SMALL_PAGE:
        return html.page_text(markup), used, ()
    return _caged("html", markup.encode("utf-8", "replace"), name, used)


_READERS = {"pdf": "pdf", "docx": "word", "html": "html"}
"""The module of each kind of file that is read in the cage."""


def _caged(kind: str, data: bytes, name: str, used: str) -> Read:
    """Read a file that may do anything to its reader in a process of its own."""
    from npcreply import cage

    instead = _("用 WPS、Word 或浏览器打开，另存一份再读；或把正文复制到 txt 文件里再读。")
    barred = _("请管理员放行 Python；或把正文复制到 txt 文件里再读。")
    module = f"{__name__}.{_READERS[kind]}"
    reader = cage.Reader(module, "document_text", instead, barred)
    text, notes = cage.read(reader, data, name)
    return text, used, tuple(notes)


def _plain_nothing() -> str:
    return _("看看文件是否选对。")


def _scan() -> str:
    return _("像是扫描件：先用识字（OCR）软件转成文字再读。")


_NOTHING = {"txt": _plain_nothing, "html": _plain_nothing, "docx": _scan, "pdf": _scan}


def _decoded(data: bytes, encoding: str | None = None, declared: str = "") -> tuple[str, str]:
    """Return (text, encoding). A given encoding wins; else a byte order mark, strict UTF-8, strict
    GB18030, last what the page declares.

    Raises CouldNotError where nothing fits, UsageError for an encoding that does not exist.
    """
    if encoding:
        return _forced(data, encoding), codecs.lookup(_readable_encoding(encoding)).name
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name), name
    for name in ("utf-8", "gb18030", _readable_encoding(declared)):
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, LookupError):
            continue
    raise CouldNotError(
        _("认不出文字编码：既不是 UTF-8，也不是 GB18030"),
        _("用 --encoding 指明编码，例如 --encoding big5；或在记事本里另存为 UTF-8。"),
    )


def _readable_encoding(encoding: str) -> str:
    """Return the encoding to read with: gb2312 and gbk are read as their superset gb18030."""
    return "gb18030" if _GB.fullmatch(encoding.strip()) else encoding.strip()


def _plain_lines(text: str) -> str:
    """Return the text with LF line ends, no byte order mark, plain ideographs for radicals.

    Every other character stays, so that a plain file without these is returned as it was.
    """
    ended = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))
    return ended.translate(_radicals())


def _forced(data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(_readable_encoding(encoding)).name
        for mark, marked in _BYTE_ORDER_MARKS:
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
    return CouldNotError(
        _("按 {encoding} 读不了：第 {at} 个字节不对").format(encoding=encoding, at=error.start + 1),
        _("去掉 --encoding 让程序自己认，或换一种编码。"),
    )


@cache
def _radicals() -> dict[int, str]:
    """U+2E80-2FDF: NFKC knows the second half, a table the first."""
    pairs = "".join(words("page", "radicals"))
    known = {ord(pairs[i]): pairs[i + 1] for i in range(0, len(pairs), 2)}
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return {**kangxi, **known}
