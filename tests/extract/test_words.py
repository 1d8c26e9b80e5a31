"""Patterns name their word lists in place and are compiled when they are first asked."""

from __future__ import annotations

import pytest

from npcreply.extract.words import rx, words


def test_a_list_stands_for_any_of_its_words() -> None:
    pattern = rx("(?:<<promises.next>>)的")
    for word in words("promises", "next"):
        assert pattern.fullmatch(f"{word}的")
    assert not pattern.search("昨天的")


def test_a_table_stands_for_its_keys() -> None:
    assert rx("<<dates.years>>").fullmatch("今年")


def test_a_list_that_is_not_there_is_an_error_when_asked() -> None:
    pattern = rx("<<promises.no_such_list>>")
    with pytest.raises(KeyError):
        pattern.search("甲")
