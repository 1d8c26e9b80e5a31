"""How an entry becomes a record or new promises: collect, show, confirm, write as one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npcreply import acts, corrections, editing, entry, numbering, wizard
from npcreply.domain.model import Record
from npcreply.entry import Answers
from npcreply.errors import RecordInvalidError, UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import amend, dump
from npcreply.store.drafts import Drafts
from npcreply.store.journal import Change
from npcreply.store.typed import Typed
from npcreply.wizard import Wizard

DRAFT = "add"
FIRST_LINE = "# yaml-language-server: $schema={schema}\n"


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for; `header` and `promises` are answers as typed."""

    header: Answers
    promises: list[Answers]
    more: list[str]
    to: str | None
    like: str | None
    edit: bool
    resume: bool
    dry_run: bool
    yes: bool


def add(session: Session, request: Request) -> int:
    """Carry out the request; asks on a terminal unless --yes."""
    if request.resume:
        return _resumed(session, request)
    if request.to:
        return _added_to(session, request, {"to": request.to})
    return _new(session, request, {"header": dict(request.header), "promises": request.promises})


def _resumed(session: Session, request: Request) -> int:
    drafts = Drafts(session.workspace.root)
    names = [draft.name for draft in drafts.drafts() if draft.name.startswith(DRAFT)]
    if not names:
        raise UsageError(_("没有草稿。"), _("新录一件：npcreply add"))
    position = 0
    if len(names) > 1:
        for number, name in enumerate(names, 1):
            session.output.line(f"{number}  {_title(drafts.load_draft(name))}")
        position = wizard.chosen(names)
    state = drafts.load_draft(names[position])
    if state.get("to"):
        return _added_to(session, request, state, names[position])
    return _new(session, request, state, names[position])


def _title(state: dict[str, Any]) -> str:
    header = state.get("header", {})
    return " ".join(filter(None, (state.get("to"), header.get("number"), header.get("title"))))


def _new(session: Session, request: Request, state: dict[str, Any], draft: str = "") -> int:
    asking = not (request.yes or session.no_input or request.edit)
    guide = Wizard(session, draft or _free_draft(session), state)
    defaults = _defaults(session, request)
    header: Answers = state["header"]
    if asking:
        header = guide.header(entry.HEADER, defaults)
        state["promises"] = guide.promises()
    else:
        header = state["header"] = {**defaults, **header}
    data = _record(session, guide.typed(), header, request.more, edit=request.edit)
    typed = guide.typed()
    data["measures"] = [
        entry.measure_data(n, answers, typed) for n, answers in enumerate(state["promises"], 1)
    ]
    kind, year, number = (data.get(name) for name in ("kind", "year", "number"))
    path = numbering.place(session.workspace, str(kind), int(year or 0), str(number))
    text = _text(session, path, data)
    if request.edit:
        text = _edited(session, path, text)
    change, after = session.workspace.change_to(path, None, text)
    if request.dry_run:
        session.output.data(text.encode())
        return session.exit_code
    if asking and not _confirmed(session, text):
        return session.exit_code
    session.commit([change])
    guide.done()
    record = after.record
    if record is not None:
        _told(session, change, record, record.measures)
    return session.exit_code


def _added_to(session: Session, request: Request, state: dict[str, Any], draft: str = "") -> int:
    opened = session.workspace.open(state["to"])
    record = opened.record
    asking = not (request.yes or session.no_input) and not request.promises
    state |= {"year": (record.reply_date.year if record.reply_date else record.year)}
    state.setdefault("promises", list(request.promises))
    guide = Wizard(session, draft or _free_draft(session), state)
    session.output.line(f"{opened.id}  {record.title or ''}".rstrip())
    if asking:
        state["promises"] = guide.promises()
    if not state["promises"]:
        raise UsageError(_("没有要添的承诺。"), _("加 --text …，或在终端里一项一项填。"))
    typed = guide.typed()
    first = amend.next_measure(opened.decoded.data)
    items = [entry.measure_data(first + n, a, typed) for n, a in enumerate(state["promises"])]

    def amendment(data: amend.Data) -> None:
        data["measures"] = [*(data.get("measures") or []), *items]

    if request.dry_run:
        change, _after = session.workspace.changed(opened, amendment)
        session.output.data(change.after or b"")
        return session.exit_code
    after = acts.write(session, opened, [amendment])
    guide.done()
    if after.record:
        _list(session, after.record, [m for m in after.record.measures if m.id >= first])
    session.output.notice(_("撤销：npcreply undo"))
    return session.exit_code


def _defaults(session: Session, request: Request) -> Answers:
    """What may be taken over: the kind, the office's current year, the header of --like."""
    schema = session.workspace.schema
    defaults = {"kind": schema.word("kind", "suggestion")}
    if schema.settings.year:
        defaults["year"] = str(schema.settings.year)
    if request.like:
        record = session.workspace.open(request.like).record
        defaults |= {
            "kind": schema.word("kind", record.kind),
            "year": str(record.year),
            "session": record.session or "",
            "lead": record.lead or "",
            "co": "、".join(co.body for co in record.co),
        }
    return {name: text for name, text in defaults.items() if text}


def _record(
    session: Session, typed: Typed, header: Answers, more: Sequence[str], *, edit: bool
) -> dict[str, Any]:
    for question in entry.HEADER:
        if question.required and not header.get(question.name, "").strip():
            label = session.workspace.schema.label(question.name)
            raise UsageError(
                _("缺少{label}").format(label=label),
                _("加 --{name} …").format(name=question.name.replace("_", "-")),
            )
    del edit
    data = entry.record_data(header, typed)
    if more:
        fields = corrections.pairs(list(more))
        where = corrections.Where()
        corrections.correction(fields, where, typed, None, session.today)(data)
    order = {name: place for place, name in enumerate(typed.schema.fields())}
    return dict(sorted(data.items(), key=lambda pair: order.get(pair[0], len(order))))


def _text(session: Session, path: Path, data: dict[str, Any]) -> str:
    if not data["measures"]:
        del data["measures"]
    up = "../" * len(path.parent.relative_to(session.workspace.root).parts)
    head = FIRST_LINE.format(schema=f"{up}schema.yaml")
    return head + dump.dump(data, session.workspace.schema.one_line)


def _edited(session: Session, path: Path, text: str) -> str:
    while True:
        text = editing.edited(text, path.name)
        try:
            session.workspace.change_to(path, None, text)
        except RecordInvalidError as error:
            session.output.error(error.message, error.remedy)
            if not editing.again(session, path.stem, text):
                raise
        else:
            return text


def _confirmed(session: Session, text: str) -> bool:
    session.output.line(text.rstrip())
    if session.confirm(_("保存？"), yes=False):
        return True
    session.output.notice(_("没有保存，草稿留着：npcreply add --resume"))
    return False


def _told(session: Session, change: Change, record: Record, measures: Sequence[Any]) -> None:
    undated = sum(1 for m in measures if not (m.deadline and m.deadline.date))
    words = _("已保存 {path}：{count} 项承诺，其中 {undated} 项未定时限。")
    session.output.line(
        words.format(path=change.path.as_posix(), count=len(measures), undated=undated)
    )
    _list(session, record, measures)
    session.output.notice(
        _("看一看：npcreply show {id}   撤销：npcreply undo").format(id=record.id)
    )


def _list(session: Session, record: Record, measures: Sequence[Any]) -> None:
    settings = session.workspace.schema.settings
    for measure in measures:
        due = measure.deadline.date if measure.deadline else None
        session.output.line(f"  {record.id}.{measure.id}  {due or _('未定时限')}  {measure.text}")
        for name in measure.department:
            if settings.departments and not settings.knows(name):
                session.output.notice(
                    _("  名单里没有“{name}”，照录（名单在 schema.yaml）").format(name=name)
                )


def _free_draft(session: Session) -> str:
    names = {draft.name for draft in Drafts(session.workspace.root).drafts()}
    return next(f"{DRAFT}-{n}" for n in range(1, len(names) + 2) if f"{DRAFT}-{n}" not in names)
