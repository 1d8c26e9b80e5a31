"""What the reading hands on: a range of the text, and a value with the words it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end] of the saved text (LF, no BOM); `rule` names why it was set apart."""

    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Drafted(Generic[T]):
    """A value read out of the text: `words` is text[start:end], `rule` is how it was read."""

    value: T
    start: int
    end: int
    words: str
    rule: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: `code` never changes, `message` is in their language."""

    code: str
    message: str
    start: int = 0
    end: int = 0
