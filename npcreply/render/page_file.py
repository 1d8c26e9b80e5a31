"""The meeting's page as one HTML file: no script, nothing fetched, every text escaped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.language import _, chosen
from npcreply.render.cells import cell_text
from npcreply.render.drawing import drawing
from npcreply.render.harmless import fit
from npcreply.render.width import cut
from npcreply.table import Table
from npcreply.views.page import Page

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "page"
_HAN = re.compile("[\u3400-\u9fff]|[\U00020000-\U0003ffff]")
_LANGUAGE = {"zh": "zh-CN", "en": "en"}


def page_bytes(page: Page) -> bytes:
    """Return the file; what HTML cannot hold is left out of texts."""
    template = _environment().get_template("page.html")
    text = template.render(
        page=page,
        language=_LANGUAGE[chosen()],
        drawings=[drawing(chart) for chart in page.charts],
        anchors=_anchors(page.everything),
        heads={c.name: c.title for t in (page.everything, page.longest) if t for c in t.columns},
        words=_words(),
    )
    return text.encode()


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fitting,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"said": cell_text, "cut": cut, "near": lambda number: f"{number:.4g}"}
    environment.tests["foreign"] = _is_foreign
    return environment


def _is_foreign(text: str) -> bool:
    """Whether it is Chinese on a page that is not: read aloud and drawn in its own way."""
    return chosen() != "zh" and _HAN.search(text) is not None


def _fitting(value: Any) -> Any:
    """Texts without what HTML cannot hold; what is HTML already stays as it is."""
    return fit(value) if type(value) is str else value


def _anchors(everything: Table | None) -> frozenset[str]:
    """Return the ids that a link can lead to: of promises and of replies."""
    if everything is None:
        return frozenset()
    rows = {cell_text(row["id"]) for row in everything.rows}
    return frozenset(rows | {group.head for group in everything.groups})


def _words() -> dict[str, str]:
    """Return what the page says besides its numbers."""
    return {
        "figures": _("六个数"),
        "notes": _("怎么算的"),
        "replies": _("按答复找"),
        "departments": _("按单位找"),
        "lead": _("主办"),
        "deputy": _("领衔"),
        "progress": _("目标和数字"),
        "days": _("{days} 天"),
        "top": _("回到页首"),
    }
