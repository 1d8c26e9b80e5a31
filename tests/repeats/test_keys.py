"""Two promises that surely are one share a key: the index may leave all others aside."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from npcreply.grammar.folding import folded
from npcreply.repeats.cover import may_be_work
from npcreply.repeats.deciding import Said, surely
from npcreply.repeats.keys import OFTEN, keys, telling, telling_runs
from npcreply.repeats.profile import places_of, plain_words, profile

PLACES = ["柳塘路", "新柳塘路", "塘路", "松岭村", "梅坡小学", "竹坞河", "枫溪二期泵站", "桂湖公园"]
DOING = ["完成{p}清淤", "{p}年底前建成通车", "对{p}进行提升改造", "启动{p}扩建，方便群众出行"]
MAKING = [
    "出台{t}管理办法",
    "印发{t}管理新办法",
    "制定{t}的管理办法，满足群众需要",
    "建成{t}服务平台",
]
THINGS = ["停车", "电动车充电", "犬只", "《柳塘河保护规定》"]


def generated(seed: int, count: int) -> list[Said]:
    """Promises that name places, documents, both or neither, some with a purpose and a day."""
    dice = random.Random(seed)
    texts = []
    for _number in range(count):
        doing = dice.choice(DOING).format(p=dice.choice(PLACES))
        making = dice.choice(MAKING).format(t=dice.choice(THINGS))
        before = dice.choice(["", "进一步", "2024年底前", "我局将"])
        texts.append(before + dice.choice([doing, making, f"{doing}，{making}", "加强日常监管"]))
    return [Said(text, dice.choice([2022, 2023])) for text in texts]


def mine(text: str) -> frozenset[str]:
    return keys(folded(text))


@pytest.mark.parametrize("seed", range(3))
def test_those_that_surely_are_one_share_a_key(seed: int) -> None:
    pairs = list(combinations(dict.fromkeys(generated(seed, 80)), 2))
    same = [(one, other) for one, other in pairs if surely(one, other)]
    assert len(same) > 20
    assert [pair for pair in same if mine(pair[0].text).isdisjoint(mine(pair[1].text))] == []


def test_other_places_and_stock_phrases_share_none() -> None:
    assert mine("完成柳塘路改造").isdisjoint(mine("完成松岭村改造"))
    assert mine("进一步加强日常监管，会同有关单位落实资金") == frozenset()


def test_a_key_of_very_many_tells_nothing() -> None:
    assert telling([{"a"}] * OFTEN) == {"a"}
    assert telling([*[{"a"}] * OFTEN, {"a", "b"}]) == {"b"}


@pytest.mark.parametrize("seed", range(3))
def test_the_half_sentences_left_aside_would_give_no_key(seed: int) -> None:
    for said in generated(seed, 60):
        found = profile(said.text)
        plain = plain_words(folded(said.text))
        looked_at = set(telling_runs(plain))
        aside = [run for run in found.runs if run not in looked_at]
        assert not any(map(may_be_work, aside))
        assert places_of(aside) == {}
