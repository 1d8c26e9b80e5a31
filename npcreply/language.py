"""The language people read: Chinese is written in the code, English in a gettext catalogue."""

from __future__ import annotations

import gettext
import os
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
