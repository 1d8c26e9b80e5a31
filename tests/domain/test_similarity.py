"""Titles found again: the threshold on a few hundred made-up ones, and nothing missed by it."""

from __future__ import annotations

from itertools import combinations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.similarity import NEAR, Titles, dice, gist, plain
from tests.conftest import ROOT
from tests.domain.titles import MATTERS

SAID = [(matter, title) for matter, titles in MATTERS.items() for title in titles]


def test_the_threshold_on_made_up_titles() -> None:
    """Nearly all that is told is one matter; two thirds of what is one matter is told."""
    titles = Titles((place, title) for place, (_matter, title) in enumerate(SAID))
    told = {
        (min(here, other), max(here, other))
        for here, (_matter, title) in enumerate(SAID)
        for near in titles.near(title)
        for other in near.keys
        if other != here
    }
    same = {
        pair for pair in combinations(range(len(SAID)), 2) if SAID[pair[0]][0] == SAID[pair[1]][0]
    }
    assert len(SAID) >= 140
    assert len(told & same) >= 0.97 * len(told)
    assert len(told & same) >= 0.6 * len(same)


def test_no_two_shipped_records_are_taken_for_one_matter() -> None:
    paths = sorted((ROOT / "replies").rglob("*.yaml"))
    titles = [(path.stem, yaml.safe_load(path.read_text("utf-8")).get("title")) for path in paths]
    found = Titles((name, title) for name, title in titles if title)
    for name, title in titles:
        assert [list(near.keys) for near in found.near(title or "")] == [[name]] * bool(title)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("关于加快人才公寓建设的建议", "关于加大人才公寓建设力度的提案", True),
        ("关于2022年河道整治的建议", "关于2023年度河道整治工作的建议", True),
        ("关于加快228国道建设的建议", "关于加快104国道建设的建议", False),
        ("关于１０４国道的建议", "关于104国道的建议", True),
        ("关于2022-2023年河道整治的建议", "关于2023—2024 年河道整治的建议", True),
        ("关于办理01905号来信的建议", "关于办理01910号来信的建议", False),
        ("关于2019-01905号来信的建议", "关于2020-01905号来信的建议", True),
        ("关于发展夜间经济的建议", "关于发展低空经济的建议", False),
        ("关于进一步加强养老服务的建议", "关于进一步加强垃圾分类的建议", False),
        ("建议", "提案", False),
        ("关于推动的建议", "关于推动的建议", True),
    ],
)
def test_one_matter_or_two(one: str, other: str, near: bool) -> None:
    assert bool(Titles([("x", one)]).near(other)) is near


def test_the_likest_first_then_in_their_order() -> None:
    titles = Titles(
        [
            (1, "关于建设口袋公园的建议"),
            (2, "关于增加城区口袋公园的建议"),
            (3, "关于口袋公园建设的建议"),
            (4, "关于建设口袋公园的提案"),
        ]
    )
    found = titles.near("关于建设口袋公园的建议")
    assert list(found[0].keys) == [1, 4]
    assert found[0].likeness == 1
    assert [near.likeness for near in found] == sorted((n.likeness for n in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (" 年内，整治河道１２公里。", "年内整治河道12公里"),
        ("ABC改造", "abc改造"),
        ("", ""),
        ("，。", ""),
    ],
)
def test_plain(text: str, same: str) -> None:
    assert plain(text) == same


def test_a_title_of_frame_words_alone_keeps_them() -> None:
    assert gist("关于推动的建议") == "关于推动的建议"
    assert gist("关于进一步加强养老服务工作的建议") == "养老服务工作"


words = st.lists(st.sampled_from("城东河道整治停车养老医院学校"), min_size=1, max_size=14).map(
    "".join
)


@given(words, words)
def test_dice_is_a_likeness(one: str, other: str) -> None:
    assert dice(one, one) == 1
    assert dice(one, other) == dice(other, one)
    assert 0 <= dice(one, other) <= 1
    assert dice("", one) == 0


@given(st.lists(words, max_size=12), words)
def test_no_near_title_is_missed_for_sharing_no_rare_pair(said: list[str], asked: str) -> None:
    found = {key for near in Titles(enumerate(said)).near(asked) for key in near.keys}
    assert found == {n for n, one in enumerate(said) if dice(gist(one), gist(asked)) >= NEAR}
