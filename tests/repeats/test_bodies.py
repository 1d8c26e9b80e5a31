from __future__ import annotations

import pytest

from npcreply.repeats.bodies import region_of, same_body, same_region


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市住建局", "甲山市住房和城乡建设局"),
        ("市发改委", "甲山市发展和改革委员会"),
        ("县农业局", "县农业农村局"),
        ("市水利局", "市水利局"),
    ],
)
def test_a_name_its_abbreviation_and_its_full_form_are_one_body(one: str, other: str) -> None:
    assert same_body((one,), (other,))


def test_other_bodies_are_others_and_none_is_nothing_against_it() -> None:
    assert not same_body(("市水利局",), ("市教育局",))
    assert not same_body(("市公安局",), ("市公安局交警支队",))
    assert same_body((), ("市教育局",))


def test_a_region_is_told_by_a_full_name_only() -> None:
    assert region_of("甲山市住房和城乡建设局") == "甲山市"
    assert region_of("市住建局") == ""
    assert same_region("甲山市", "甲山市乙水区")
    assert not same_region("甲山县", "乙水县")
    assert same_region("沭源縣", "沭源县")
