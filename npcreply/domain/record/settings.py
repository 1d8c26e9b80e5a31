"""The workspace's settings that judging needs: departments with their aliases, days that count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from npcreply.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A department by its full name, with the other names it goes by and who is called there."""

    name: str
    aliases: tuple[str, ...] = ()
    contact: str | None = None
    phone: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of office, named as records name it, with its last day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`x-workspace` of schema.yaml. Days are calendar days; `pace_yellow` and `pace_red` are
    points of a hundred that a number may lie behind its time; `year` is the current session's,
    where the office has set it; `class_scheme` is what classes go by that name none; `terms` end
    the reports of repeating promises that nothing else ends.
    """

    id: str = "workspace"
    language: str | None = None
    soon_days: int = 30
    stale_days: int = 90
    undated_days: int = 180
    pace_yellow: int = 5
    pace_red: int = 20
    year: int | None = None
    jurisdiction: str | None = None
    class_scheme: str | None = None
    issuer: str | None = None
    contact: str | None = None
    phone: str | None = None
    departments: tuple[Body, ...] = ()
    terms: tuple[Term, ...] = ()

    def last_day(self, term: str | None) -> date | None:
        """Return the last day of a term, None where the office has not written it down."""
        return next((one.until for one in self.terms if one.name == term), None)

    def full_name(self, name: str) -> str:
        """Return the full name of a department known by `name` or an alias, else `name` itself."""
        return next((body.name for body in self.departments if name in body.names), name)

    def order(self, name: str) -> tuple[int, str]:
        """Return a sort key: departments in the office's own order, unknown ones last."""
        full = self.full_name(name)
        known = [body.name for body in self.departments]
        return (known.index(full) if full in known else len(known), full)

    def names_like(self, words: str, names: Iterable[str]) -> frozenset[str]:
        """Return those of `names` that a filter word means: by substring, or by an alias, whatever
        its width, blanks, case or traditional characters.

        发改 finds 市发展改革委 and 台州市发展和改革委员会 where one is an alias of the other.
        """
        from npcreply.grammar.folding import folded  # only filters need its table

        word = folded(words)
        meant = {b.name for b in self.departments if any(word in folded(n) for n in b.names)}
        return frozenset(n for n in names if word in folded(n) or self.full_name(n) in meant)

    def knows(self, name: str) -> bool:
        """Return whether the name is a known department or one of its aliases."""
        return any(name in body.names for body in self.departments)
