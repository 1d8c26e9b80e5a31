"""Folders of pages with relative links: a page a department, and the public pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from npcreply.language import _, chosen
from npcreply.render.folder import file_names
from npcreply.render.page import LANGUAGE, environment, page_bytes, policy
from npcreply.table import Table
from npcreply.views.page import Page
from npcreply.views.public import PublicPages

INDEX = "index.html"


def bodies_folder(index: Table, pages: Mapping[str, Page]) -> dict[str, bytes]:
    """Return the files of a folder by their names: the index, and each body's page; `pages` are by
    the key that each row of the index names.
    """
    names = [str(row["department"]) for row in index.rows]
    files = file_names(names)
    links = [files[name] for name in names]
    made = {
        link: page_bytes(pages[str(row["page"])])
        for link, row in zip(links, index.rows, strict=True)
    }
    return {INDEX: _index(index, links), **made}


def public_folder(pages: PublicPages) -> dict[str, bytes]:
    """Return the files of the public folder: the index, and a page a reply under a name in letters,
    digits and signs that every web host takes.
    """
    files = file_names(_ascii(reply.id) for reply in pages.replies)
    links = [files[_ascii(reply.id)] for reply in pages.replies]
    words = {"back": _("全部答复"), "promises": _("承诺"), "none": _("没有登记承诺。")}
    made = {
        link: _page("public.html", reply=reply, words=words)
        for link, reply in zip(links, pages.replies, strict=True)
    }
    return {INDEX: _index(pages.index, links), **made}


def _ascii(name: str) -> str:
    """Return the name with _6e29 for a character (温) that is no plain letter or digit: every name
    its own, the same each time.
    """
    return "".join(c if c.isascii() and (c.isalnum() or c == "-") else f"_{ord(c):x}" for c in name)


def _index(table: Table, links: Sequence[str]) -> bytes:
    return _page("index.html", table=table, links=[quote(link) for link in links])


def _page(template: str, **values: Any) -> bytes:
    made = environment()
    style = made.get_template("plain.css").render()
    language = LANGUAGE[chosen()]
    text = made.get_template(template).render(policy=policy(style), language=language, **values)
    return text.encode()
