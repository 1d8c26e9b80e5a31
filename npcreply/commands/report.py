"""`npcreply report`: the meeting's page, one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.domain.redaction import without_persons
from npcreply.errors import UsageError
from npcreply.flows import meeting, rows
from npcreply.language import _
from npcreply.options import PromiseFilters, Redact, since_day
from npcreply.parameters import option
from npcreply.render.file import write_file
from npcreply.render.page import page_bytes
from npcreply.session import Session
from npcreply.views.page import page

_SUFFIXES = (".html", ".htm")


EXAMPLES = (
    "report -o 会议.html",
    "report -o 会议.html --year 2020",
)


def run(
    session: Session,
    filters: PromiseFilters,
    output: Annotated[
        Path | None,
        option("-o", "--output", help=_("写到哪个文件：.html"), metavar=_("文件")),
    ] = None,
    since: Annotated[
        str | None, option("--since", help=_("和哪天比，默认一周前"), metavar=_("日期"))
    ] = None,
    full: Annotated[bool, option("--full", help=_("后面附上每一项承诺"))] = False,
    redact: Redact = False,
) -> int:
    """会议用的一页：六个数、四张图、逾期最久的十项；一个 HTML 文件，能在浏览器里打印。"""
    path = _writable(session, output)
    selection = rows.asked(session, filters)
    found = meeting.page(session, selection, since_day(session, since))
    handed = without_persons(found) if redact else found
    data = page_bytes(page(handed, session.workspace.schema, full=full))
    if path is None:
        session.output.data(data)
        return session.exit_code
    write_file(path, data)
    told = _("已写 {path}，在浏览器里打开或打印").format(path=path)
    session.output.notice(session.nothing_yet() or told)
    return session.exit_code


def _writable(session: Session, output: Path | None) -> Path | None:
    """Return where the page goes, None for a pipe; raises UsageError for a terminal or a name that
    no browser opens.
    """
    example = _("例如 -o {name}").format(name=_("会议.html"))
    if output is None and session.output.stdout.isatty():
        raise UsageError(_("网页要写到文件里"), example)
    if output is None or output == Path("-"):
        return None
    if output.suffix.lower() not in _SUFFIXES:
        raise UsageError(
            _("网页的文件名要以 .html 结尾，这里是 {name}").format(name=output), example
        )
    return output
