from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.extract.numbers import quantities


def read(text: str) -> list[str]:
    """Each quantity as words: value, unit, comparator, ~ for about, change, ? where doubtful."""
    out = []
    for hit in quantities.find(text):
        marks = (hit.comparator, "~" * hit.approx, hit.change, "" if hit.sure else "?")
        out.append(" ".join(filter(None, (f"{hit.value}{hit.unit or ''}", *marks))))
    return out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建农村公路120公里", ["120公里"]),
        ("建成标准化菜市场8个、惠民食堂15家", ["8个", "15家"]),
        ("总投资2.35亿元", ["2.35亿元"]),
        ("下拨补助资金7,037.91万元", ["7037.91万元"]),
        ("清淤土方210万m³", ["210万m³"]),
        ("河道总长36.5 km，绿化率38 %", ["36.5km", "38%"]),
        ("共建床位三百二十张", ["320张"]),
        ("三所学校、两个站点", ["3所", "2个"]),
        ("新增学位１２００个", ["1200个"]),
        ("惠及75户320名群众", ["75户", "320名"]),
        ("投资不少于5000万元", ["5000万元 >="]),
        ("覆盖率达到95%以上", ["95% >="]),
        ("失业率控制在4.5%以内", ["4.5% <="]),
        ("平均等候时间不超过15分钟", ["15分钟 <="]),
        ("最高给予300万元补助", ["300万元 <="]),
        ("每镇至少培育2个合作社", ["2个 >="]),
        ("总产值突破百亿元", ["100亿元 >="]),
        ("近千名志愿者参与", ["1000名 ~"]),
        ("上百家企业受益", ["100家 ~"]),
        ("约1.2万人次", ["1.2万人次 ~"]),
        ("走访企业600余家", ["600家 >= ~"]),
        ("十余个社区、三十多条线路", ["10个 >= ~", "30条 >= ~"]),
        ("完成率86%左右", ["86% ~"]),
        ("超过八成的居民", ["8成 >="]),
        ("就诊量增长12.5%", ["12.5% growth"]),
        ("事故起数同比下降18%", ["18% fall"]),
        ("占比提高3.2个百分点", ["3.2个百分点 growth"]),
        ("产能力争翻一番", ["2倍 multiple"]),
        ("年均增速不低于8%", ["8% >= growth"]),
        ("是2020年的1.8倍", ["1.8倍 multiple"]),
        ("百分之六十五的村", ["65%"]),
        ("发病率降至千分之三", ["3‰ <="]),
        ("三分之二以上的路段", ["0.666666666666667 >="]),
        ("零投诉，零次跑", ["0次"]),
        ("未达到50%的，约谈", ["50% ?"]),
        ("占比为12.6", ["12.6 ?"]),
        ("达到80以上", ["80 >= ?"]),
        ("PM2.5浓度降至35微克/立方米以下", ["35微克/立方米 <="]),
        ("日处理能力5万吨/日", ["5万吨/日"]),
        ("工期5年6个月", ["5年", "6个月"]),
        ("分别高出3.1和1.6个百分点", ["3.1个百分点 growth ?", "1.6个百分点 growth"]),
        ("1 200万元", ["1200万元"]),
        ("投入1，200万元", ["1200万元 ?"]),
        ("打造300亿级装备制造产业", ["300亿级 ?"]),
        ("蕞低保障每户2吨", ["2吨"]),
    ],
)
def test_quantities_are_read_as_printed(text: str, found: list[str]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2023年6月30日",
        "市政发〔2022〕15号文件",
        "(2021)8号",
        "第35号建议收悉",
        "电话0571-88001234",
        "手机13800001234",
        "请拨打12345热线",
        "索引号:330000/2023-00012",
        "国道320线与S214省道",
        "G60高速",
        "3号线二期工程",
        "世界500强企业",
        "全省前三",
        "排名第5位",
        "前10名",
        "“123”工程",
        "“5+3”产业体系",
        "1+N方案",
        "十四五规划",
        "三年行动计划",
        "15分钟便民生活圈",
        "24小时值守",
        "8:30至17:00",
        "上午9点半",
        "5G与2.0版本",
        "一是加强领导",
        "(三)强化保障",
        "1.完善机制",
        "四个方面着手",
        "六大工程",
        "双随机一公开",
        "一批项目",
        "一所小学",
        "统一规划、进一步推进",
        "亿元项目、百强县",
        "“四个全面”布局",
        "二次污染",
        "三农工作",
        "https://a.cn/2023/1234",
        "每5年修订",
        "3年前",
        "60岁以上老人",
        "3至6岁儿童",
        "66人以上大班额",
        "5亿元以上产业项目",
        "110千伏变电站",
        "1000万元以上技改项目",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("引进3亿元以上制造业项目6个", ["threshold", "quantity"]),
        ("新建8公里以上绿道", ["quantity"]),
        ("安排2000万元以上资金用于改造", ["quantity"]),
        ("10亿元项目2个", ["threshold", "quantity"]),
        ("5000吨级码头1座", ["threshold", "quantity"]),
        ("四个方面12项措施", ["scheme", "quantity"]),
        ("两所学校各5个班", ["quantity", "quantity"]),
        ("2024城市马拉松", ["year_name"]),
        ("编码330102003", ["code"]),
    ],
)
def test_each_number_says_what_it_is(text: str, rules: list[str]) -> None:
    assert [hit.rule for hit in quantities.scan(text)] == rules


def test_the_places_are_those_of_the_text() -> None:
    text = "今年计划投资不少于 1.5 亿元以上，其中……"
    hit = quantities.find(text)[0]
    assert (hit.words, text[hit.number_start : hit.number_end]) == (
        "不少于 1.5 亿元以上",
        "1.5 亿元",
    )
    assert (hit.value, hit.unit, hit.comparator) == (Decimal("1.5"), "亿元", ">=")


def test_beyond_marks_what_a_figure_says_only_about() -> None:
    found = quantities.find("超300人，300人以上，达300人，300人")
    assert [hit.beyond for hit in found] == [True, True, False, False]


def test_others_are_named() -> None:
    text = "府办函〔2023〕7号，2023年5月，电话0571-88001234，5G，1.总则"
    found = [(text[other.start : other.end], other.rule) for other in quantities.others(text)]
    assert found == [
        ("〔2023〕7号", "document"),
        ("2023年5月", "date"),
        ("0571-88001234", "phone"),
        ("5G", "name"),
    ]


def test_a_part_of_a_text_is_read_with_its_own_places() -> None:
    text = "共有12个。新增8个。"
    start = text.index("新增")
    assert [(hit.start, hit.words) for hit in quantities.find(text, start)] == [(start + 2, "8个")]


MARKS = "0123456789.,%一二两三十百千万亿零半几余多个家元米人年月日约近超不少于以上内由从提升至到-—和、“”翻番第〔〕号每 \n"


@settings(deadline=None)
@given(st.text(MARKS, max_size=60))
def test_any_text_is_read_to_its_end(text: str) -> None:
    hits = quantities.scan(text)
    ends = [0, *(hit.end for hit in hits)]
    assert all(hit.words == text[hit.start : hit.end] for hit in hits)
    assert all(end <= hit.number_start for end, hit in zip(ends, hits, strict=False))


@settings(deadline=None)
@given(
    st.decimals(Decimal("0.01"), 10**6, places=2, allow_nan=False),
    st.sampled_from(["万元", "个", "%", "公里", "亩", "万人次"]),
)
def test_a_printed_number_is_read_exactly(value: Decimal, unit: str) -> None:
    hit = quantities.find(f"本年完成{value}{unit}。")[0]
    assert (hit.value, hit.unit) == (value, unit)
