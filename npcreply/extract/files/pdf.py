"""The text of a PDF: broken lines joined again, page numbers dropped; a scan has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.extract.words import rx
from npcreply.language import _

_PAGE_NUMBER = rx(
    r"[-—–－\s]*(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/／,，]?\s?共?\s?\d{1,4}\s?页?)?[-—–－\s]*"
)
_ENDS = rx(r"[。！？；!?;：:]”?’?[）)]?$")
_BEGINS = rx(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}[章条节]|<<text.begins_line>>"
)
_FULL = 0.85  # a line nearly as long as the longest runs on
_LATIN_END, _LATIN_START = rx(r"[A-Za-z,.]$"), rx(r"^[A-Za-z]")
_MOST_NAMED = 20  # pages named in one note
_OFTEN = 3  # a line at the same edge of so many pages is a running head


def document_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a PDF and notes about pages without any.

    Raises CouldNotError where pypdfium2 is not installed, the file is broken or locked, and where
    no page holds a character (a scan).
    """
    pages = _pages(data)
    if not any(page.text.strip() for page in pages):
        raise _unlettered() if any(page.drawn for page in pages) else _scanned()
    return joined([page.text.splitlines() for page in pages]), tuple(_notes(pages))


def joined(pages: Sequence[Sequence[str]]) -> str:
    """Return the pages' lines as paragraphs: a full line runs on, a short one ends."""
    lines = [line for page in _bare(pages) for line in page]
    widest = _width(lines)
    return "\n".join(_paragraphs(lines, widest))


@dataclass(frozen=True, slots=True)
class _PdfPage:
    """The text of a page; `drawn` where letters stand on it of which none could be read."""

    text: str
    drawn: bool


def _notes(pages: Sequence[_PdfPage]) -> Iterator[str]:
    """Say which pages have no text, and which have some that this computer cannot read."""
    empty = [(number, page.drawn) for number, page in enumerate(pages, 1) if not page.text.strip()]
    for drawn, note in (
        (False, _("PDF 第 {pages} 页没有文字，像是扫描的，没有读")),
        (True, _("PDF 第 {pages} 页有字读不出：字体没有嵌在文件里，这台电脑也没有")),
    ):
        numbers = [str(number) for number, is_drawn in empty if is_drawn == drawn]
        if numbers:
            yield note.format(pages="、".join(numbers[:_MOST_NAMED]))


def _scanned() -> CouldNotError:
    return CouldNotError(
        _("这个 PDF 里没有文字，像是扫描件"), _("先用识字（OCR）软件转成文字再读。")
    )


def _unlettered() -> CouldNotError:
    """A character drawn alone in a font that is neither in the file nor on this computer has no
    width, and pdfium leaves what has none out of the text.
    """
    return CouldNotError(
        _("这个 PDF 里的字读不出：字体没有嵌在文件里，这台电脑也没有"),
        _("装上中文字体再读；或在看得到字的电脑上另存为文本。"),
    )


def _pages(data: bytes) -> list[_PdfPage]:
    try:
        pypdfium2 = import_module("pypdfium2")
    except ImportError as error:
        raise CouldNotError(
            _("读 PDF 要用 pypdfium2，这台电脑还没有装"),
            _('运行 python -m pip install "npcreply[pdf]"；或把 PDF 另存为文本再读。'),
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise CouldNotError(
            _("打不开这个 PDF：{why}").format(why=error),
            _("文件可能损坏或加了密码；另存一份没有密码的再读。"),
        ) from error
    try:
        return [_read_page(page, pypdfium2.raw.FPDF_PAGEOBJ_TEXT) for page in document]
    finally:
        document.close()


def _read_page(page: Any, text_object: int) -> _PdfPage:
    text_page = page.get_textpage()
    try:
        text = str(text_page.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
    finally:
        text_page.close()
    drawn = not text.strip() and any(page.get_objects(filter=[text_object]))
    return _PdfPage(text, drawn)


def _bare(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The pages without page numbers and running heads at their edges."""
    kept = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = Counter(line for page in kept for line in {*page[:1], *page[-1:]})
    for page in kept:
        while page and _at_edge(page[-1], edges):
            page.pop()
        while page and _at_edge(page[0], edges):
            page.pop(0)
        yield page


def _at_edge(line: str, edges: Counter[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line) is not None or edges[line] >= _OFTEN


def _width(lines: Sequence[str]) -> int:
    """How long a full line is: as long as the longest but a tenth."""
    lengths = sorted(len(line) for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _paragraphs(lines: Sequence[str], widest: int) -> Iterator[str]:
    held: list[str] = []
    before = ""
    for line in lines:
        if held and (_over(before, widest) or _BEGINS.match(line)):
            yield "".join(held)
            held = []
        apart = _LATIN_END.search(before) and _LATIN_START.search(line) and held
        held.append(f" {line}" if apart else line)
        before = line
    if held:
        yield "".join(held)


def _over(line: str, widest: int) -> bool:
    """Whether a paragraph ends with a line: it is short, or full and ends a sentence."""
    return len(line) < _FULL * widest or (_ENDS.search(line) is not None and len(line) < widest - 1)
