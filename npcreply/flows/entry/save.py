"""How an entry becomes a record or new promises: asked for, shown, confirmed, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import partial

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError, InterruptedByUserError, NpcreplyError, UsageError
from npcreply.flows import act
from npcreply.flows.entry import compose, editor
from npcreply.flows.entry.compose import Composed
from npcreply.flows.entry.questions import Answers, Entry, Wizard
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store.drafts import Drafts
from npcreply.views import records as views

DRAFT = "add"


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for: `entry` as far as options fill it, `like` the record whose
    header is taken over, `named` the draft to go on with.
    """

    entry: Entry
    like: str | None = None
    edit: bool = False
    resume: bool = False
    dry_run: bool = False
    yes: bool = False
    named: str | None = None


def add(session: Session, request: Request) -> int:
    """Carry out the request; asks on a terminal unless --yes, or --to has its promises already."""
    if not request.resume:
        _name_drafts(session)
    draft, entry = _resumed(session, request) if request.resume else _begun(session, request)
    complete = request.yes or (entry.to and entry.promises and not request.resume)
    written = entry.letter is not None or request.edit or entry.text
    if session.ask and not complete and not written:
        ready = _asked(session, Wizard(session, session.ask, draft, entry))
    else:
        ready = _composed(session, request, draft, entry)
        _notice(session, ready)
    if request.dry_run:
        session.output.data(ready.change.after or b"")
        return session.exit_code
    if session.ask is None:  # on a terminal the entry was shown with its doubts and confirmed
        act.confirm_new(session, act.new_doubts(session, ready.after), yes=request.yes)
    _write(session, ready, None if request.yes else (draft, entry))
    Drafts(session.workspace.root).drop_draft(draft)
    if entry.letter is not None:
        drop_drafts(session, {entry.letter})
    _tell(session, ready, added=ready.change.before is not None)
    return session.exit_code


def _name_drafts(session: Session) -> None:
    """Say which entries were begun and not finished: who began one thinks it is on record."""
    titles = [entry.title for entry in _unfinished(session).values()]
    if titles:
        more = "…" if len(titles) > _NAMED else ""
        words = _("有没录完的草稿 {count} 份：{titles}。接着录：npcreply add --resume")
        shown = listed(titles[:_NAMED]) + more
        session.output.notice(words.format(count=len(titles), titles=shown))


def _write(session: Session, ready: Composed, kept: tuple[str, Entry] | None) -> None:
    """Write the step; what was typed is not lost to a full disk or a file in use."""
    try:
        session.commit([ready.change, *ready.beside])
    except CouldNotError as error:
        if session.ask and kept:
            draft, entry = kept
            Drafts(session.workspace.root).save_draft(draft, entry.draft)
            more = _("已存草稿。接着录：npcreply add --resume")
            error.remedy = f"{error.remedy}\n{more}".lstrip()
        raise


def _composed(session: Session, request: Request, draft: str, entry: Entry) -> Composed:
    if entry.letter is not None:
        from npcreply.flows.entry import letter  # reading is not what every `add` needs

        yes = request.yes or (request.dry_run and session.ask is None)
        return letter.composed(session, draft, entry, yes=yes)
    if request.edit or entry.text:
        return _edited(session, draft, entry)
    return compose.composed(session, entry)


def _notice(session: Session, ready: Composed) -> None:
    from npcreply.flows.entry import compose  # the index is not what every `add` needs first

    compose.notice(session, ready)


def _begun(session: Session, request: Request) -> tuple[str, Entry]:
    entry = request.entry
    if entry.to:
        opened = session.workspace.open(entry.to)
        entry.to, entry.year = opened.id, opened.reply_year
        since = opened.record.reply_date or opened.record.assigned_on
        entry.since = since.isoformat() if since else None
        if session.ask:
            session.output.line(f"{opened.id}  {opened.record.title or ''}".rstrip())
    else:
        entry.defaults = defaults(session, request.like)
    if entry.letter is None and (request.yes or session.ask is None or request.edit):
        entry.header = {**entry.defaults, **entry.header}
    compose.refuse_wrong(session, entry)
    return free_name(session), entry


def defaults(session: Session, like: str | None) -> Answers:
    """Return what may be taken over: the kind, the office's current year, the header of --like."""
    schema = session.workspace.schema
    year = schema.settings.year
    if like is None:
        return {"kind": schema.word("kind", "suggestion"), **({"year": str(year)} if year else {})}
    record = session.workspace.open(like).record
    found = {
        "kind": schema.word("kind", record.kind),
        "year": str(record.year),
        "session": record.session,
        "lead": record.lead,
        "co": listed(co.body for co in record.co),
    }
    return {name: text for name, text in found.items() if text}


def _resumed(session: Session, request: Request) -> tuple[str, Entry]:
    """Return the draft to go on with, the header given by options in it: the only one, the one
    named, or the one chosen.
    """
    found = _unfinished(session)
    if not found:
        raise UsageError(_("没有草稿。"), _("新录一件：npcreply add"))
    if request.named:
        name = _meant(found, request.named)
    else:
        name = next(iter(found)) if len(found) == 1 else _chosen(session, found)
    entry = found[name]
    if request.entry.header and entry.letter is None:
        raise UsageError(
            _("--resume 接着录草稿，不能再写内容"),
            _("只写 npcreply add --resume；从原文读的可以补抬头：--number、--year 等。"),
        )
    entry.header = {**entry.header, **request.entry.header}
    return name, entry


def _unfinished(session: Session) -> dict[str, Entry]:
    """The drafts of entries by name, the one saved last first."""
    drafts = Drafts(session.workspace.root)
    names = (one.name for one in drafts.drafts() if one.name.startswith(DRAFT))
    return {name: Entry.of(drafts.load_draft(name)) for name in names}


def _meant(found: dict[str, Entry], said: str) -> str:
    """The draft that goes by its name or, where no other has it, by the name of its letter."""
    names = [said] if said in found else [n for n, entry in found.items() if _is(entry, said)]
    if len(names) == 1:
        return names[0]
    rows = [f"{name}  {entry.title}" for name, entry in found.items()]
    words = (
        _("没有叫“{said}”的草稿，现有：")
        if not names
        else _("叫“{said}”的草稿有几份，写前面的名字：")
    )
    raise UsageError(words.format(said=said), "\n".join(rows))


def _is(entry: Entry, said: str) -> bool:
    return entry.letter_name == said or entry.header.get("number") == said


def called(session: Session) -> dict[str, str]:
    """Return what each draft is called after --resume: by its letter where no other has that name,
    else by its own.
    """
    found = _unfinished(session)
    letters = Counter(entry.letter_name for entry in found.values())
    return {
        name: entry.letter_name if letters[entry.letter_name] == 1 and entry.letter_name else name
        for name, entry in found.items()
    }


def drop_drafts(session: Session, letters: Collection[str]) -> None:
    """Drop the drafts of letters that are entered now."""
    for name, entry in _unfinished(session).items():
        if entry.letter is not None and entry.letter in letters:
            Drafts(session.workspace.root).drop_draft(name)


def _chosen(session: Session, found: dict[str, Entry]) -> str:
    rows = [f"{number}  {entry.title}" for number, entry in enumerate(found.values(), 1)]
    if session.ask is None:
        raise UsageError(_("有几份草稿，要在终端里选一份："), "\n".join(rows))
    for row in rows:
        session.output.line(row)
    said = ""
    while not (said.isdecimal() and 1 <= int(said) <= len(found)):
        said = session.ask(_("接着录哪一份？写序号"), "1")
    return list(found)[int(said) - 1]


def _asked(session: Session, wizard: Wizard) -> Composed:
    """Ask, show what comes of it, go back where that is wrong or not wanted."""
    session.output.line(_("回车=用方括号里的值，↑=改它，-=空着，<=退回，q=存草稿退出"))
    while True:
        wizard.run()
        if wizard.found_nothing:
            wizard.drafts.drop_draft(wizard.draft)
            raise InterruptedByUserError(_("没有要添的承诺，没有写入。"))
        try:
            ready = compose.composed(session, wizard.entry)
            _show(session, ready)
            _notice(session, ready)
        except NpcreplyError as error:
            session.output.error(error.message, error.remedy)
        else:
            if wizard.saves():
                return ready
        wizard.back()


def _edited(session: Session, draft: str, entry: Entry) -> Composed:
    text = entry.text or compose.template(session, entry)

    def keep(text: str) -> str:
        entry.text = text
        Drafts(session.workspace.root).save_draft(draft, entry.draft)
        return _("接着改：npcreply add --resume")

    accept = partial(compose.from_text, session)
    return editor.until_valid(session, text, compose.UNNAMED, accept, keep)


def _show(session: Session, ready: Composed) -> None:
    """Print the record, or the new promises, as `show` does."""
    schema = session.workspace.schema
    record = ready.record
    judged = {m.id: act.judged(session, record, m.id) for m in ready.new}
    if ready.first == 1:
        lines = list(views.record_lines(record, judged, schema))
    else:
        lines = [line for item in judged.values() for line in views.measure_lines(item, schema)]
    session.output.lines(lines)


def _tell(session: Session, ready: Composed, *, added: bool) -> None:
    record, count = ready.record, len(ready.new)
    undated = sum(1 for m in ready.new if not (m.deadline and m.deadline.date))
    words = _("已添 {path}：{count} 项承诺，其中 {undated} 项未定时限。")
    if not added:
        words = _("已保存 {path}：{count} 项承诺，其中 {undated} 项未定时限。")
    if not count:
        words = _("已保存 {path}，还没有承诺。添承诺：npcreply add --to {id}")
    path = ready.change.path.as_posix()
    lines = [words.format(path=path, count=count, undated=undated, id=record.id)]
    for measure in ready.new:
        due = measure.deadline.date if measure.deadline else None
        lines.append(f"  {record.id}.{measure.id}  {due or _('未定时限')}  {measure.text}")
    if ready.untaken:
        lines.append(ready.untaken)
    doubts = (
        _("疑点：{message}").format(message=m.message) for m in act.new_doubts(session, ready.after)
    )
    back = _("看一看：npcreply show {id}   撤销：npcreply undo").format(id=record.id)
    session.told(lines, *doubts, back)


_NAMED = 3  # so many drafts are named


def free_name(session: Session) -> str:
    """Return a name that no draft has."""
    names = {draft.name for draft in Drafts(session.workspace.root).drafts()}
    return next(f"{DRAFT}-{n}" for n in range(1, len(names) + 2) if f"{DRAFT}-{n}" not in names)
