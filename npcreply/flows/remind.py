"""Letters: to whom, about what; and the reminders that they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from npcreply.domain.judging.duties import Duty, Owed, What
from npcreply.domain.judging.handlings import Handling, handlings
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import CouldNotError, UsageError
from npcreply.flows.review import review
from npcreply.language import _
from npcreply.render.file import free_path, write_file
from npcreply.render.letter import FOLDER, FORMATS, KINDS, letter_bytes, packed
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.journal import Change
from npcreply.views import letters
from npcreply.views.letters import Letter, Sender
from npcreply.workspace import Opened

_USUAL_DAYS = 14


def answer_by(session: Session, typed: date | None) -> date:
    """Return the day by which an answer is asked for: as typed, else in two weeks."""
    return typed or session.day + timedelta(days=_USUAL_DAYS)


def letters_of(
    session: Session,
    kind: str,
    selection: Selection,
    opened: Sequence[Opened],
    reply_by: date | None,
) -> tuple[list[Letter], list[MeasureLine]]:
    """Return the letters of a kind, and the promises that they press for."""
    if kind == "remind":
        return reminders(session, selection, opened, reply_by)
    if kind == "rehandling":
        return rehandlings(session, selection, opened, reply_by), []
    return forms(session, selection, opened), []


def reminders(
    session: Session, selection: Selection, opened: Sequence[Opened], reply_by: date | None
) -> tuple[list[Letter], list[MeasureLine]]:
    """Return one letter a department for what is late or to be verified (or for what the ids
    name, as long as it is open), and the promises that they press for.
    """
    rows = _asked(session, selection, opened) if opened else _late(session, selection)
    by = answer_by(session, reply_by)
    sender = Sender(session.workspace.schema.settings, session.day, by)
    groups: dict[str, list[Owed]] = {}
    for row in rows:
        for department in _departments(row):
            groups.setdefault(sender.settings.full_name(department), []).append(row)
    names = sorted(groups, key=sender.settings.order)
    made = [letters.reminder(name, groups[name], sender) for name in names]
    return made, [*{row.line.id: row.line for row in rows if row.line}.values()]


def rehandlings(
    session: Session, selection: Selection, opened: Sequence[Opened], reply_by: date | None
) -> list[Letter]:
    """Return a notice for each reply whose last rating is dissatisfied and that was not answered
    again since. Raises UsageError where nothing sets the day of the new answer.
    """
    owed = {d.reply.id: d for d in session.duties(selection) if d.what is What.REHANDLING}
    made = []
    for reply in _replies(session, selection, opened):
        rated = _unsatisfied(reply, session.as_of)
        duty = owed.get(reply.id)
        if rated is None:
            continue
        by = reply_by or (duty.deadline if duty else None)
        if by is None:
            raise UsageError(
                _("{id} 再次答复的期限算不出来").format(id=reply.id),
                _("用 --reply-by 写明哪天以前答复。"),
            )
        sender = Sender(session.workspace.schema.settings, session.day, by)
        made.append(letters.rehandling(reply, rated, sender))
    return made


def forms(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[Letter]:
    """Return the feedback form of each reply that has been given."""
    sender = Sender(session.workspace.schema.settings, session.day, None)
    items: dict[str, list[Judged]] = {}
    for item in session.judged(session.index.promises(selection), selection):
        items.setdefault(item.line.reply.id, []).append(item)
    return [
        letters.feedback(reply, items.get(reply.id, ()), sender)
        for reply in _replies(session, selection, opened)
        if reply.reply_date or reply.promises
    ]


def text(session: Session, made: Iterable[Letter]) -> str:
    """Return the letters as plain text, one after another."""
    root = session.workspace.root
    return "\n".join(letter_bytes(m.kind, "txt", m.fields, root).decode() for m in made)


def write(session: Session, made: Iterable[Letter], folder: Path, form: str) -> list[Path]:
    """Write the letters, none over another; return where they are."""
    root = session.workspace.root
    data = [(letter, letter_bytes(letter.kind, form, letter.fields, root)) for letter in made]
    _made(folder)
    paths = []
    for letter, content in data:
        wished = folder / f"{_file_name(letter.name)}.{form}"
        path = free_path(wished) if wished.exists() else wished
        write_file(path, content)
        paths.append(path)
    return paths


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CouldNotError(
            _("{folder} 不能作文件夹：{reason}").format(
                folder=folder, reason=error.strerror or str(error)
            ),
            _("信函一件一个文件：-o 后面写一个文件夹，没有的会建好。"),
        ) from error


def templates(root: Path) -> list[Path]:
    """Write the packed templates into the office's folder, none over another; return the new."""
    paths = [root / FOLDER / f"{kind}.{form}" for kind in KINDS for form in FORMATS]
    new = [path for path in paths if not path.exists()]
    for path in new:
        path.parent.mkdir(exist_ok=True)
        write_file(path, packed(path.name))
    return new


def record(
    session: Session, pressed: Sequence[MeasureLine], via: str, reply_by: date | None
) -> None:
    """Log one reminder with each promise, all as one step."""
    by = answer_by(session, reply_by)
    item = {"on": session.day, "via": via, "reply_by": by, "by": session.by}
    item["entered"] = session.today
    numbers: dict[str, list[int]] = {}
    for promise in pressed:
        numbers.setdefault(promise.reply.id, []).append(promise.measure.id)
    session.commit([_reminded(session, reply, ids, item) for reply, ids in numbers.items()])


def _reminded(session: Session, reply: str, ids: Sequence[int], item: dict[str, object]) -> Change:
    opened = session.workspace.open(reply)

    def amendment(data: amend.Data) -> None:
        for number in ids:
            amend.appended(number, "reminders", item)(data)

    change, _after = session.workspace.changed(opened, amendment)
    return change


def _late(session: Session, selection: Selection) -> list[Owed]:
    since = session.day - timedelta(days=7)
    return list(review(session, selection, since, "dept").items)


def _asked(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[Owed]:
    wanted = {(one.id, one.measure_id) for one in opened}
    items = session.judged(session.index.promises(selection), selection)
    found: list[Owed] = [
        item
        for item in items
        if item.status not in CLOSED
        and not wanted.isdisjoint(
            {(item.line.reply.id, item.line.measure.id), (item.line.reply.id, None)}
        )
    ]
    return found


def _departments(row: Owed) -> tuple[str, ...]:
    return row.departments if isinstance(row, Duty) else row.line.departments


def _replies(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[ReplyLine]:
    ids = {one.id for one in opened}
    return [reply for reply in session.replies(selection) if not ids or reply.id in ids]


def _unsatisfied(reply: ReplyLine, as_of: AsOf) -> Handling | None:
    """The round that was rated dissatisfied and calls for another, None where there is none."""
    rounds = handlings(reply, as_of)
    if not any(one.owed for one in rounds):
        return None
    return next((one for one in reversed(rounds) if one.dissatisfied), None)


def _file_name(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_（）" else "_" for c in name)
