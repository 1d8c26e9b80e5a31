"""What a file or the standard input holds, as text: its encoding, its kind, its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from npcreply.errors import CouldNotError
from npcreply.extract import characters, html
from npcreply.language import _

LARGEST = 5 * 1024 * 1024  # bytes of a file
LONGEST = 5_000_000  # characters of its text

_ZIP, _PDF, _OLE, _RTF = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_TEXTS = (".htm", ".html", ".shtml", ".xhtml", ".mht")


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
        raise CouldNotError(
            _("{name} 有 {size:.1f} MB，超过 5 MB").format(
                name=_called(name), size=len(data) / 2**20
            ),
            _("只留答复正文另存一份再读。"),
        )
    kind = _kind(data, name)
    text, used, notes = _READERS[kind](data, encoding)
    if len(text) > LONGEST:
        raise CouldNotError(
            _("{name} 的文字太多：{count} 字").format(name=_called(name), count=len(text)),
            _("只留答复正文另存一份再读。"),
        )
    whole = characters.tidy(text)
    if not whole.strip():
        raise CouldNotError(_("{name} 里没有文字").format(name=_called(name)), _NOTHING[kind]())
    return Intake(whole, kind, used, hashlib.sha256(data).hexdigest(), notes)


Read = tuple[str, str, tuple[str, ...]]


def _kind(data: bytes, name: str) -> str:
    """What the bytes are by their first ones; a name decides between text and web page."""
    for begins, message, remedy in _refused():
        if data.startswith(begins):
            raise CouldNotError(message.format(name=_called(name)), remedy)
    if data.startswith(_ZIP):
        return "docx"
    if data[:1024].lstrip().startswith(_PDF):
        return "pdf"
    named_so = PurePath(name).suffix.lower() in _TEXTS
    return "html" if named_so or html.looks_like_html(data) else "txt"


def _refused() -> tuple[tuple[bytes | tuple[bytes, ...], str, str], ...]:
    old = _("用 Word 或 WPS 打开，另存为 .docx 再读。")
    return (
        (_OLE, _("{name} 是旧格式的 Office 文件（.doc、.wps）"), old),
        (_RTF, _("{name} 是 RTF 文件"), old),
        (_PICTURES, _("{name} 是图片"), _("先用识字（OCR）软件转成文字再读。")),
    )


def _called(name: str) -> str:
    return _("标准输入") if name in ("", "-") else name


def _from_txt(data: bytes, encoding: str | None) -> Read:
    text, used = characters.decoded(data, encoding)
    if "\x00" in text:
        raise CouldNotError(
            _("这不是文本文件"), _("能读的有 txt、html、docx、pdf；别的格式请另存为其中一种。")
        )
    return text, used, ()


def _from_html(data: bytes, encoding: str | None) -> Read:
    markup, used = characters.decoded(data, encoding, html.declared_charset(data))
    return html.page_text(markup), used, ()


def _from_docx(data: bytes, _encoding: str | None) -> Read:
    from npcreply.extract import docx

    text, notes = docx.document_text(data)
    return text, "", notes


def _from_pdf(data: bytes, _encoding: str | None) -> Read:
    from npcreply.extract import pdf

    text, notes = pdf.document_text(data)
    return text, "", notes


def _plain_nothing() -> str:
    return _("看看文件是否选对。")


def _scan() -> str:
    return _("像是扫描件：先用识字（OCR）软件转成文字再读。")


_READERS = {"txt": _from_txt, "html": _from_html, "docx": _from_docx, "pdf": _from_pdf}
_NOTHING = {"txt": _plain_nothing, "html": _plain_nothing, "docx": _scan, "pdf": _scan}
