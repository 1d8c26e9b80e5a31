"""`npcreply set`: fields corrected; what was and what is are both printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.workspace import Opened

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.flows import correct

EXAMPLES = (
    "set 温46 leader=张副市长",
    "set 温46.2 deadline=2024-06-30",
)


def run(
    session: Session,
    id: Annotated[
        str, argument(help=_("编号：温46、温46.1、温46.1/2（第二条进展）"), metavar=_("编号"))
    ],
    fields: Annotated[
        list[str], argument(help=_("字段=值；值为空就删掉这一项"), metavar=_("字段=值"))
    ],
    target: Annotated[
        int | None,
        option("--target", help=_("改这项承诺的第几个目标"), metavar=_("序号"), min=1),
    ] = None,
    on: Annotated[
        str | None,
        option("--on", help=_("类别、评价、告知、目标调整是哪天的"), metavar=_("日期")),
    ] = None,
    reason: Annotated[
        str | None,
        option("--reason", help=_("目标值调整的理由：原值保留"), metavar=_("理由")),
    ] = None,
    yes: Yes = False,
) -> int:
    """改正字段。字段写名字或标签：title=…、标题=…、contact.name=…。
    类别和评价按日期添一行：class=A，attitude=满意 result=基本满意，--on 日期。
    落实情况告知了谁：progress_notices=代表 via=寄送 --on 日期，报告人大的写 人大；
    代表对落实情况的评价：progress_rating=满意 --on 日期。
    清单添一条：met+="2023-04-10 上门"、returned+=、rounds+=、questions+=。
    承诺添指标：target+="新增泊位1200个"。
    会办单位：co=市经信局、市财政局；哪家的会办意见：co=市经信局 opinion_on=2023-05-11。
    目标值调整（不是改错）加 --reason：原值、日期、理由都留着。
    答复日期、交办日期改了，由原话算出的时限跟着重算，先列出新旧日子；自己打的日期不动。
    时限不能改晚，延期用 extend；编号、年份、类别用 renumber。
    """
    from npcreply.domain.judging import preconditions
    from npcreply.domain.time.dates_again import Header, dates_again
    from npcreply.flows import act, correct
    from npcreply.store import amend
    from npcreply.views.changes import dates_again_lines, differences

    opened = session.workspace.open(id)
    given = correct.pairs(fields)
    where = _where(opened, act.target_of(opened, target))
    if (
        on
        and not reason
        and (where.within or not correct.takes_day(given, session.workspace.schema))
    ):
        raise UsageError(
            _("--on 只用于类别、评价、落实情况告知和目标调整"), _("例如 class=A --on 2024-05-20。")
        )
    day, typed = act.day_of(session, on, opened), act.reader(session, opened)
    if on:
        act.confirm(session, act.before_start(opened, day), yes=yes)
    if reason:
        line = {"on": day, "reason": reason, "entered": session.today}
        amendment = correct.revision(given, where, opened, typed, line)
    else:
        amendment = correct.correction(given, where, typed, day, session.today)
    change, after = session.workspace.changed(opened, amendment)
    if after.record:
        preconditions.correct(opened.record, after.record)
        again = dates_again(opened.record, Header.of(opened.record), Header.of(after.record))
        if again:
            act.confirm_lines(session, dates_again_lines(opened.id, again), yes=yes)
            both = amend.together(amendment, amend.dates_set(again))
            change, after = session.workspace.changed(opened, both)
    doubts = act.new_doubts(session, after, opened.decoded.text)
    act.confirm_new(session, doubts, yes=yes)
    if session.commit([change]) is None:
        session.output.notice(_("没有改动：已经是这样。"))
        return session.exit_code
    changed = differences(opened.decoded.data, after.data, session.workspace.schema)
    head = f"{opened.id}  {opened.record.title or ''}".rstrip()
    return session.wrote([head, *(f"  {line}" for line in changed)], doubts)


def _where(opened: Opened, target: int | None) -> correct.Where:
    from npcreply.flows import correct

    number = opened.measure.id if opened.measure_id is not None else None
    if target is not None and (number is None or opened.entry is not None):
        raise UsageError(
            _("--target 要和承诺编号一起用"), _("例如 npcreply set 温46.1 --target 2 value=650。")
        )
    return correct.Where(number, target, opened.entry)
