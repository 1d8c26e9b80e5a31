"""`sync`: a workspace held against the shared database; what is not sure is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from npcreply.dataclass import dataclass
from npcreply.errors import ChangedMeanwhileError, InterruptedByUserError, UsageError
from npcreply.index import freshness
from npcreply.language import N_, _
from npcreply.session import Session
from npcreply.shared import facts, push
from npcreply.shared.facts import REDACTED, Facts
from npcreply.shared.place import Place
from npcreply.shared.push import SYNCED, TURN, UID, Push, There
from npcreply.store import pushes
from npcreply.store.pushes import Identity

UNNAMED = "workspace"  # the id of a schema.yaml that has none


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: files sent, gone, and as they were; the id that it took the place of."""

    workspace: str
    sent: int
    gone: int
    same: int
    instead_of: str = ""


def sync(session: Session, place: Place, *, redact: bool, yes: bool) -> Synced:
    """Send what changed since the last time.

    Raises UsageError where something has to be said first, InterruptedByUserError where the clerk
    said no, CouldNotError where the database does not take it.
    """
    root, schema = session.workspace.root, session.workspace.schema
    if schema.settings.id == UNNAMED:
        raise UsageError(
            _("资料库还没有名字，共享数据库里分不清是谁的"),
            _("在 schema.yaml 的 x-workspace 里写 id: 名字（字母、数字），再重做。"),
        )
    digests = {
        path: facts.digest(content, schema, redact=redact)
        for path, content in session.index.digests().items()
    }
    with pushes.alone(root), place.words():
        engine = place.engine()
        try:
            identity = pushes.load(root)
            there = push.look(engine, schema.settings.id)
            moved = _settled(session, identity, there, redact=redact, yes=yes)
            identity = identity.next(there.said.get(TURN, ""))
            what = _push(session, identity, there, digests, redact=redact, moved=moved)
            pushes.save(root, identity)
            with session.progress(_("同步")) as progress:
                push.push(engine, what, _reader(session, redact=redact), progress)
        finally:
            with suppress(Exception):
                engine.dispose()
    same = len(digests) - len(what.changed)
    return Synced(what.workspace, len(what.changed), len(what.gone), same, moved)


def _push(
    session: Session,
    identity: Identity,
    there: There,
    digests: dict[str, str],
    *,
    redact: bool,
    moved: str,
) -> Push:
    schema = session.workspace.schema
    return Push(
        workspace=schema.settings.id,
        uid=identity.uid,
        turn=identity.turns[-1],
        facts=facts.of_workspace(schema, session.law, session.sheets, redact=redact),
        changed=[path for path, digest in digests.items() if there.digests.get(path) != digest],
        gone=[path for path in there.digests if path not in digests],
        instead_of=moved,
    )


def _reader(session: Session, *, redact: bool) -> Callable[[str], Facts]:
    listed: dict[str, freshness.Listed] = {}

    def read(path: str) -> Facts:
        if not listed:
            listed.update((one.key, one) for one in freshness.listing(session.workspace.root))
        if path not in listed:
            raise ChangedMeanwhileError(
                _("同步时 {file} 不见了").format(file=path), _("再运行一次 npcreply sync。")
            )
        return facts.of_file(freshness.take(listed[path]), session.workspace.schema, redact=redact)

    return read


def _settled(session: Session, identity: Identity, there: There, *, redact: bool, yes: bool) -> str:
    """Ask whatever is not sure; return the id that the workspace went by before, "" where it is the
    same.
    """
    name = session.workspace.schema.settings.id
    before = there.workspaces.get(identity.uid, name)
    words = {
        "name": name,
        "before": before,
        "last": there.said.get(SYNCED, "")[:10] or "?",
        "count": len(there.digests),
    }
    for question in _doubts(identity, there, renamed=before != name, redact=redact):
        if not session.accepts(_(question).format(**words), yes=yes):
            raise InterruptedByUserError(_("没有同步，什么也没有送。"))
    return before if before != name else ""


def _doubts(identity: Identity, there: There, *, renamed: bool, redact: bool) -> Iterator[str]:
    owner = there.said.get(UID)
    if owner and owner != identity.uid:
        yield N_(
            "共享数据库里的 {name} 是另一个资料库同步的（上次 {last}，{count} 个文件）。"
            "接管的话，那边的内容换成这里的。接管吗？"
        )
    elif owner and there.said.get(TURN) not in identity.turns:
        yield N_(
            "{name} 上次（{last}）是在别处同步的：可能有一份拷贝也在同步，或者这里的备份恢复过。"
            "换成这里的内容吗？"
        )
    if renamed:
        yield N_("这个资料库上次叫 {before}，现在叫 {name}。共享数据库里 {before} 改成 {name} 吗？")
    if there.said.get(REDACTED) and not redact:
        yield N_("{name} 上次是去掉姓名和电话同步的，这次没有写 --redact，会把它们送出去。送吗？")
