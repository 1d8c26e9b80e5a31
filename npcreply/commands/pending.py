"""`npcreply pending`: what departments ask of the office, listed and decided."""

from __future__ import annotations

from typing import Annotated

from npcreply.errors import UsageError
from npcreply.flows import act, deciding, rows
from npcreply.language import _, listed
from npcreply.options import Listing, PromiseFilters, Yes
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.views.changes import act_lines
from npcreply.views.columns import data_table
from npcreply.views.requests import PENDING, asked_text, pending_table

ACCEPT, REFUSE = "accept", "refuse"


EXAMPLES = (
    "pending",
    "pending refuse 温46.1 --reason 理由不充分",
)


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    decision: Annotated[
        str | None,
        argument(help=_("accept 同意、refuse 不同意；不写就列出待定的"), metavar=_("决定")),
    ] = None,
    id: Annotated[
        str | None, argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))
    ] = None,
    number: Annotated[
        int | None,
        option("--request", help=_("第几个申请；只有一个待定时不用写"), metavar=_("序号"), min=1),
    ] = None,
    on: Annotated[
        str | None,
        option("--on", help=_("哪天决定的，默认按 --as-of 或今天"), metavar=_("日期")),
    ] = None,
    to: Annotated[str | None, option("--to", help=_("同意延到另一天"), metavar=_("日期"))] = None,
    reason: Annotated[
        str | None, option("--reason", help=_("理由；不同意的必填"), metavar=_("文字"))
    ] = None,
    approved_by: Annotated[
        str | None, option("--approved-by", help=_("谁批准的"), metavar=_("文字"))
    ] = None,
    yes: Yes = False,
) -> int:
    """单位申请延期、终止、销号、调整的，逐项决定；同意的按 extend、drop、done 的规则记下。"""
    if decision is None:
        return _listed(session, filters, listing)
    if decision not in _MEANT or not id:
        raise UsageError(
            _("pending 后面写 accept 或 refuse 和承诺编号"),
            _("例如 npcreply pending accept 温46.1；不写就列出待定的。"),
        )
    one = deciding.case(session, id, number, on)
    asked = asked_text(one.asked.request, session.workspace.schema)
    if _MEANT[decision] == REFUSE:
        _only_a_reason(to, approved_by)
        words = act.needed(session, reason, "--reason", _("理由"))
        done = deciding.refuse(session, one, words)
        told = [_("未同意  {on}  {asked}  {reason}")]
    else:
        grant = deciding.Grant(to=to, reason=reason, approved_by=approved_by)
        done = deciding.accept(session, one, grant, yes=yes)
        told = [_("已同意  {on}  {asked}  {reason}")]
        if one.asked.request.asks == "change":
            told.append(_("调整了什么，用 npcreply set 或 edit 写进承诺"))
    said = {"on": one.on, "asked": asked, "reason": reason or ""}
    lines = [line.format(**said).rstrip() for line in told]
    return session.wrote(act_lines(done.before, done.judged, lines), done.doubts)


_MEANT = {ACCEPT: ACCEPT, "同意": ACCEPT, REFUSE: REFUSE, "不同意": REFUSE}


def _listed(session: Session, filters: PromiseFilters, listing: Listing) -> int:
    schema = session.workspace.schema
    items = deciding.waiting(session, rows.asked(session, filters))
    data = data_table("pending", items, PENDING, [*PENDING], schema, listing.asked)
    listing.emit(session, data, pending_table(items, session.day, schema))
    return session.exit_code


def _only_a_reason(to: str | None, approved_by: str | None) -> None:
    given = [name for name, said in (("--to", to), ("--approved-by", approved_by)) if said]
    if given:
        raise UsageError(
            _("不同意的用不着 {options}").format(options=listed(given)), _("去掉它再试。")
        )
