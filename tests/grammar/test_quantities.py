"""Targets and figures as typed: indicator, comparator, value and unit, or a refusal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.grammar.quantities import Figure, Quantity, typed_figure, typed_target


def words(text: str) -> list[str]:
    return text.split()


# typed | indicator | kind | comparator | value | unit
TARGETS = """
重大项目年度投资>=600亿元|重大项目年度投资|level|>=|600|亿元
重大项目年度投资 ≥ 600 亿元|重大项目年度投资|level|>=|600|亿元
投资 600 亿元以上|投资|level|>=|600|亿元
投资６００亿元以上|投资|level|>=|600|亿元
投资＞＝６００亿元|投资|level|>=|600|亿元
投资：600亿元|投资|level|>=|600|亿元
投资为600亿元|投资|level|>=|600|亿元
投资达600亿元|投资|level|>=|600|亿元
投资突破600亿元|投资|level|>=|600|亿元
投资超过600亿元|投资|level|>=|600|亿元
投资超600亿元|投资|level|>=|600|亿元
投资六百亿元|投资|level|>=|600|亿元
投资600亿|投资|level|>=|600|亿
投资1,200万元|投资|level|>=|1200|万元
投资1.26万亿元|投资|level|>=|1.26|万亿元
投资三千五百万元|投资|level|>=|3500|万元
投资一亿二千万元|投资|level|>=|120000000|元
投资额=600亿元|投资额|level|=|600|亿元
投资额正好600亿元|投资额|level|=|600|亿元
投资额>600亿元。|投资额|level|>|600|亿元
不少于300个||level|>=|300|个
不得少于300个||level|>=|300|个
不能少于300个||level|>=|300|个
至少达到300个||level|>=|300|个
奖励最高不超过500万元|奖励|limit|<=|500|万元
奖励不得超过500万元|奖励|limit|<=|500|万元
时间控制在不超过5天|时间|limit|<=|5|天
投资为不低于600亿元|投资|level|>=|600|亿元
至少有300个||level|>=|300|个
投资超过了600亿元|投资|level|>=|600|亿元
大于或者等于300个||level|>=|300|个
至少三所||level|>=|3|所
新建学校不少于两所|新建学校|level|>=|2|所
实施项目300个|实施项目|level|>=|300|个
实施项目三百个|实施项目|level|>=|300|个
实施项目300个以上|实施项目|level|>=|300|个
实施项目不少于300个以上|实施项目|level|>=|300|个
签约5亿元以上产业项目230个|签约5亿元以上产业项目|level|>=|230|个
服务500强企业10家|服务500强企业|level|>=|10|家
签约230个|签约|level|>=|230|个
节约用煤600吨|节约用煤|level|>=|600|吨
多于600吨||level|>=|600|吨
出水高于600吨|出水|level|>=|600|吨
出水大于600吨|出水|level|>=|600|吨
节约600吨|节约|level|>=|600|吨
商超300家|商超|level|>=|300|家
通达300个|通达|level|>=|300|个
最近300个|最近|level|>=|300|个
重点600个|重点|level|>=|600|个
网点三百个|网点|level|>=|300|个
统一600个|统一|level|>=|600|个
统一六百个|统一|level|>=|600|个
第一批学校5所|第一批学校|level|>=|5|所
三年新增学位5000个|三年新增学位|level|>=|5000|个
新增学位2万5千个|新增学位|level|>=|25000|个
新增500|新增|level|>=|500|None
每年服务800人次|每年服务|level|>=|800|人次
培训3千人|培训|level|>=|3000|人
培训2万人次|培训|level|>=|2|万人次
建成道路50千米|建成道路|level|>=|50|千米
建成道路50 km|建成道路|level|>=|50|km
装机30万千瓦|装机|level|>=|30|万千瓦
装机五十千瓦|装机|level|>=|50|千瓦
用地1,200亩|用地|level|>=|1200|亩
日处理5万吨/天|日处理|level|>=|5|万吨/天
空气优良300天|空气优良|level|>=|300|天
600||level|>=|600|None
>=600||level|>=|600|None
三百||level|>=|300|None
开工率 70%以上|开工率|rate|>=|70|%
开工率７０％以上|开工率|rate|>=|70|%
开工率达到70%以上|开工率|rate|>=|70|%
开工率不低于百分之七十|开工率|rate|>=|70|%
开工率百分之六十三点四八|开工率|rate|>=|63.48|%
开工率百分之70以上|开工率|rate|>=|70|%
绿化率提高到55%|绿化率|rate|>=|55|%
绿化率提升至55％|绿化率|rate|>=|55|%
覆盖率100%|覆盖率|rate|>=|100|%
覆盖率达百分之百|覆盖率|rate|>=|100|%
百分之六十||rate|>=|60|%
死亡率千分之五以上|死亡率|rate|>=|5|‰
七成以上||rate|>=|7|成
到2025年覆盖率提高到90%|到2025年覆盖率|rate|>=|90|%
GDP growth rate 5%|GDP growth rate|rate|>=|5|%
增长40%以上||growth|>=|40|%
工业投资增长40%以上|工业投资|growth|>=|40|%
工业投资同比增长不低于8%|工业投资|growth|>=|8|%
工业投资年均增长8%|工业投资年均|growth|>=|8|%
GDP增速6%以上|GDP增速|growth|>=|6|%
能耗下降3%以上|能耗下降|growth|>=|3|%
用时缩短50%|用时缩短|growth|>=|50|%
合格率提高3个百分点|合格率提高|growth|>=|3|个百分点
产值增长2.7倍|产值|growth|>=|2.7|倍
翻一番||multiple|>=|2|倍
产值翻一番|产值|multiple|>=|2|倍
产值实现翻一番以上|产值|multiple|>=|2|倍
产值翻番|产值|multiple|>=|2|倍
产值翻倍|产值|multiple|>=|2|倍
产值翻两番|产值|multiple|>=|4|倍
产值翻3番|产值|multiple|>=|8|倍
产值达到2倍|产值|multiple|>=|2|倍
审批不超过80天|审批|limit|<=|80|天
审批时间 80 天以内|审批时间|limit|<=|80|天
审批<=80天|审批|limit|<=|80|天
审批最多80天|审批|limit|<=|80|天
审批时限20天|审批时限|limit|<=|20|天
审批时限三个工作日|审批时限|limit|<=|3|个工作日
审批3个工作日内|审批|limit|<=|3|个工作日
审批压缩至20日|审批|limit|<=|20|日
审批时限30日压缩到20日|审批时限30日|limit|<=|20|日
失业率控制在5%以内|失业率|limit|<=|5|%
失业率低于5%|失业率|limit|<=|5|%
失业率少于5%|失业率|limit|<=|5|%
失业率<5%|失业率|limit|<|5|%
投诉不到300个|投诉|limit|<=|300|个
投诉不足300个|投诉|limit|<=|300|个
差错率未超过5%|差错率|limit|<=|5|%
失业率5%以下|失业率|limit|<=|5|%
PM2.5不超过35微克/立方米|PM2.5|limit|<=|35|微克/立方米
进入全省前10名|进入全省|limit|<=|10|名
排名进入全国前十位|排名进入全国|limit|<=|10|位
停车位1 000个|停车位|level|>=|1000|个
停车位1 000个|停车位|level|>=|1000|个
停车位1 000个|停车位|level|>=|1000|个
停车位1 000个|停车位|level|>=|1000|个
停车位1'000个|停车位|level|>=|1000|个
停车位12 500个|停车位|level|>=|12500|个
投资 12 500 万元|投资|level|>=|12500|万元
至少建成3个|建成|level|>=|3|个
"""


@pytest.mark.parametrize("line", TARGETS.strip().split("\n"))
def test_reads_a_target(line: str) -> None:
    typed, indicator, kind, comparator, value, unit = line.split("|")
    wanted = Quantity(indicator, kind, comparator, Decimal(value), None if unit == "None" else unit)
    assert typed_target(typed) == wanted


# typed | comparator | value | lowest | highest | unit
RANGES = """
1-2个|>=|1|1|2|个
每县1～2个|>=|1|1|2|个
一至两个|>=|1|1|2|个
1个到2个|>=|1|1|2|个
10—20|>=|10|10|20|None
2.5—3米|>=|2.5|2.5|3|米
100-200亿元|>=|100|100|200|亿元
100亿-200亿元|>=|100|100|200|亿元
100亿元至200亿元|>=|100|100|200|亿元
三百至五百亿元|>=|300|300|500|亿元
5%-7%|>=|5|5|7|%
增长5%-7%|>=|5|5|7|%
2-3万人次|>=|2|2|3|万人次
3千-5千人|>=|3000|3000|5000|人
500万-1亿元|>=|5000000|5000000|100000000|元
10与20间|>=|10|10|20|None
施工许可0.5-3日|<=|3|0.5|3|日
不少于3-5家|>=|3|3|5|家
3到5天以内|<=|5|3|5|天
不超过2-3天|<=|3|2|3|天
审批时限2-3个工作日|<=|3|2|3|个工作日
"""


@pytest.mark.parametrize("line", RANGES.strip().split("\n"))
def test_of_a_range_one_end_decides(line: str) -> None:
    typed, comparator, value, low, high, unit = line.split("|")
    found = typed_target(typed)
    assert found
    assert (found.comparator, found.value) == (comparator, Decimal(value))
    assert (found.value_min, found.value_max) == (Decimal(low), Decimal(high))
    assert str(found.unit) == unit


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("投资约600亿元", "600", "亿元"),
        ("投资600亿元左右", "600", "亿元"),
        ("大约300个", "300", "个"),
        ("将近300个", "300", "个"),
        ("近300个", "300", "个"),
        ("300余个", "300", "个"),
        ("600多亿元", "600", "亿元"),
        ("10余万元", "10", "万元"),
        ("30万余元", "30", "万元"),
    ],
)
def test_about_is_kept(typed: str, value: str, unit: str) -> None:
    found = typed_target(typed)
    assert found
    assert (found.value, found.unit, found.approx) == (Decimal(value), unit, True)


NOT_TARGETS = words(
    """
1e3个 建成1e3个 十四五 一是 二是 统一 双招双引 一条龙 十八大 三农 百强 万元 百万元 千方百计 一二三 两三个 七八家 十几个
PM2.5 G20 5G 3G 500强 500强企业 第3名 第三届 12月31日 6月 2025年 到2025年 2023-12-31 2023年12月31日 二〇二五年
由27%提升至55% 从30日压缩至20日 由三十日压缩到20日 30日压缩到20日 不超过600亿元以上 低于600以上 等于600以上
满意率95以上 满意率达到95 占比60 增长40 比重40 200-100个 5-5个 5%-7 100-200-300个 300- -300 投资-600亿元 增长-5%
>600>700 >= 以上 左右 约 翻 翻半番 翻1.5番 翻零番 翻九十番 三分之一 1/3 百分之七八十 百分之 一半以上 全部 全覆盖 应改尽改
600亿元投资额 600亿元以上的项目 投资600亿元以上项目 300个项目 面积12,00亩 1.2.3个 3。5个
不能300个 未达70% 不达70% 最高达到500万元 至少低于5个
大于10小于20 最多100最少20 1000以上，1500以下 不少于三个不超过五个
"""
)


@pytest.mark.parametrize("typed", [*NOT_TARGETS, "", "  ", "尽快完成", "投资" * 200 + "600亿元"])
def test_refuses_a_target(typed: str) -> None:
    assert typed_target(typed) is None


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("358.49亿元", "358.49", "亿元"),
        ("358.49 亿元", "358.49", "亿元"),
        ("３５８．４９亿元", "358.49", "亿元"),
        ("三百五十八点四九亿元", "358.49", "亿元"),
        ("358.49亿", "358.49", "亿"),
        ("2,106.12亿元", "2106.12", "亿元"),
        ("6570万美元", "6570", "万美元"),
        ("63.48%", "63.48", "%"),
        ("63.50％", "63.50", "%"),
        ("百分之六十三点四八", "63.48", "%"),
        ("百分之百", "100", "%"),
        ("千分之五", "5", "‰"),
        ("146", "146", None),
        ("１４６", "146", None),
        ("六百", "600", None),
        ("0", "0", None),
        ("-3.2%", "-3.2", "%"),
        ("负三%", "-3", "%"),
        ("146个", "146", "个"),
        ("146 家", "146", "家"),
        ("一百四十六家次", "146", "家次"),
        ("两所", "2", "所"),
        ("3个百分点", "3", "个百分点"),
        ("2万5千人", "25000", "人"),
        ("三千五百万元", "3500", "万元"),
        ("一亿二千万元", "120000000", "元"),
        ("1.26万亿", "1.26", "万亿"),
        ("30万千瓦", "30", "万千瓦"),
        ("5千米", "5", "千米"),
        ("20日", "20", "日"),
        ("3个工作日", "3", "个工作日"),
        ("2.7倍", "2.7", "倍"),
        ("1200㎡", "1200", "㎡"),
        ("358.49亿元。", "358.49", "亿元"),
    ],
)
def test_reads_a_figure(typed: str, value: str, unit: str | None) -> None:
    found = typed_figure(typed)
    assert found == Figure(Decimal(value), unit)
    assert str(found.value) == value


@pytest.mark.parametrize("typed", ["约15个", "近15个", "15余个", "15个左右", "大约十五个"])
def test_a_figure_may_be_about_so_much(typed: str) -> None:
    assert typed_figure(typed) == Figure(Decimal(15), "个", approx=True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "建成300个",
        "300个以上",
        "12-13个",
        "增长40%",
        "下降3%",
        "十四五",
        "一是",
        "两三个",
        "500强",
        "2023年",
        "6月",
        "第3名",
        "翻一番",
        "全部",
        "12,34",
        "3 5",
        "+5",
        "1e3",
        "1e3个",
        "亿元",
        "百万元",
        "9" * 400,
    ],
)
def test_refuses_a_figure(typed: str) -> None:
    assert typed_figure(typed) is None


UNITS = [
    "个",
    "项",
    "家",
    "亿元",
    "万元",
    "万亩",
    "公里",
    "%",
    "倍",
    "个百分点",
    "万人次",
    "千瓦",
    None,
]
values = st.decimals(min_value=0, max_value=10**9, places=2)


@given(values, st.sampled_from(UNITS))
def test_figures_there_and_back(value: Decimal, unit: str | None) -> None:
    assert typed_figure(f"{value}{unit or ''}") == Figure(value, unit)
    assert typed_figure(f"{value:,} {unit or ''}") == Figure(value, unit)


@given(
    values,
    st.sampled_from([">=", "<=", "=", ">", "<"]),
    st.sampled_from(UNITS),
    st.sampled_from(["", "投资", "新建学校", "PM2.5"]),
)
def test_signs_there_and_back(value: Decimal, sign: str, unit: str | None, indicator: str) -> None:
    found = typed_target(f"{indicator} {sign} {value} {unit or ''}")
    assert found
    assert (found.indicator, found.comparator, found.value, found.unit) == (
        indicator,
        sign,
        value,
        unit,
    )


@given(
    st.text(
        alphabet="投资增长率不超过少于至到约余多百千万亿元个天%0123456789.,-十四五>=以上内翻番分之点 "
    )
)
def test_any_typing_gives_sense_or_none(typed: str) -> None:
    found = typed_target(typed)
    if found:
        assert found.value.is_finite()
        assert found.comparator in (">=", "<=", "=", ">", "<")
        assert found.kind in ("level", "rate", "growth", "multiple", "limit")
        assert (found.value_min is None) == (found.value_max is None)
        if found.value_min is not None and found.value_max is not None:
            assert found.value_min < found.value_max
        assert found.unit != ""
    figure = typed_figure(typed)
    assert figure is None or figure.value.is_finite()


@given(st.text())
def test_any_text_is_survived(typed: str) -> None:
    typed_target(typed)
    typed_figure(typed)
