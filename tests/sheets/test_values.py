"""What a cell says: numbers of records, bodies, percentages, figures among words."""

from decimal import Decimal

import pytest

from npcreply.sheets import values
from npcreply.sheets.values import Bodies


@pytest.mark.parametrize(
    ("text", "figures", "percents", "as_of", "note"),
    [
        ("已铺设3公里，第4公里正在放样", ["3公里"], [], "", "第4公里正在放样"),
        ("已到位18辆", ["18辆"], [], "", ""),
        ("2.45亿元（截至9月底）", ["2.45亿元"], [], "9月底", ""),
        ("完成61.5公里，其中北片22公里", ["61.5公里", "22公里"], [], "", ""),
        ("建成310个\n另有90个在建", ["310个"], [], "", "另有90个在建"),
        ("完成9座，占年度任务的45%", ["9座"], ["45"], "", ""),
        ("已完成80%", [], ["80"], "", ""),
        ("70%（二标段滞后）", [], ["70"], "", "二标段滞后"),
        ("46%（3家偏慢", [], ["46"], "", "3家偏慢"),
        ("２４０台", ["240台"], [], "", ""),
        ("1,250", ["1250"], [], "", ""),
        ("8.2/20公里", ["8.2公里"], [], "", ""),
        ("拨付96万元,204万元", ["96万元", "204万元"], [], "", ""),
        ("方案已于5月12日印发", [], [], "", "方案已于5月12日印发"),
        ("因汛期停工", [], [], "", "因汛期停工"),
    ],
)
def test_progress_is_read_into_figures_rates_and_the_rest(
    text: str, figures: list[str], percents: list[str], as_of: str, note: str
) -> None:
    said = values.progress(text)
    assert [f"{f.value}{f.unit or ''}" for f in said.figures] == figures
    assert list(said.percents) == [Decimal(each) for each in percents]
    assert (said.as_of, said.note) == (as_of, note)


def test_a_number_that_nobody_says_is_reached_is_not() -> None:
    assert not values.progress("涉及5个区").figures[0].is_reached
    assert values.progress("累计5个").figures[0].is_reached
    assert values.progress("8.2/20公里").figures[0].of == 20


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第0012号", ["0012"]),
        ("110、113", ["110", "113"]),
        ("（人大）0012", ["0012"]),
        ("提12号", ["提12"]),
        ("2025-88", ["2025-88"]),
        ("闭15", ["闭15"]),
        ("", []),
    ],
)
def test_numbers_of_records(text: str, numbers: list[str]) -> None:
    assert values.numbers_of_records(text) == numbers


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("市水利局、市财政局", Bodies(("市水利局", "市财政局"))),
        ("市水利局\n市财政局", Bodies(("市水利局", "市财政局"))),
        ("牵头：市水利局 配合：市财政局、各区", Bodies(("市水利局", "市财政局"), ("各区",))),
        ("市水利局牵头，市财政局、市教育局配合", Bodies(("市水利局", "市财政局", "市教育局"))),
        ("市水利局；各县（市、区）", Bodies(("市水利局",), ("各县（市、区）",))),
        ("市水利局、市财政局（分办）", Bodies(("市水利局", "市财政局"), split=True)),
        ("市水利局/市财政局", Bodies(("市水利局", "市财政局"), doubt=True)),
        ("无", Bodies()),
        ("/", Bodies()),
        ("——", Bodies()),
    ],
)
def test_bodies(text: str, bodies: Bodies) -> None:
    assert values.bodies(text) == bodies


@pytest.mark.parametrize(
    ("text", "head", "rate"),
    [
        ("65%", "完成率", "65"),
        ("66.7%", "完成率", "66.7"),
        ("187.9", "完成比例", "187.9"),
        ("0.5", "完成比例(%)", "0.5"),
        ("0.667", "完成率", None),
        ("1", "完成率", None),
        ("过半", "完成率", None),
    ],
)
def test_a_percentage_is_read_only_where_it_can_be_nothing_else(
    text: str, head: str, rate: str | None
) -> None:
    found = values.percent(text, Decimal(1), head)
    assert found == (Decimal(rate) if rate else None)


def test_items_of_a_cell() -> None:
    assert values.items("1.修桥2座；2.铺路3.5公里。") == ["修桥2座", "铺路3.5公里。"]
    assert values.items("完成3.5公里，2.1公里在建") == ["完成3.5公里，2.1公里在建"]


def test_serial_numbers_of_days() -> None:
    assert values.serial_day("45930") == 45930
    assert values.serial_day("2025") is None
    assert values.serial_day("20251231") is None
