"""Patterns name their word lists in place and are compiled when they are first asked."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import npcreply.extract
from npcreply.extract.words import rx, words
from npcreply.grammar.pattern import Pattern


def test_a_list_stands_for_any_of_its_words() -> None:
    pattern = rx("(?:<<promises.next>>)的")
    for word in words("promises", "next"):
        assert pattern.fullmatch(f"{word}的")
    assert not pattern.search("昨天的")


def test_a_table_stands_for_its_keys() -> None:
    assert rx("<<numbers.name_tails>>").fullmatch("强")


def test_several_lists_stand_for_the_words_of_all_the_longest_first() -> None:
    both = rx("(<<page.labels+page.index_weak>>)(.*)")
    assert both.fullmatch("来源：甲")[1] == "来源"
    assert both.fullmatch("关键词：甲")[1] == "关键词"


def test_a_list_may_be_asked_for_its_longer_words_only() -> None:
    assert rx("<<page.index_weak>>").fullmatch("号")
    assert not rx("<<page.index_weak:2>>").fullmatch("号")
    assert rx("<<page.index_weak:2>>").fullmatch("文号")


def test_a_list_that_is_not_there_is_an_error_when_asked() -> None:
    pattern = rx("<<promises.no_such_list>>")
    with pytest.raises(KeyError):
        pattern.search("甲")


def test_every_declared_pattern_names_lists_that_are_there() -> None:
    modules = pkgutil.walk_packages(npcreply.extract.__path__, "npcreply.extract.")
    declared = [
        pattern
        for module in modules
        for pattern in vars(import_module(module.name)).values()
        if isinstance(pattern, Pattern)
    ]
    assert len(declared) > 100
    unnamed = re.compile("<<[a-z_]+[.]")
    for pattern in declared:
        assert not unnamed.search(pattern.compiled.pattern), pattern.source
