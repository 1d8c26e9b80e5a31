"""Chains of repeats and carried-over promises: both ways, by year, loops and gaps included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.links import Chains, Link, Pair, meant, of_promise, of_reply, record_of
from npcreply.domain.record.model import Measure


def pair(newer: str, older: str, link: Link = Link.CARRIED) -> Pair:
    return Pair(newer, older, link)


RIVER = Chains(
    [
        pair("2022-45", "2021-31", Link.REPEATS),
        pair("2022-45.1", "2021-31.1"),
        pair("2023-8", "2022-45"),
        pair("2023-8", "2019-3", Link.REPEATS),
        pair("2023-8.1", "2022-45.1"),
        pair("2023-9.4", "2022-45.1"),
    ]
)


def test_a_record_s_chain_is_in_the_order_of_the_years() -> None:
    assert RIVER.ids("2022-45") == ("2021-31", "2022-45", "2023-8")
    assert RIVER.ids("2023-8") == ("2019-3", "2021-31", "2022-45", "2023-8")
    assert RIVER.ids("2021-31") == ("2021-31", "2022-45", "2023-8")
    assert RIVER.ids("2020-1") == ("2020-1",)


def test_a_promise_s_chain() -> None:
    assert RIVER.ids("2023-8.1") == ("2021-31.1", "2022-45.1", "2023-8.1")
    assert RIVER.next("2022-45.1") == ("2023-8.1", "2023-9.4")


def test_a_promise_without_a_link_goes_by_its_record_s() -> None:
    assert RIVER.next("2022-45.2") == ("2023-8",)
    assert RIVER.next("2023-8.2") == ()


def test_a_loop_ends_where_it_began() -> None:
    loop = Chains([pair("2022-1", "2021-1"), pair("2021-1", "2022-1")])
    assert [found.older for found in loop.before("2022-1")] == ["2021-1"]
    assert loop.ids("2022-1") == ("2021-1", "2022-1", "2021-1")


@pytest.mark.parametrize(
    ("said", "in_promise", "means"),
    [
        ("2022-45", False, ("2022-45", None)),
        (" 2022-45.3 ", False, ("2022-45", 3)),
        ("2022-45#m3", True, ("2022-45", 3)),
        ("3", True, ("2023-8", 3)),
        ("3", False, ("3", None)),
        ("2022-提45.12", True, ("2022-提45", 12)),
    ],
)
def test_what_a_reference_means(said: str, in_promise: bool, means: tuple[str, int | None]) -> None:
    assert meant(said, "2023-8", in_promise=in_promise) == means


def test_links_of_a_record_and_of_a_promise() -> None:
    reply = ReplyLine(
        id="2023-8",
        path="a",
        kind="suggestion",
        year=2023,
        number="8",
        repeats=("2021-31", "2022-45"),
        carried_from="2022-45.2",
    )
    assert list(of_reply(reply)) == [
        pair("2023-8", "2022-45.2"),
        pair("2023-8", "2021-31", Link.REPEATS),
        pair("2023-8", "2022-45", Link.REPEATS),
    ]
    assert list(of_promise("2023-8", Measure(id=4, carried_from="2022-45#m1"))) == [
        pair("2023-8.4", "2022-45.1")
    ]
    assert list(of_promise("2023-8", Measure(id=4))) == []
    assert (record_of("2023-8.4"), record_of("2023-8")) == ("2023-8", "2023-8")


names = st.builds(
    lambda year, number: f"{year}-{number}", st.integers(2020, 2023), st.integers(1, 3)
)


@given(st.lists(st.builds(pair, names, names)), names)
def test_both_ways_agree(pairs: list[Pair], name: str) -> None:
    chains = Chains(pairs)
    for found in chains.before(name):
        assert found.older != name
        assert name in [other.newer for other in chains.after(found.older)] or name == found.older
    for found in chains.after(name):
        assert name in [other.older for other in chains.before(found.newer)]
    ids = [found.older for found in chains.before(name)]
    assert len(ids) == len(set(ids))
