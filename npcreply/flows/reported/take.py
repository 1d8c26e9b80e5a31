"""`log --from`: a report read against the records, its matches ticked, written as one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from npcreply.dataclass import dataclass, replace
from npcreply.errors import UsageError
from npcreply.extract.model import Drafted, Known
from npcreply.flows import act
from npcreply.flows.reported import choose, entries, records
from npcreply.flows.reported.intake import Taken, taken
from npcreply.language import _, listed
from npcreply.reports.matches import Reading, read
from npcreply.reports.report import Report, read_report
from npcreply.session import Session
from npcreply.views import reports as views
from npcreply.views.reports import Offer
from npcreply.workspace import Opened


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for: the report's file, the records or departments that it is
    held against, the day of figures that have none.
    """

    file: str
    ids: tuple[str, ...] = ()
    dept: tuple[str, ...] = ()
    encoding: str | None = None
    date: str | None = None
    dry_run: bool = False
    json: bool = False
    yes: bool = False


def take(session: Session, request: Request) -> int:
    """Carry out the request; raises CouldNotError, UsageError, nothing written then."""
    source = taken(request.file, request.encoding)
    report = read_report(source.text, Known(session_year=session.workspace.schema.settings.year))
    opened = records.meant(session, report, request.ids, request.dept)
    report = _dated(session, report, request, opened)
    reading = read(report, [one.record for one in opened], session.today)
    fresh = [match for match in reading.matches if not match.known]
    offers = [Offer(number, match) for number, match in enumerate(fresh, 1)]
    known = len(reading.matches) - len(fresh)
    if not request.json:
        _tell_head(session, source, reading, opened)
    elsewhere = records.named_elsewhere(report, opened)
    if elsewhere and not request.dry_run:
        number = report.letter.header.number
        said = _("报告写的是第 {number} 号，不是 {ids}")
        told = said.format(number=number.value if number else "", ids=listed(o.id for o in opened))
        act.confirm(session, [told], yes=request.yes)
    ticked = _ticked(session, request, reading, offers)
    if request.json:
        session.output.json(views.reading_data(reading, offers, ticked, session.workspace.schema))
        if not request.yes or request.dry_run:
            return session.exit_code
    else:
        session.output.lines(_folded(session, views.beside_lines(reading, known=known)))
    chosen = [one for one in offers if one.number in ticked]
    if request.dry_run:
        return session.exit_code
    return _write(session, request, reading, opened, chosen, offers)


def _dated(session: Session, report: Report, request: Request, opened: Sequence[Opened]) -> Report:
    """The report with the day that the clerk gives for figures without one."""
    if not request.date:
        return report
    day = act.reader(session, opened[0]).as_of(request.date)
    told: Drafted[date] = Drafted(day, 0, 0, "", "given")
    return replace(report, as_of=told, printed=True)


def _tell_head(session: Session, source: Taken, reading: Reading, opened: Sequence[Opened]) -> None:
    session.output.lines(views.head_lines(reading, source.name, source.form))
    for note in source.notes:
        session.output.notice(note, "soon")
    for one in opened:
        words = _("对照 {id} {title}：{count} 项承诺")
        count = sum(not measure.removed for measure in one.record.measures)
        told = words.format(id=one.id, title=one.record.title or "", count=count)
        session.output.line(told, "dim")


def _ticked(
    session: Session, request: Request, reading: Reading, offers: Sequence[Offer]
) -> list[int]:
    """The matches to be written: as ticked on a terminal, else those that are sure."""
    sure = [one.number for one in offers if one.match.sure]
    quiet = request.yes or request.dry_run or request.json
    if offers and session.ask and not quiet:
        return choose.chosen(session, reading.report.text, offers)
    if not request.json:
        session.output.lines(_folded(session, views.offer_lines(offers, sure)))
    if offers and not quiet:
        raise UsageError(
            _("要有人挑选，而这里没人可问。"),
            _("加 --yes：只记有把握的；加 --dry-run：只看不写。"),
        )
    return sure


def _folded(session: Session, lines: views.Lines) -> list[views.Line]:
    output = session.output
    return [(row, style) for text, style in lines for row in output.folded(text, _INDENT)]


_INDENT = 8


def _write(
    session: Session,
    request: Request,
    reading: Reading,
    opened: Sequence[Opened],
    chosen: Sequence[Offer],
    offers: Sequence[Offer],
) -> int:
    made = []
    for one in opened:
        own = [offer for offer in chosen if offer.candidate.record is one.record]
        if own:
            made.append(entries.written(session, one, reading, own))
    if not made:
        session.output.notice(_("没有可记的，没有写入。") if not offers else _("一条也没有记。"))
    else:
        session.commit([change for one in made for change in one.changes])
    if request.json:
        return session.exit_code
    left = [one for one in offers if one not in chosen]
    if request.yes and left:
        session.output.notice(views.doubtful_line(left), "soon")
    if not made:
        return session.exit_code
    lines = [_("记了 {count} 条：").format(count=len(chosen))]
    lines += [f"  {views.entered_line(one)}" for one in chosen]
    session.output.lines(_folded(session, [(line, "") for line in lines]))
    requests = [told for one in made for told in one.requests]
    session.output.lines(views.request_lines(requests, session.workspace.schema))
    return session.wrote([], entries.doubts(session, made))
