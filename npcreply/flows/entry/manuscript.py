"""The record that a letter makes: its header as corrected, its text for an editor, its change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.dataclass import replace
from npcreply.domain.judging import schemes
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.record import identity
from npcreply.domain.record.settings import Settings
from npcreply.errors import CouldNotError, RecordInvalidError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.candidates import Candidate
from npcreply.extract.draft import Draft, draft
from npcreply.extract.model import Known
from npcreply.extract.points import settled
from npcreply.extract.record import record_data
from npcreply.flows import correct, numbering, rounds
from npcreply.flows.entry import compose, settle, untaken
from npcreply.flows.entry.compose import UNNAMED, Composed
from npcreply.flows.entry.questions import HEADER, Entry, Question, parsed
from npcreply.flows.rounds import Home
from npcreply.grammar.numerals import number
from npcreply.language import N_, _, listed
from npcreply.session import Session
from npcreply.store import amend, codec, files
from npcreply.store.journal import Change
from npcreply.store.yaml import dump, edit
from npcreply.views import drafts as views
from npcreply.workspace import invalid

if TYPE_CHECKING:
    from npcreply.extract.second import Compared

QUESTIONS = {q.name: q for q in (*HEADER, Question("contact", N_("姓名 电话")))}
REQUIRED = ("kind", "year", "number")
_NOTE = "#？ "  # begins the lines that only the editor shows


def drafted(session: Session, entry: Entry) -> Draft:
    """Return the draft of the entry's letter, what a second reader has beside it; see `own`."""
    found = own(session, entry)
    return found if entry.second is None else compared(entry, found)[0]


def compared(entry: Entry, found: Draft) -> tuple[Draft, Compared]:
    """Return the draft with what the second reader's has beside it, and how the two differ."""
    from npcreply.extract import second  # few letters have two readers

    data = (entry.second or "").encode("utf-8", "surrogatepass")
    return second.read(found, second.told_in(data, entry.second_name))


def own(session: Session, entry: Entry) -> Draft:
    """Return our own draft of the entry's letter, every day of it counted from the header as it has
    been corrected; raises UsageError for a correction that cannot be read.
    """
    text, at_work = entry.letter or "", _session_year(entry)
    kind = _kind(session, entry)
    found = draft(text, Known(session_year=at_work, kind=kind))
    data = header_data(session, entry, found)
    before = header_data(session, replace(entry, header={}, more=[]), found)
    day, year = data.get("reply_date"), data.get("year")
    moved = day != before.get("reply_date")
    if not (moved or "year" in entry.header or year != before.get("year")):
        return found
    known = Known(day if moved else None, year, at_work, undated=moved and day is None, kind=kind)
    return draft(text, known)


def _kind(session: Session, entry: Entry) -> str | None:
    """The kind that the clerk names; a text that is no reply is read as one of it."""
    typed = entry.typed(session.workspace.schema, session.today)
    return parsed(QUESTIONS["kind"], entry.header.get("kind", ""), typed) or None


def _session_year(entry: Entry) -> int | None:
    """The year of the session at work, of the record that a further reply goes into."""
    said = number(entry.defaults.get("year", ""))
    return entry.year if said is None else int(said)


def home(session: Session, entry: Entry, found: Draft) -> Home | None:
    """Return the record that a further reply goes into; raises UsageError for what a record must
    have and the letter has not, and for a number taken: nothing is mixed into it unseen.
    """
    data = header_data(session, entry, found)
    place = rounds.home(session.workspace, data, found, entry.to)
    if place and entry.more:
        raise UsageError(
            _("再次答复并入 {id}，--set 改不到它").format(id=place.opened.id),
            _("先并入，再改：npcreply set {id} 字段=值").format(id=place.opened.id),
        )
    if place:
        return place
    lacking = missing(data)
    if lacking:
        labels = listed(session.workspace.schema.label(name) for name in lacking)
        options = " ".join(f"--{name} …" for name in lacking)
        said = _("原文里没有{labels}").format(labels=labels)
        remedy = _("加上 {options}。").format(options=options)
        raise UsageError(said, "\n".join([*_doubts(found, lacking), remedy]))
    numbering.place(session.workspace, data["kind"], data["year"], data["number"])
    return None


def _doubts(found: Draft, names: list[str]) -> Iterator[str]:
    """Of what is missing, what the text seems to say and why it is not taken."""
    for name in names:
        told = getattr(found.header, name)
        if told and told.doubt:
            words = _("读到 {value}，存疑，没有用：{reason}")
            yield words.format(value=told.value, reason=told.doubt.message)


def made(session: Session, entry: Entry, found: Draft) -> Composed:
    """Return the record of the header and the candidates chosen, sure ones where none were; of the
    text, where the clerk has edited one.
    """
    place = home(session, entry, found)
    record = entry.text or text(session, entry, found, place)
    ready = composed(session, entry, place, record)
    if entry.text:  # what an edited text takes of the letter is the clerk's own affair
        return ready
    own = chosen(entry, found)
    taken = untaken.Taken(
        offered=offers.candidates(found),
        chosen=own,
        answers=settle.answers(session, entry, found, own),
        header=header_data(session, entry, found),
        typed=entry.header,
    )
    line = untaken.line(session, ready.record.id, ready.first, found, taken)
    return replace(ready, untaken=line)


def chosen(entry: Entry, found: Draft) -> list[Candidate]:
    """Return the candidates that are taken, the sure ones where none was chosen yet."""
    offered = offers.candidates(found)
    numbers = offers.sure(offered) if entry.chosen is None else entry.chosen
    return [one for one in offered if one.number in numbers]


def text(session: Session, entry: Entry, found: Draft, place: Home | None) -> str:
    """Return the record as it would be saved, but for its source; with `place` the whole record
    at hand, the reply in it.
    """
    schema = session.workspace.schema
    data = {**header_data(session, entry, found), **_promises(session, entry, found)}
    if place:
        merged = rounds.merged(place, data, [*schema.fields()])
        return edit.patch(place.opened.source.text, merged, schema.one_line)
    if rounds.answers_again(found):
        data = rounds.as_round(data, rounds.SECOND)
    whole = {**dict.fromkeys(missing(data), ""), **amend.filled(data)}
    return compose.head(session) + dump.dump(schema.in_order(whole), schema.one_line)


def with_notes(entry: Entry, found: Draft, record: str) -> str:
    """Return what the editor opens: on top what to look at, and the candidates not taken."""
    first, end, rest = record.partition("\n")
    return first + end + "".join(f"{_NOTE}{line}\n" for line in _notes(entry, found)) + rest


def composed(session: Session, entry: Entry, place: Home | None, record: str) -> Composed:
    """Return the change that writes the record's text with its source beside it; raises
    RecordInvalidError, UsageError for what cannot be written.
    """
    workspace, schema = session.workspace, session.workspace.schema
    lines = record.splitlines(keepends=True)
    record = "".join(line for line in lines if not line.startswith(_NOTE))
    name = place.opened.name if place else UNNAMED
    decoded = codec.decode(record, name, schema)
    if decoded.record is None:
        raise invalid(name, decoded.errors, _("没有写入。"))
    own = decoded.record
    path = place.opened.path if place else None
    path = path or numbering.place(workspace, own.kind, own.year, own.number)
    letter = (entry.letter or "").encode()
    beside = path.with_name(place.source_name if place else numbering.source_name(path.stem))
    number = place.round if place else max((one.round for one in own.rounds), default=1)
    source = {"file": beside.name, "sha256": files.digest_of(letter)}
    wanted = rounds.with_source(decoded.data, number, source, [*schema.fields()])
    record = edit.patch(record, wanted, schema.one_line)
    change, after = workspace.change_to(path, place.opened.source if place else None, record)
    first = amend.next_measure(place.opened.decoded.data) if place else 1
    ready = Composed(change, after, first, letter_beside(session, beside, letter))
    if ready.after.record is None:
        raise RecordInvalidError(path.name, ready.after.errors)
    return ready


def _promises(session: Session, entry: Entry, found: Draft) -> dict[str, Any]:
    """The candidates chosen as the record has them, nothing where there is none."""
    taken = chosen(entry, found)
    data = record_data(*settled(found, taken, settle.answers(session, entry, found, taken)))
    return {"measures": data["measures"]} if "measures" in data else {}


def header_data(session: Session, entry: Entry, found: Draft) -> dict[str, Any]:
    """Return the header: what was typed, else what the letter says, else what may be taken over."""
    schema = session.workspace.schema
    data: dict[str, Any] = record_data(found, ())
    typed = replace(entry, year=found.header.year.value if found.header.year else None).typed(
        schema, session.today
    )
    for name, question in QUESTIONS.items():
        if name in entry.header:
            amend.set_in(data, name, parsed(question, entry.header[name], typed))
        elif name not in data and entry.defaults.get(name):
            data[name] = parsed(question, entry.defaults[name], typed)
    if entry.more:
        given, where = correct.pairs(entry.more), correct.Where()
        correct.correction(given, where, typed, session.day, session.today)(data)
    data |= classes(data, schema.settings)
    if data.get("number"):
        data["number"] = identity.clean_number(str(data["number"])) or data["number"]
    return data


def classes(data: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the classes, each with the office's scheme where the letter names none and that scheme
    knows the letter; nothing where there is no class.
    """
    office = settings.class_scheme or schemes.of_place(settings.jurisdiction)
    given = [dict(one) for one in data.get("classes") or []]
    for one in given:
        if office and schemes.meaning(str(one["letter"]), office) != Meaning.UNKNOWN:
            one.setdefault("scheme", office)
    return {"classes": given} if given else {}


def missing(data: dict[str, Any]) -> list[str]:
    """Return the names of what a record must have and the header has not."""
    return [name for name in REQUIRED if not data.get(name)]


def _notes(entry: Entry, found: Draft) -> Iterator[str]:
    offered = offers.candidates(found)
    numbers = offers.sure(offered) if entry.chosen is None else entry.chosen
    yield _("改好后存盘、关闭就录入；没有改动就退回。“{mark}”开头的行不会存。").format(
        mark=_NOTE.strip()
    )
    yield from (" ".join(line.split()) for line, _style in views.doubt_lines(found))
    for one in offered:
        if one.number not in numbers:
            yield _("没有采用：{quote}").format(quote=" ".join(one.main.quote.split()))


def letter_beside(session: Session, path: Path, text: bytes) -> tuple[Change, ...]:
    """Return the change that keeps a letter's text in `path`, none where it is there already;
    raises CouldNotError for another text in its place.
    """
    name = Path(session.workspace.name(path))
    if not path.exists():
        return (Change(name, None, text),)
    if path.is_file() and path.read_bytes() == text:
        return ()
    raise CouldNotError(
        _("已经有 {file} 这个文件，内容不同").format(file=name.as_posix()),
        _("先把它改名或移走；没有写入。"),
    )
