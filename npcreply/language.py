"""The language people read: Chinese is written in the code, English in a gettext catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable
from pathlib import Path

LANGUAGES = ("zh", "en")
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "zh"


def choose(language: str) -> None:
    """Make `language` ("zh" or "en") the one that `_` answers in; call before commands load."""
    global _catalogue, _language  # noqa: PLW0603 -- one process speaks one language
    _language = language
    locale = Path(__file__).parent / "data" / "locale"
    _catalogue = (
        gettext.NullTranslations()
        if language == "zh"
        else gettext.translation("npcreply", locale, [language], fallback=True)
    )


def chosen() -> str:
    """Return the language in use: "zh" or "en"."""
    return _language


def wanted(option: str | None) -> str:
    """Return the language asked for by --lang, else NPCREPLY_LANG, else the locale, else zh."""
    for said in (option, os.environ.get("NPCREPLY_LANG")):
        if said:
            return "en" if said.lower().startswith("en") else "zh"
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (locale or "").lower().startswith("en") else "zh"


def _(message: str) -> str:
    """Return the sentence in the language in use; its {fields} are filled in by the caller."""
    return _catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for a word marked, not translated
    """Mark a word of a module-level table for translation; `_` is called where it is shown."""
    return message


def listed(items: Iterable[str]) -> str:
    """Return the items on one line as the language in use sets them apart: 甲、乙; A, B."""
    return _("、").join(items)


def listed_apart(items: Iterable[str]) -> str:
    """Return items that may hold lists themselves, on one line: 甲、乙；丙; A, B; C."""
    return _("；").join(items)


def shortened(words: str, longest: int) -> str:
    """Return words on one line, cut to so many characters with … where they are more."""
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"


def with_aside(said: str, aside: str) -> str:
    """Return `said` with the aside in brackets behind it; alone where the aside is empty."""
    return _("{said}（{aside}）").format(said=said, aside=aside) if aside else said


def in_a_row(first: str, second: str) -> str:
    """Return two sentences one after the other, apart where the language has a blank there."""
    return _("{first}{second}").format(first=first, second=second) if second else first
