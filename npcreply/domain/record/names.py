"""Names as people look for them: the order of counting, body or person, what a slip means."""

from __future__ import annotations

from collections.abc import Iterable

from npcreply.patterns import pattern

_DIGITS = pattern("[0-9]+")
# Bodies that bring a proposal: 某代表团, 民进市委会, 农业界, 人口资源环境委员会; a person's name
# may end in the same characters, but has no more than three.
_BODY = pattern(
    ".{2,}(?:代表团|委员会|市委|区委|县委|省委|总支|支部|小组|[联协]会|工商联|学社|中心|公司)$"
    "|^(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|无党派|工商联|[市区县省]?(?:总工会|妇联|团委|侨联|科协|台联))"
    "|.界$|.{3,}[委会组党盟社团局办院校]$"
)
_WIDE = 12  # digits: no number on a file is longer


def is_body(name: str) -> bool:
    """Return whether who brings a suggestion or proposal is a body, not a person."""
    return bool(_BODY.search(name))


def number_order(name: str) -> str:
    """Return a text by which ids, and names of files, sort as people count: 9, 10, 020, 100."""
    return f"{_DIGITS.sub(lambda found: found[0].lstrip('0').zfill(_WIDE), name)} {name}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is most likely a slip of, for "did you mean"; else None.

    None too when two are equally near.
    """
    from difflib import SequenceMatcher, get_close_matches  # a usual start needs none of it

    folded, by_fold = word.strip().casefold(), {name.casefold(): name for name in known}
    close = get_close_matches(folded, by_fold, n=2, cutoff=0.6)
    ratios = [SequenceMatcher(None, folded, name).ratio() for name in close]
    return by_fold[close[0]] if len(set(ratios)) == len(close) > 0 else None
