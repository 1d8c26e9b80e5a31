"""What stops the program: one hierarchy, the exit code on the class, the sentence on the object."""

from __future__ import annotations

from typing import ClassVar


class NpcreplyError(Exception):
    """A sentence for the person who typed the command, in their language.

    `remedy` says what to do next and is printed on a line of its own.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    @property
    def in_a_line(self) -> str:
        """Return the sentence and what to do next on one line, for lists and warnings."""
        return "  ".join(filter(None, (self.message, *self.remedy.splitlines())))


class CouldNotError(NpcreplyError):
    """Could not: a file is locked, the disk is full, someone changed the file meanwhile."""


class ChangedMeanwhileError(CouldNotError):
    """A file is not what it was when it was read; nothing has been written."""


class ForeignStepError(CouldNotError):
    """A step to finish or take back that comes from somewhere else; `question` asks whether to."""

    def __init__(self, message: str, remedy: str, question: str) -> None:
        super().__init__(message, remedy)
        self.question = question


class AlreadyEnteredError(NpcreplyError):
    """The command was typed before and is done; nothing is wrong and nothing is written again."""

    exit_code = 0


class UsageError(NpcreplyError):
    """Wrong use: an option, a value, an answer missing where nobody can be asked."""

    exit_code = 2


class UnknownIdError(UsageError):
    """No record or promise goes by what was typed."""


class AmbiguousIdError(UsageError):
    """Two or more records go by what was typed."""


class RecordInvalidError(NpcreplyError):
    """A record cannot be read or would not be valid; `findings` hold file, line and remedy."""

    exit_code = 3

    def __init__(self, message: str, findings: tuple[object, ...] = (), remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.findings = findings


class NoWorkspaceError(NpcreplyError):
    """Neither here nor above is a folder with schema.yaml and replies/."""

    exit_code = 5


class InterruptedByUserError(NpcreplyError):
    """Ctrl-C, or the clerk chose to stop; a draft has been kept where there was one."""

    exit_code = 130


EXIT_FINDINGS = 4  # a finding that --exit-code or --strict asked for: an answer, not an error
EXIT_UNREADABLE = RecordInvalidError.exit_code
