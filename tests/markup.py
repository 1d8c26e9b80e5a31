"""An HTML page as a tree, for counting what is in it; refuses tags that do not pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "br", "link", "img", "hr", "input"})


@dataclass
class Element:
    """One element; `children` are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """Return the elements inside, in order; `class_` is one of their classes."""
        return [one for one in self._inside() if one.is_(tag, **attributes)]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """Return the only such element inside."""
        (found,) = self.all(tag, **attributes)
        return found

    def is_(self, tag: str, **attributes: str) -> bool:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        kind = wanted.pop("class", None)
        return (
            tag in ("", self.tag)
            and (kind is None or kind in self.attributes.get("class", "").split())
            and all(self.attributes.get(name) == value for name, value in wanted.items())
        )

    @property
    def text(self) -> str:
        """Return the text inside, without that of tooltips."""
        parts = (c if isinstance(c, str) else c.text for c in self.children if not _is_tip(c))
        return " ".join("".join(parts).split())

    def number(self, name: str) -> float:
        return float(self.attributes[name])

    def _inside(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._inside()


def _is_tip(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag == "title"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> where another tag is open"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def tree(text: str) -> Element:
    """Return the page's root; raises AssertionError where tags do not pair."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert len(builder.open) == 1, f"left open: {builder.open[-1].tag}"
    return builder.open[0]
