"""`npcreply edit`: a record in the clerk's own editor, on a copy; nothing invalid is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from npcreply.language import _
from npcreply.parameters import argument
from npcreply.session import Session
from npcreply.workspace import Opened

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.store.drafts import Drafts

EXAMPLES = (
    "edit 温46",
    "edit 温46.1",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("编号，如 温46"), metavar=_("编号"))],
) -> int:
    """用编辑器改一件记录（$VISUAL、$EDITOR、记事本）；改错了可以再改、存草稿或放弃。"""
    from npcreply.flows import act
    from npcreply.flows.entry import editor
    from npcreply.store.drafts import Drafts

    opened = session.workspace.open(id)
    drafts, draft = Drafts(session.workspace.root), f"edit-{opened.id}"

    def keep(text: str) -> str:
        drafts.save_draft(draft, {"text": text, "of": opened.source.digest})
        return _("接着改：npcreply edit {id}").format(id=opened.id)

    change, after = editor.until_valid(
        session,
        _draft(session, drafts, draft, opened) or opened.source.text,
        opened.name,
        lambda text: session.workspace.change_to(
            opened.path, opened.source, text, opened.decoded.errors
        ),
        keep,
    )
    if session.commit([change]) is None:
        session.output.notice(_("没有改动。"))
        return session.exit_code
    drafts.drop_draft(draft)
    doubts = act.new_doubts(session, after, opened.decoded.text)
    return session.wrote([_("已保存 {name}").format(name=opened.name)], doubts)


def _draft(session: Session, drafts: Drafts, name: str, opened: Opened) -> str:
    """Return the draft of the file as it still is, where there is one and the clerk wants it."""
    if name not in [draft.name for draft in drafts.drafts()]:
        return ""
    kept = drafts.load_draft(name)
    if kept.get("of") != opened.source.digest:
        session.output.warning(_("有一份草稿，可是文件后来改过，没有用它。"))
        return ""
    question = _("上次没改完的草稿还在，接着改？")
    return str(kept["text"]) if session.ask and session.confirm(question, yes=False) else ""
