"""What the reading hands on: a range of the text, and a value with the words it came from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from npcreply.dataclass import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end] of the saved text (LF, no BOM); `rule` names why it was set apart."""

    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Drafted(Generic[T]):
    """A value read out of the text: `words` is text[start:end], `rule` is how it was read, `doubt`
    what speaks against it.
    """

    value: T
    start: int
    end: int
    words: str
    rule: str
    doubt: Doubt | None = None

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against the value."""
        return self.doubt is None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a letter's head before it is read: corrections of the clerk, and the year of
    the session that the workspace works on. `undated`: the letter is said to have no day. `kind`:
    what a text that is no reply is to be read as.
    """

    reply_date: date | None = None
    year: int | None = None
    session_year: int | None = None
    undated: bool = False
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: `code` never changes, `message` is in their language."""

    code: str
    message: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a sentence promises; text[start:end] is `quote`. `rule` says why it is one, `doubt`
    what speaks against that. `mine`: False where a firm or a citizen promises. `question`:
    the number of the question that it answers, at an inquiry. `parts`: where its acts have a day
    each, one promise for each of them. `since`: from when on what repeats is to be done.
    `opens`, `closes`: its place in the shadow; `sentence`: the number of its sentence.
    """

    start: int
    end: int
    quote: str
    rule: str
    doubt: Doubt | None = None
    mine: bool
    force: Drafted[str]
    department: Drafted[str] | None = None
    deadline: Drafted[date] | None = None
    cadence: tuple[Drafted[str], ...] = ()
    since: date | None = None
    condition: Drafted[str] | None = None
    question: int | None = None
    parts: tuple[Promise, ...] = ()
    opens: int
    closes: int
    sentence: int

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against its being a promise."""
        return self.doubt is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A printed rate of a figure: `percent_of` target, total or growth; `of`: what it is held
    against, in `of_unit` where that is another unit than the figure's.
    """

    percent: Decimal
    percent_of: str
    start: int
    end: int
    words: str
    of: Decimal | None = None
    of_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A number that is to be reached. `comparator`: >= <= = growth multiple, as the guideline has
    it; `value` and `unit` as printed; `forecast`: 预计; `also`: where it is printed again.
    """

    start: int
    end: int
    quote: str
    rule: str
    doubt: Doubt | None = None
    indicator: str
    comparator: str
    value: Decimal
    unit: str | None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    scope: str | None = None
    deadline: Drafted[date] | None = None
    forecast: bool = False
    approx: bool = False
    also: tuple[Span, ...] = ()

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against the number's being read and to be reached."""
        return self.doubt is None

    def is_in(self, promise: Promise) -> bool:
        """Return whether the number stands in the promise's words."""
        return promise.start <= self.start < promise.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number reported as done or measured; `as_of`: the end of the period reported, where the
    text prints one; `level_before`: 由27%提升至55%.
    """

    start: int
    end: int
    quote: str
    rule: str
    doubt: Doubt | None = None
    indicator: str
    value: Decimal
    unit: str | None
    approx: bool = False
    scope: str | None = None
    as_of: Drafted[date] | None = None
    level_before: Decimal | None = None
    rates: tuple[Rate, ...] = ()

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against the number and what it counts."""
        return self.doubt is None
