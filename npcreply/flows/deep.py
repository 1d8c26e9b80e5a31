"""`check --deep`: what only a look behind the records finds, and what of it is safe to mend.

Only caches and leftovers are mended: what a record should say, or whether a file was meant to go,
nobody but the clerk knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.model import Record
from npcreply.index import engine
from npcreply.index.sync import Index
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import refusals
from npcreply.store.journal import KEPT_STEPS, inspection
from npcreply.store.journal.steps import FileTurn


def findings(session: Session) -> list[Finding]:
    """Return what index and journal say against the files, by path; `gaps` has the numbers."""
    found = [
        *inspection.findings(session.workspace.root, KEPT_STEPS),
        *_index(session),
    ]
    return sorted(found)


def repair(session: Session) -> list[str]:
    """Clear leftovers and make the index anew; return a sentence for each thing done."""
    journal = session.workspace.journal
    step = session.journaled(lambda: journal.tidy(session.command, session.now, session.by))
    session.index.rebuild()
    rebuilt = _("索引已重建。")
    return [*_taken(step.files), rebuilt, _("撤销：npcreply undo")] if step else [rebuilt]


def _taken(turns: Sequence[FileTurn]) -> Iterator[str]:
    """Yield what was cleared away, kind by kind."""
    kinds = (
        (r".*\.tmp", _("清掉了 {count} 个临时文件。")),
        (r"[0-9a-f]{64}", _("收走了 {count} 份没有哪一步用得着的内容。")),
        (r"pending\.damaged", _("收走了读不出来的那一步的说明。")),
    )
    for name, said in kinds:
        if count := sum(bool(re.fullmatch(name, turn.path.name)) for turn in turns):
            yield said.format(count=count)


def _index(session: Session) -> Iterator[Finding]:
    """Compare what the index answers with what the files say when all are read anew."""
    workspace = session.workspace
    fresh = Index(workspace.root, workspace.schema)
    fresh.from_files()
    kept, anew = _answers(session.index), _answers(fresh)
    fresh.close()
    if kept != anew:
        said = _("索引答的和文件里写的不一样")
        remedy = _("npcreply check --repair 重建；记录本身不受影响。")
        name = refusals.shown(engine.FILE)
        yield Finding(name, 0, 0, Severity.ERROR, "index", said, remedy)


def _answers(index: Index) -> tuple[object, ...]:
    return index.kept(), index.unreadable(), index.numbers()


def gaps(record: Record, name: str) -> Iterator[Finding]:
    """Yield that numbers of promises are missing, while the record is at hand. A promise taken out
    with `rm` stays in the file: a number not there went otherwise.
    """
    if numbers := inspection.missing_of(measure.id for measure in record.measures):
        said = _("承诺的序号缺 {numbers}：不是用 npcreply rm 删的").format(numbers=numbers)
        remedy = _("误删的：npcreply undo --list 看历史，或从备份里抄回。有意的不用管。")
        yield Finding(name, 0, 0, Severity.DOUBT, "gap", said, remedy, record.id)
