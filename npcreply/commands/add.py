"""`npcreply add`: a record entered by questions or options, or promises added to one at hand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from npcreply.flows import adding, entry
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session


def run(
    session: Session,
    to: Annotated[str | None, typer.Option("--to", help=_("给这件记录添承诺"))] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=_("类别，默认代表建议"))] = None,
    year: Annotated[str | None, typer.Option("--year", help=_("会议年份"))] = None,
    number: Annotated[str | None, typer.Option("--number", help=_("编号，照印"))] = None,
    title: Annotated[str | None, typer.Option("--title", help=_("标题"))] = None,
    session_: Annotated[str | None, typer.Option("--session", help=_("届次"))] = None,
    deputies: Annotated[str | None, typer.Option("--deputies", help=_("代表，顿号隔开"))] = None,
    lead: Annotated[str | None, typer.Option("--lead", help=_("主办单位"))] = None,
    co: Annotated[str | None, typer.Option("--co", help=_("会办单位，顿号隔开"))] = None,
    assigned_on: Annotated[str | None, typer.Option("--assigned-on", help=_("交办日期"))] = None,
    reply_date: Annotated[
        str | None, typer.Option("--reply-date", help=_("答复（成文）日期"))
    ] = None,
    more: Annotated[
        list[str] | None, typer.Option("--set", help=_("其他字段，如 field=工业经济"))
    ] = None,
    text: Annotated[
        list[str] | None, typer.Option("--text", help=_("承诺事项；几项就写几次"))
    ] = None,
    department: Annotated[
        list[str] | None, typer.Option("--department", help=_("责任单位，按次序对应 --text"))
    ] = None,
    deadline: Annotated[
        list[str] | None, typer.Option("--deadline", help=_("时限，按次序对应 --text"))
    ] = None,
    force: Annotated[
        list[str] | None, typer.Option("--force", help=_("力度，按次序对应 --text"))
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option("--target", help=_("指标，按次序对应 --text，如 年度投资 600亿元以上")),
    ] = None,
    like: Annotated[
        str | None, typer.Option("--like", help=_("抬头照这件：届次、主办、会办等"))
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help=_("用编辑器填"))] = False,
    resume: Annotated[bool, typer.Option("--resume", help=_("接着上次没录完的草稿"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只打印，不写"))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("不提问，没给的就空着"))] = False,
) -> int:
    """录入一件答复。不带选项时一项一项问；随时可以退出，草稿留着。"""
    given = {
        "kind": kind,
        "year": year,
        "number": number,
        "session": session_,
        "title": title,
        "deputies": deputies,
        "lead": lead,
        "co": co,
        "assigned_on": assigned_on,
        "reply_date": reply_date,
    }
    promises = _promises(text, department=department, deadline=deadline, force=force, target=target)
    header = {name: value for name, value in given.items() if value is not None}
    asked = adding.Request(header, promises, more or [], to, like, edit, resume, dry_run, yes)
    return adding.add(session, asked)


def _promises(text: list[str] | None, **others: list[str] | None) -> list[entry.Answers]:
    """Return the promises given by options: the n-th of each option belongs to the n-th --text."""
    texts = text or []
    for name, values in others.items():
        if len(values or []) > len(texts):
            raise UsageError(
                _("--{name} 比 --text 多").format(name=name), _("每个 --text 最多配一个。")
            )
    found: list[dict[str, Any]] = []
    for position, said in enumerate(texts):
        answers = {"text": said}
        for name, values in others.items():
            if values and position < len(values):
                answers[name] = values[position]
        found.append(answers)
    return found
