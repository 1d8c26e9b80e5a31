"""`add --from` with several letters: what is complete is entered in one step, the rest is kept."""

from __future__ import annotations

from typing import Any

from npcreply.dataclass import dataclass, field, replace
from npcreply.domain.checks import MUST_CONFIRM
from npcreply.errors import EXIT_UNREADABLE, CouldNotError, NpcreplyError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft
from npcreply.flows import act, drafting, numbering, rounds
from npcreply.flows.entry import compose, letter, manuscript, save
from npcreply.flows.entry.compose import Composed
from npcreply.flows.entry.questions import Answers, Entry
from npcreply.flows.gathering import Gathered
from npcreply.language import _, listed
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.store import files
from npcreply.store.drafts import Drafts
from npcreply.views import batches as views
from npcreply.views.batches import Outcome
from npcreply.views.drafts import kind_said
from npcreply.workspace import Workspace

OF_ONE_LETTER = ("number", "title", "deputies", "reply_date")
_DIGEST = pattern(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LEFT = UsageError.exit_code


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one file: `ready` is what is to be written, `entry` what is kept as a draft;
    where both are None there is nothing to go on with. `waits`: it is read again after the others.
    """

    outcome: Outcome
    text: str = ""
    ready: Composed | None = None
    entry: Entry | None = None
    waits: bool = False


@dataclass(slots=True)
class Batch:
    """A batch under way: the letters on record by their digests, those read so far by their
    words and by id, each with the name of its file; `unfinished`: drafts by their letters' digests.
    """

    session: Session
    request: save.Request
    defaults: Answers
    recorded: dict[bytes, str]
    unfinished: dict[str, str]
    letters: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    last: bool = False

    def read(self, name: str, encoding: str | None) -> Read:
        """Return what becomes of one file; nothing stops the batch."""
        try:
            text = drafting.letter(name, encoding).text
        except NpcreplyError as error:
            return Read(Outcome("bad", name, error.in_a_line))
        digest, words = files.digest_of(text.encode()), _squeezed(text)
        on_record = self.recorded.get(digest.encode())
        if on_record:
            return Read(Outcome("there", name, id=on_record))
        if words in self.letters:
            said = _("和 {name} 是同一份").format(name=self.letters[words])
            return Read(Outcome("there", name, said))
        read = replace(self._of_text(name, text), text=text)
        if not read.waits:
            self.letters[words] = name
        return _with(read, draft=self.unfinished.get(digest, "")) if read.entry else read

    def _of_text(self, name: str, text: str) -> Read:
        own = self.request.entry
        entry = replace(own, header=dict(own.header), defaults=self.defaults, letter=text)
        entry.letter_name = drafting.called(name)
        try:
            found = manuscript.drafted(self.session, entry)
            if not found.is_record:
                return self._no_reply(name, found)
            return self._of_reply(name, entry, found)
        except NpcreplyError as error:
            return Read(Outcome("draft", name, error.in_a_line), entry=entry)

    def _no_reply(self, name: str, found: Draft) -> Read:
        way = letter.way_on(self.session, found, views.word(name))
        return Read(Outcome("no_record", name, kind_said(found), way_on=way))

    def _of_reply(self, name: str, entry: Entry, found: Draft) -> Read:
        session = self.session
        data = manuscript.header_data(session, entry, found)
        lacking = manuscript.missing(data)
        if rounds.answers_again(found) and not self.last:
            return Read(Outcome("draft", name), waits=True)
        if lacking:
            labels = listed(session.workspace.schema.label(one) for one in lacking)
            said = _("缺{labels}").format(labels=labels)
            return Read(Outcome("draft", name, said), entry=entry)
        if taken := self._taken(name, data, found):
            return Read(taken)
        ready = manuscript.made(session, entry, found)
        return self._complete(name, entry, found, ready)

    def _taken(self, name: str, data: dict[str, Any], found: Draft) -> Outcome | None:
        """What is said where the letter's record has its answer already; None where it has not."""
        workspace, entered = self.session.workspace, ""
        try:
            place = rounds.home(workspace, data, found)
        except UsageError as error:  # this round was entered before
            place, entered = None, error.message
        wanted = numbering.id_of(data["kind"], data["year"], data["number"])
        path = None if place else numbering.standing(workspace, wanted)
        if path is None:
            return None
        if _squeezed(found.text) in _texts(workspace, path.stem):
            return Outcome("there", name, id=path.stem)
        words = entered or _("{id} 已经有答复，这一份原文和它的不同").format(id=path.stem)
        return Outcome("other", name, words, id=path.stem)

    def _complete(self, name: str, entry: Entry, found: Draft, ready: Composed) -> Read:
        own = ready.change.path.stem
        if other := self.ids.get(numbering.bare(own)):
            return Read(_of_one_record(name, other, own, found))
        doubts = act.new_doubts(self.session, ready.after)
        slips = [doubt.message for doubt in doubts if doubt.code in MUST_CONFIRM]
        if slips and not self.request.yes:
            said = _("疑点：{message}").format(message="；".join(slips))
            return Read(Outcome("draft", name, said), entry=entry)
        self.ids[numbering.bare(own)] = name
        offered = offers.candidates(found)
        outcome = Outcome(
            *("entered", name),
            id=own,
            count=len(ready.new),
            undated=sum(not (one.deadline and one.deadline.date) for one in ready.new),
            doubtful=sum(not one.main.sure for one in offered),
            doubts=len(found.doubts) + len(found.contradictions),
            round=max((one.round for one in ready.record.rounds), default=1),
        )
        return Read(outcome, ready=ready)


def _of_one_record(name: str, other: str, own: str, found: Draft) -> Outcome:
    """A letter with the number of another one of the batch, and not with its words."""
    if rounds.answers_again(found):
        said = _("再次答复，第一次的（{name}）也在这一批里").format(name=other)
        way = _("录入以后再录它：npcreply add --from {name}").format(name=views.word(name))
        return Outcome("other", name, said, id=own, way_on=way)
    said = _("和 {name} 是同一件（{id}），内容不同").format(name=other, id=own)
    return Outcome("other", name, said, id=own)


def _in_turn(session: Session, batch: Batch, names: list[str], encoding: str | None) -> list[Read]:
    """Read the files, those last that answer again: their first answers may be among the others."""
    found: dict[str, Read] = {}
    with session.progress(_("读原文")) as progress:
        for count, name in enumerate(names, 1):
            found[name] = batch.read(name, encoding)
            progress(count, len(names))
    batch.last = True
    found |= {name: batch.read(name, encoding) for name in names if found[name].waits}
    return [found[name] for name in names]


def add(session: Session, request: save.Request, found: Gathered, encoding: str | None) -> int:
    """Read the files, enter what is complete as one step, keep the rest as drafts, tell of each.
    Returns 0 where nothing is left, 3 where a file could not be read, else 2.
    """
    _refuse(request)
    reads = _in_turn(session, begun(session, request), found.files, encoding)
    if not request.dry_run:
        _write(session, [one.ready for one in reads if one.ready])
        reads = _kept(session, reads)
    outcomes = [one.outcome for one in reads]
    session.output.lines(views.outcome_lines(outcomes, dry_run=request.dry_run))
    for line in views.beside(found.empty, found.others, outcomes, dry_run=request.dry_run):
        session.output.notice(line)
    return _code(session, outcomes, found)


def _code(session: Session, outcomes: list[Outcome], found: Gathered) -> int:
    if any(one.code == "bad" for one in outcomes):
        return EXIT_UNREADABLE
    left = found.empty or any(one.code not in views.SETTLED for one in outcomes)
    return _LEFT if left else session.exit_code


def _refuse(request: save.Request) -> None:
    """Refuse what can only be said of one letter."""
    entry = request.entry
    own = [name for name in OF_ONE_LETTER if name in entry.header]
    if entry.to or own:
        option = "--to" if entry.to else f"--{own[0].replace('_', '-')}"
        raise UsageError(
            _("{option} 只能给一份原文写，这里有几份").format(option=option),
            _("几份的先不写，缺什么单子里会说；或者一份一份录。"),
        )


def begun(session: Session, request: save.Request) -> Batch:
    """Return the batch before its first file; raises UsageError for an option that cannot be."""
    defaults = save.defaults(session, request.like)
    compose.refuse_wrong(session, replace(request.entry, defaults=defaults))
    return Batch(session, request, defaults, _recorded(session), _unfinished(session))


def _recorded(session: Session) -> dict[bytes, str]:
    """The digests that record files name, each with the id of the record: those of their letters
    among them.
    """
    found: dict[bytes, str] = {}
    for path in session.workspace.paths():
        for digest in _DIGEST.findall(letter.bytes_of(path)):
            found.setdefault(digest, path.stem)
    return found


def _unfinished(session: Session) -> dict[str, str]:
    drafts = Drafts(session.workspace.root)
    found: dict[str, str] = {}
    for one in drafts.drafts():
        try:
            text = Entry.of(drafts.load_draft(one.name)).letter
        except NpcreplyError:  # a damaged one is told of by --resume
            continue
        if text is not None and one.name.startswith(save.DRAFT):
            found.setdefault(files.digest_of(text.encode("utf-8", "surrogatepass")), one.name)
    return found


def _write(session: Session, ready: list[Composed]) -> None:
    """Write everything as one step, so that one undo takes it back."""
    session.commit([change for one in ready for change in (one.change, *one.beside)])


def _kept(session: Session, reads: list[Read]) -> list[Read]:
    """Keep what is not complete as drafts, each under the name that it has already where it was
    kept before; drafts of letters that are entered now are dropped.
    """
    drafts = Drafts(session.workspace.root)
    save.drop_drafts(session, {one.text for one in reads if one.ready})
    kept = [_saved(session, drafts, one) for one in reads]
    names = save.called(session)
    return [_with(one, draft=names.get(one.outcome.draft, one.outcome.draft)) for one in kept]


def _saved(session: Session, drafts: Drafts, one: Read) -> Read:
    if one.entry is None:
        return one
    name = one.outcome.draft or save.free_name(session)
    try:
        drafts.save_draft(name, one.entry.draft)
    except CouldNotError as error:
        return _with(one, code="bad", said=error.in_a_line)
    return _with(one, draft=name)


def _with(one: Read, **changed: Any) -> Read:
    return replace(one, outcome=replace(one.outcome, **changed))


def _squeezed(text: str) -> str:
    """A letter as it is compared: the same one comes as a page and as a Word file."""
    return files.digest_of("".join(text.split()).encode())


def _texts(workspace: Workspace, id: str) -> set[str]:
    """The letters of a record at hand, as they are compared."""
    opened = workspace.open(id)
    paths = numbering.source_texts(opened)
    return {_squeezed(letter.bytes_of(path).decode("utf-8", "replace")) for path in paths}
