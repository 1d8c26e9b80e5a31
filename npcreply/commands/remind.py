"""`npcreply remind`: letters to departments, notices to handle again, forms for deputies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging import preconditions
from npcreply.domain.redaction import without_persons
from npcreply.errors import UsageError
from npcreply.flows import remind, rows, telling
from npcreply.language import N_, _, listed
from npcreply.options import PromiseFilters, Redact, choice, typed_day
from npcreply.parameters import argument, option
from npcreply.render.letter import (
    FORMATS,
    letters_text,
    usual_format,
    without_word,
    write_letters,
    write_templates,
)
from npcreply.session import Session
from npcreply.views import letters
from npcreply.views import telling as telling_views


@dataclass(frozen=True, slots=True)
class Kind:
    """A letter: who gets one and about what, and what it says, and what it is called; what is noted
    in the records by --record, how it went out, the sentence for that;
    sentences on whom the letters do not reach. Its template bears its name.
    """

    handed: Callable[..., list[Any]]
    letter: Callable[..., letters.Letter]
    called: str = ""
    record: Callable[..., int] | None = None
    via: str = ""
    recorded: str = ""
    unsure: Callable[..., Iterable[str]] = lambda *_asked: ()


LETTERS = {
    "remind": Kind(
        *(remind.reminders, letters.reminder, N_("催办函"), remind.record, "发函"),
        N_("已给 {count} 项承诺各记一次催办；撤销：npcreply undo"),
    ),
    "rehandling": Kind(remind.rehandlings, letters.rehandling, N_("重新办理通知")),
    "feedback": Kind(remind.forms, letters.feedback, N_("征询意见表")),
    "progress": Kind(
        *(telling.told, telling_views.telling, N_("落实情况告知函"), telling.record, "寄送"),
        N_("已给 {count} 件答复各记一次落实情况告知；撤销：npcreply undo"),
        telling.doubtful,
    ),
}


EXAMPLES = (
    "remind --format txt",
    "remind 温46.1 --format txt -o 函",
)


def run(
    session: Session,
    filters: PromiseFilters,
    ids: Annotated[
        list[str] | None,
        argument(help=_("承诺或答复的编号；不写就是 overdue 列出的各项"), metavar=_("编号…")),
    ] = None,
    letter: Annotated[
        str,
        option(
            "--letter",
            help=_("remind 催办、rehandling 重新办理、feedback 征询意见、progress 告知代表"),
            metavar="|".join(LETTERS),
        ),
    ] = "remind",
    reply_by: Annotated[
        str | None,
        option("--reply-by", help=_("哪天以前反馈，默认两周后"), metavar=_("日期")),
    ] = None,
    output: Annotated[
        Path | None,
        option(
            "-o",
            "--output",
            help=_("写到这个文件夹，一件一个文件；不写则打印"),
            metavar=_("文件夹"),
        ),
    ] = None,
    format: Annotated[
        str | None,
        option("--format", help=_("docx（默认，要附加项 letters）或 txt"), metavar="docx|txt"),
    ] = None,
    record: Annotated[
        bool, option("--record", help=_("同时记一次催办（告知函记落实情况告知）"))
    ] = False,
    via: Annotated[
        str | None,
        option("--via", help=_("怎么送的，默认 发函（告知函 寄送）"), metavar=_("方式")),
    ] = None,
    templates: Annotated[
        bool, option("--templates", help=_("把模板写到 letters/，用 Word 改"))
    ] = False,
    redact: Redact = False,
) -> int:
    """催办函（一家单位一件）、重新办理通知、征询意见表、给代表的告知函；模板可以自己改。"""
    called = {name: [_(kind.called)] if kind.called else [] for name, kind in LETTERS.items()}
    letter = choice("--letter", letter, called)
    _check(letter, format, filters, record=record)
    if templates:
        return _written(session, write_templates(session.workspace.root, (*LETTERS, "collect")))
    if record:  # before anything is written that could not be recorded
        preconditions.progress(session.day, session.today, "--as-of")
    root = session.workspace.root
    by = typed_day(reply_by, session.today, session.day.year) if reply_by else None
    if by and by < session.day:
        raise UsageError(
            _("反馈期限 {by} 早于发函那天 {day}").format(by=by, day=session.day),
            _("核对 --reply-by。"),
        )
    selection = rows.asked(session, filters)
    opened = [session.workspace.open(typed) for typed in ids or ()]
    kind, sender = LETTERS[letter], letters.Sender(session.workspace.schema.settings, session.day)
    found = kind.handed(session, selection, opened, by)
    handed = without_persons(found) if redact else found
    made = [kind.letter(one, sender) for one in handed]
    session.told((), *kind.unsure(session, selection, opened))
    if not made:
        session.output.notice(session.nothing_yet() or _("没有要写的信函。"))
        return session.exit_code
    if output is None:
        session.output.line(letters_text(made, root).rstrip("\n"))
    else:
        _written(session, write_letters(made, root, output, format or usual_format()))
        if format is None and (words := without_word()):
            session.output.notice(words)
    if not session.workspace.schema.settings.issuer:
        session.output.notice(
            _("落款空着：在 schema.yaml 的 x-workspace 里写 issuer、contact、phone。")
        )
    if record:
        count = kind.record(session, found, via or kind.via, by) if kind.record else 0
        session.output.notice(_(kind.recorded).format(count=count))
    return session.exit_code


def _check(letter: str, form: str | None, filters: PromiseFilters, *, record: bool) -> None:
    if form is not None and form not in FORMATS:
        raise UsageError(
            _("{option} 没有“{said}”这个取值").format(option="--format", said=form),
            _("可以写：{options}。").format(options=listed(FORMATS)),
        )
    if record and LETTERS[letter].record is None:
        raise UsageError(_("--record 只用于催办函、落实情况告知函"), _("去掉它，或者改 --letter。"))
    some = (getattr(filters, name) for name in _PART_OF_IT)
    if record and letter == "progress" and any(some):
        raise UsageError(
            _("--record 记的是全部代表、全部承诺都已告知，不能只写一部分"),
            _("去掉 --record，或者去掉 {options}。").format(
                options=listed(f"--{name}" for name in _PART_OF_IT if getattr(filters, name))
            ),
        )


_PART_OF_IT = ("deputy", "dept", "status", "alert", "force", "text")


def _written(session: Session, paths: Iterable[Path]) -> int:
    for path in paths:
        session.output.notice(_("已写 {path}").format(path=path))
    return session.exit_code
