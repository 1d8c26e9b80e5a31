"""A draft of the same letter made elsewhere: checked word for word, laid beside our own reading."""

from __future__ import annotations

from npcreply.extract.draft import Draft
from npcreply.extract.second.beside import Compared, compared
from npcreply.extract.second.shape import Refused, Told, told_in
from npcreply.extract.second.standing import checked

__all__ = ["Compared", "Refused", "Told", "read", "told_in"]


def read(found: Draft, told: Told) -> tuple[Draft, Compared]:
    """Return our draft with what passes of the other one offered as doubtful beside it, and how the
    two differ; what does not stand in the letter is refused by name.
    """
    return compared(found, checked(found, told))
