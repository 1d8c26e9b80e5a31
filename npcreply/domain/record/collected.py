"""Return sheets on record: when departments were asked for progress, by when, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.patterns import pattern
from npcreply.sha256 import sha256

Day = date  # as in `model`


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A sheet that came back; `digest` is of what was filled in, whatever the file's kind."""

    on: Day
    digest: str
    sender: str | None = None
    file: str | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet of one department. `rows` are the keys of its lines, each with the digest of what
    was asked: 2024-58.1/1#7b2dbf45.
    """

    id: str
    department: str
    rows: tuple[str, ...] = ()
    returned: tuple[Returned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One round of collecting, a file of `collected/`; `id` is the file's stem: R2024-10."""

    id: str
    on: Day
    due: Day | None = None
    by: str | None = None
    entered: Day | None = None
    note: str | None = None
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sheet as listings need it: without its rows, with the days of its round. `workspace` is
    None for this one's own.
    """

    id: str
    collection: str
    department: str
    on: Day
    due: Day | None = None
    entered: Day | None = None
    count: int = 0
    returned: tuple[Returned, ...] = ()
    workspace: str | None = None


def asked(collections: Iterable[Collection]) -> list[Asked]:
    """Return the sheets of the rounds, in their order."""
    return [
        Asked(
            id=sheet.id,
            collection=one.id,
            department=sheet.department,
            on=one.on,
            due=one.due,
            entered=one.entered,
            count=len(sheet.rows),
            returned=sheet.returned,
        )
        for one in collections
        for sheet in one.sheets
    ]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a line of a sheet is about: a promise, one of its targets, what was printed of it."""

    promise: str
    target: int | None
    digest: str

    def __str__(self) -> str:
        return f"{self.subject}#{self.digest}"

    @property
    def subject(self) -> str:
        """Return promise and target as the sheet names them: 2024-58.1/1."""
        return f"{self.promise}/{self.target}" if self.target else self.promise


_KEY = pattern(r"(?P<promise>\S+\.[0-9]{1,4})(?:/(?P<target>[0-9]{1,3}))?#(?P<digest>[0-9a-f]{8})")
_ID = pattern(r"(?P<round>R[0-9]{4}-[0-9]{2}(?:-[0-9]{1,2})?)-[^\s-]+-[0-9]{2,4}")


def row_key(text: str) -> RowKey | None:
    """Return the key that a cell holds, None where it holds none."""
    found = _KEY.fullmatch(text.strip())
    if not found:
        return None
    target = int(found["target"]) if found["target"] else None
    return RowKey(found["promise"], target, found["digest"])


def sheet_id(text: str) -> str | None:
    """Return the id of a sheet that a text holds, None where it holds none."""
    found = _ID.search(text)
    return found[0] if found else None


def round_of(sheet: str) -> str:
    """Return the round that a sheet's id belongs to: R2024-10 of R2024-10-住建-01."""
    found = _ID.fullmatch(sheet)
    return found["round"] if found else ""


def digest_of(parts: Iterable[str], digits: int = 8) -> str:
    """Return the digest of texts, whatever their blanks: spreadsheets fold and break them."""
    said = "\n".join("".join(part.split()) for part in parts)
    return sha256(said.encode()).hexdigest()[:digits]
