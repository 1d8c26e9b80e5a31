"""`npcreply draft`: what a reply's text says, drafted as a record; nothing is entered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.errors import EXIT_UNREADABLE, UsageError
from npcreply.extract.draft import Draft, draft
from npcreply.extract.model import Known
from npcreply.extract.record import record_data
from npcreply.flows import drafting, rounds
from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.views.drafts import draft_data, draft_lines, outcome_lines
from npcreply.views.explained import explained_data, explained_lines

EXAMPLES = (
    "draft 答复.docx",
    "draft 答复.docx --json",
)


def run(
    session: Session,
    files: Annotated[
        list[str],
        argument(help=_("答复的原文：txt、html、docx、pdf；- 是标准输入"), metavar=_("文件")),
    ],
    out: Annotated[
        Path | None,
        option("--out", help=_("一件一个 YAML 草稿，存到这个文件夹"), metavar=_("文件夹")),
    ] = None,
    encoding: Annotated[
        str | None,
        option("--encoding", help=_("原文的编码，默认自己认"), metavar=_("编码")),
    ] = None,
    explain: Annotated[bool, option("--explain", help=_("每个值的原话、依据、存疑在哪里"))] = False,
    json: Annotated[bool, option("--json", help=_("按 JSON 输出，只给一件"))] = False,
) -> int:
    """读一件答复的原文，列出抬头、疑点、承诺、指标和数字，各注明依据和位置；不写入资料库。"""
    given = drafting.spread(files)
    if out is not None and explain:
        raise UsageError(_("--explain 和 --out 不能同时写"), _("--explain 只看一件。"))
    if out is not None and json:
        raise UsageError(_("--json 和 --out 不能同时写"), _("存成文件的是 YAML 草稿。"))
    if out is not None:
        outcomes = drafting.batch(session, given, out, encoding)
        session.output.lines(outcome_lines(outcomes))
        bad = any(one.code == "bad" for one in outcomes)
        return EXIT_UNREADABLE if bad else session.exit_code
    if len(given) > 1:
        raise UsageError(
            _("一次只能看一件，这里有 {count} 件").format(count=len(given)),
            _("几件一起起草：加 --out 文件夹。"),
        )
    return _shown(session, given[0], encoding, json=json, explain=explain)


def _explained(session: Session, found: Draft, *, json: bool) -> int:
    """Print each value with its words, its rule and what spoke against it."""
    schema = drafting.schema_of(session)
    if json:
        session.output.json(explained_data(found, schema))
    else:
        session.output.lines(explained_lines(found, schema))
    return session.exit_code


def _shown(session: Session, name: str, encoding: str | None, *, json: bool, explain: bool) -> int:
    """Print one draft, every value with its rule and its place."""
    read = drafting.letter(name, encoding)
    known = Known(session_year=drafting.schema_of(session).settings.year)
    found = draft(read.text, known)
    if explain:
        return _explained(session, found, json=json)
    if json:
        session.output.json(draft_data(found))
        return session.exit_code
    called = drafting.called(name)
    session.output.lines(draft_lines(called, read, found, drafting.schema_of(session)))
    if found.is_record:
        if again := rounds.told(session, record_data(found, ()), found):
            session.output.line(again, "soon")
        session.output.notice(_("录入：npcreply add --from {name}").format(name=name))
    return session.exit_code
