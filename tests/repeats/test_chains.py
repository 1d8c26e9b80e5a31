from __future__ import annotations

from npcreply.repeats.chains import Group, Kind, Known, groups
from npcreply.repeats.deciding import Said

DREDGE = "年底前完成城东河道清淤"
SIGNS = "石桥柳塘枫溪松岭竹坞梅坡桂湖荷浦龙潭凤台"
NAMES = [one + other for one in SIGNS for other in SIGNS if one != other]


def promises(**texts: str) -> dict[str, Said]:
    """Keys like y2022_31: the first promise of 2022-31."""
    found = {}
    for key, text in sorted(texts.items()):
        year, number = key[1:].split("_")
        found[f"{year}-{number}.1"] = Said(text, int(year), ("市水利局",))
    return found


def grouped(known: Known | None = None, **texts: str) -> list[Group]:
    return groups(promises(**texts), known or Known())


def pair(one: str, other: str) -> frozenset[frozenset[str]]:
    return frozenset({frozenset({one, other})})


def test_three_years_are_one_chain() -> None:
    texts = {"y2021_3": DREDGE, "y2022_9": f"继续{DREDGE}3公里", "y2023_1": f"确保{DREDGE}工程"}
    assert grouped(**texts) == [Group(Kind.AGAIN, ("2021-3.1", "2022-9.1", "2023-1.1"))]


def test_one_answer_in_several_letters_of_a_year_is_called_so() -> None:
    assert grouped(y2022_1=DREDGE, y2022_2=DREDGE) == [Group(Kind.COPIED, ("2022-1.1", "2022-2.1"))]
    [found] = grouped(y2022_1=DREDGE, y2022_2="将城东河道清淤列入计划")
    assert found.kind is Kind.SAME_YEAR


def test_stock_phrases_copied_into_every_letter_are_no_group() -> None:
    words = "进一步加大力度，切实做好各项工作"
    assert grouped(y2021_1=words, y2022_1=words, y2022_2=words) == []


def test_a_short_promise_does_not_join_two_that_are_not_one() -> None:
    texts = {
        "y2021_1": "改造东湖社区和石桥村管网",
        "y2022_1": "改造东湖社区管网",
        "y2023_1": "改造石桥村管网",
    }
    for found in grouped(**texts):
        assert not {"2022-1.1", "2023-1.1"} <= set(found.ids)


def test_what_somebody_told_apart_is_never_listed() -> None:
    known = Known(apart=pair("2021-3.1", "2022-9.1"))
    assert grouped(known, y2021_3=DREDGE, y2022_9=DREDGE) == []


def test_what_a_record_links_is_a_chain_whatever_it_says() -> None:
    known = Known(one=pair("2021-3.1", "2022-9.1"))
    [found] = grouped(known, y2021_3="整治水环境", y2022_9="疏通北渠")
    assert found == Group(Kind.AGAIN, ("2021-3.1", "2022-9.1"))


def test_many_that_share_their_words_are_found_without_trying_every_two() -> None:
    texts = {f"y{2020 + n % 3}_{n}": f"改造{name}路管网" for n, name in enumerate(NAMES)}
    texts["y2023_9999"] = f"加快{NAMES[6]}路管网改造"
    [found] = [one for one in grouped(**texts) if one.kind is Kind.AGAIN]
    assert found.ids == ("2020-6.1", "2023-9999.1")
