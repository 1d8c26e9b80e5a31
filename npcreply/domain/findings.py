"""What is wrong or doubtful in a file, as data: where it stands, what was found, what to do."""

from __future__ import annotations

from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.record.places import Place


class Severity(StrEnum):
    """An error keeps the record out of every answer; a doubt does not."""

    ERROR = "error"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding. `path` is relative to the workspace, with forward slashes; `line` and `column`
    count from 1, 0 where there is none; `code` is the finding's name, never translated.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    remedy: str = ""
    record: str = ""

    @property
    def place(self) -> str:
        """Return file:line:column, as editors understand it."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check found. `at` leads to the value as it stands in the file; `code` is the finding's
    name, never translated; the store adds file, line and column.
    """

    at: Place
    severity: Severity
    code: str
    message: str
    remedy: str


def doubt(at: Place, code: str, message: str, remedy: str) -> Doubt:
    """Return a doubt: the record stays in every answer."""
    return Doubt(at, Severity.DOUBT, code, message, remedy)


def error(at: Place, code: str, message: str, remedy: str) -> Doubt:
    """Return an error: nobody can say which of two things is meant."""
    return Doubt(at, Severity.ERROR, code, message, remedy)
