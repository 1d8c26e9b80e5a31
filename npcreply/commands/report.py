"""`npcreply report`: the meeting's page, a page a department, the public pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.domain.publishing import UNSAID
from npcreply.domain.redaction import without_persons
from npcreply.errors import UsageError
from npcreply.flows import meeting, rows
from npcreply.language import N_, _
from npcreply.options import Across, PromiseFilters, Redact, choice, grouping, since_day
from npcreply.parameters import option
from npcreply.render.file import write_file
from npcreply.render.page import page_bytes
from npcreply.session import Session
from npcreply.views.page import bodies_table, body_page, page

_SUFFIXES = (".html", ".htm")
_UNSAID = {"none": N_("不放"), "published": N_("已发布的"), "all": N_("全部")}


EXAMPLES = (
    "report -o 会议.html",
    "report --by dept -o 各单位",
)


def run(
    session: Session,
    filters: PromiseFilters,
    across: Across,
    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            help=_("写到哪个文件：.html；--by、--public 写到哪个文件夹"),
            metavar=_("文件"),
        ),
    ] = None,
    since: Annotated[
        str | None, option("--since", help=_("和哪天比，默认一周前"), metavar=_("日期"))
    ] = None,
    full: Annotated[bool, option("--full", help=_("后面附上每一项承诺"))] = False,
    by: Annotated[
        str | None,
        option("--by", help=_("dept：一家单位一页，写到一个文件夹"), metavar="dept"),
    ] = None,
    public: Annotated[
        bool,
        option("--public", help=_("给公众看的：主动公开的答复一件一页，去掉姓名和内部的经过")),
    ] = False,
    unsaid: Annotated[
        str | None,
        option(
            "--unsaid",
            help=_("没有写明公开方式的也公开：published 已发布的、all 全部；默认 none"),
            metavar="|".join(UNSAID),
        ),
    ] = None,
    redact: Redact = False,
) -> int:
    """会议用的一页：六个数、四张图、逾期最久的十项、能筛能查的清单；一个 HTML 文件，能打印。"""
    _agree(by=by, public=public, unsaid=unsaid, since=since, full=full)
    if across.all_workspaces and (public or by):
        raise UsageError(
            _("--by、--public 一个资料库出一份，不能和 --all-workspaces 一起用"),
            _("各资料库自己运行；合在一起的只有一页。"),
        )
    if public:
        return _public(session, filters, _folder(output, "report --public -o 公开"), unsaid)
    if by:
        grouping("--by", by, ("dept",))
        folder = _folder(output, "report --by dept -o 各单位")
        return _by_body(session, filters, folder, since, redact=redact)
    path = _writable(session, output)
    if across.all_workspaces:
        from npcreply.flows import together

        together.open_all(session, across)
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


def _agree(
    *, by: str | None, public: bool, unsaid: str | None, since: str | None, full: bool
) -> None:
    """Raise UsageError for options that do not go together."""
    if public and (by or since or full):
        other = "--by" if by else "--since" if since else "--full"
        raise UsageError(
            _("--public 和 {other} 不能一起用").format(other=other), _("去掉一个再试。")
        )
    if unsaid is not None and not public:
        raise UsageError(
            _("--unsaid 只用于 --public"), _("例如 npcreply report --public -o 公开 --unsaid all。")
        )


def _by_body(
    session: Session, filters: PromiseFilters, folder: Path, since: str | None, *, redact: bool
) -> int:
    """Write a page for each body that must act, and an index."""
    from npcreply.render.folder import write_folder
    from npcreply.render.page_folders import bodies_folder

    selection = rows.asked(session, filters)
    schema = session.workspace.schema
    whole, parts = meeting.by_body(session, selection, since_day(session, since))
    if redact:
        whole = without_persons(whole)
        parts = {name: without_persons(part) for name, part in parts.items()}
    pages = {name: body_page(name, part, schema) for name, part in parts.items()}
    write_folder(folder, bodies_folder(bodies_table(whole, parts, schema), pages))
    told = _("已写 {folder}：{count} 家单位各一页，先看 index.html").format(
        folder=folder, count=len(pages)
    )
    session.output.notice(session.nothing_yet() or told)
    return session.exit_code


def _public(session: Session, filters: PromiseFilters, folder: Path, unsaid: str | None) -> int:
    """Write what everybody may see; say what was left out."""
    from npcreply.render.folder import write_folder
    from npcreply.render.page_folders import public_folder
    from npcreply.views.public import public_pages

    for name in ("status", "alert", "force"):
        if getattr(filters, name):
            raise UsageError(
                _("公开的网页整件答复一页，不能只放一部分承诺：去掉 --{name}").format(name=name),
                _("按单位、年份、领域筛都可以。"),
            )
    words = {name: [_(word)] for name, word in _UNSAID.items()}
    wanted = choice("--unsaid", unsaid, words) if unsaid is not None else "none"
    found = meeting.public(session, rows.asked(session, filters), wanted)
    pages = public_pages(found, without_persons(found), session.workspace.schema)
    write_folder(folder, public_folder(pages))
    session.output.notice(
        session.nothing_yet()
        or _("已写 {folder}：{count} 件答复各一页，先看 index.html").format(
            folder=folder, count=len(pages.replies)
        )
    )
    for line in pages.index.foot[1:]:
        session.output.notice(line)
    session.output.notice(_("文字里不带职务的姓名认不出，放到网上以前请逐页看一遍。"))
    return session.exit_code


def _folder(output: Path | None, example: str) -> Path:
    """Return the folder that pages go to; raises UsageError where none is named, or a file is."""
    remedy = _("例如 npcreply {example}").format(example=example)
    if output is None or output == Path("-"):
        raise UsageError(_("这些网页要写到一个文件夹里"), remedy)
    if output.suffix.lower() in _SUFFIXES:
        raise UsageError(_("这里要写文件夹的名字，不是网页的：{name}").format(name=output), remedy)
    return output


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
