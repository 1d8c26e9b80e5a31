"""`npcreply index`: where the index is and what it holds; --rebuild makes it anew."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

from npcreply.language import _
from npcreply.parameters import option
from npcreply.session import Session

EXAMPLES = (
    "index",
    "index --rebuild",
)


def run(
    session: Session,
    rebuild: Annotated[bool, option("--rebuild", help=_("丢掉索引，从文件重建"))] = False,
) -> int:
    """索引在哪里、有多少；索引可以随时删，文件才是真的。"""
    if rebuild:  # before the session asks: it would make what is made anew here
        with (
            session.progress(_("整理索引")) as progress,
            closing(session.workspace.index(progress, session.output.notice)) as made,
        ):
            made.rebuild()
    state = session.index.state()
    words = _("索引 {where}（{size} KB）：{files} 个文件，{replies} 件记录，{promises} 项承诺")
    session.output.line(
        words.format(
            where=state.path or _("在内存里"),
            size=-(-state.size // 1024),
            files=state.counts.files,
            replies=state.counts.replies,
            promises=state.counts.promises,
        )
    )
    return session.exit_code
