"""Heads as ministries, towns and forms print them: titles over lines, labels, numbers, masks."""

from __future__ import annotations

import pytest

from npcreply.extract.draft import draft
from npcreply.extract.header import Header, bodies, header
from npcreply.extract.model import Drafted
from npcreply.extract.page import cleaned

BODY = "近年来，我们先后改造老旧管网十二公里，群众用水条件有所改善。\n"
OPENING = "您提出的《关于改善供水的建议》收悉。现答复如下："


def read(text: str) -> Header:
    return header(cleaned(text))


def value(drafted: object) -> object:
    return drafted.value if isinstance(drafted, Drafted) else drafted


def answer(title: str, *, opening: str = OPENING, foot: str = "", to: str = "甲某代表：") -> str:
    return f"{title}\n{to}\n{opening}\n{BODY}感谢您的关心！\n{foot}\n"


# --- titles on two lines


@pytest.mark.parametrize(
    ("title", "number", "session", "lead"),
    [
        (
            "水利厅对十一届省人大四次会议\n第3306号建议的答复",
            "3306",
            "十一届省人大四次会议",
            "水利厅",
        ),
        (
            "市水利局关于市八届人大三次会议\n第17号建议的答复",
            "17",
            "市八届人大三次会议",
            "市水利局",
        ),
        ("关于市八届人大三次会议\n第17号建议的答复", "17", "市八届人大三次会议", None),
    ],
)
def test_a_title_on_two_lines_without_an_addressee(
    title: str, number: str, session: str, lead: str | None
) -> None:
    found = read(f"{title}\n{BODY}感谢您的关心！\n")
    assert found.kind.value == "suggestion"
    assert value(found.number) == number
    assert value(found.session) == session
    assert value(found.lead) == lead


def test_a_title_whose_second_line_begins_with_a_particle_is_whole() -> None:
    text = answer("改造老旧小区供水管网\n的建议（第64号）答复", opening="现将办理情况答复如下：")
    found = read(text)
    assert value(found.title) == "改造老旧小区供水管网的建议（第64号）答复"
    assert value(found.number) == "64"
    assert not cleaned(text).furniture


def test_what_stands_between_receipt_and_answer_loses_no_number() -> None:
    text = answer(
        "市水利局答复",
        opening="您在市八届人大三次会议上提出的《关于改善供水的建议》（第64号）收悉。\n"
        "感谢您长期关注供水，您的建议对我们做好工作很有帮助，我局专门作了研究。\n"
        "现就有关情况答复如下：",
    )
    found = read(text)
    assert (value(found.number), value(found.session)) == ("64", "市八届人大三次会议")
    assert value(found.title) == "关于改善供水的建议"


# --- who answers


@pytest.mark.parametrize(
    ("label", "lead"),
    [
        ("承办单位：南山县水利局", "南山县水利局"),
        ("主要承办单位：南山县水利局", "南山县水利局"),
        ("联系单位及电话：南山县水利局 87000001", "南山县水利局"),
        ("办理单位：南山县水利局", "南山县水利局"),
    ],
)
def test_a_label_at_the_foot_names_the_lead(label: str, lead: str) -> None:
    found = read(answer("对县八届人大二次会议第64号建议的答复", foot=label))
    assert value(found.lead) == lead


def test_who_runs_the_site_is_no_lead() -> None:
    foot = "主办单位：南山县人民政府办公室\n承办单位：南山县大数据中心"
    assert read(answer("对县八届人大二次会议第64号建议的答复", foot=foot)).lead is None


def test_a_cell_of_a_table_with_bars_names_the_lead() -> None:
    table = "名称 | 对县八届人大二次会议第64号建议的答复 | ||\n发布机构 | 县水利局 | 发文日期 | |\n"
    text = table + answer("对县八届人大二次会议第64号建议的答复")
    assert value(read(text).lead) == "县水利局"


def test_the_body_that_the_text_says_took_it_up_is_a_doubtful_lead() -> None:
    text = answer("关于第64号建议的答复").replace(
        BODY, "该片区管网老旧。收到建议后，市城管局高度重视，成立专班。\n"
    )
    lead = read(text).lead
    assert lead is not None
    assert (lead.value, lead.sure) == ("市城管局", False)


def test_no_part_of_a_body_is_a_body() -> None:
    text = answer(
        "市住建局关于市八届人大三次会议第64号建议的答复",
        opening="您提出的《关于摊点的建议》收悉，经会同市综合执法局、市公安局研究，现答复如下：",
    )
    assert [body.value for body in read(text).co] == ["市综合执法局", "市公安局"]


def test_a_body_called_comprehensive_is_not_a_verb() -> None:
    text = answer(
        "市住建局关于市八届人大三次会议第64号建议的答复",
        opening="您提出的《关于摊点的建议》收悉，综合市公安局、市综合行政执法局会办意见，现答复如下：",
    )
    assert [body.value for body in read(text).co] == ["市公安局", "市综合行政执法局"]


# --- sessions


@pytest.mark.parametrize(
    ("opening", "session"),
    [
        (
            "您于县政协九届二次会议提出的《关于供水的提案》收悉。现答复如下：",
            "县政协九届二次会议",
        ),
        (
            "您在政协东江市委员会七届三次会议上提出的《关于供水的提案》收悉。现答复如下：",
            "政协东江市委员会七届三次会议",
        ),
        (
            "您在于都县政协九届二次会议上提出的《关于供水的提案》收悉。现答复如下：",
            "于都县政协九届二次会议",
        ),
    ],
)
def test_the_whole_name_of_a_session(opening: str, session: str) -> None:
    found = read(answer("关于第64号提案的答复", opening=opening, to="甲某委员：")).session
    assert found is not None
    assert (found.value, found.sure) == (session, True)


# --- numbers


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("关于市八届人大三次会议建议（15-2-38号）的答复", "15-2-38"),
        ("市水利局关于县十五届人大一次会议 第64建议的答复函", "64"),
        ("关于区五届人大五次会议3号建议的答复", "3"),
        ("关于区第五届人民代表大会第四次会议12号议案的答复", "12"),
        ("关于区五届人大五次会议财政经济类第2号建议的答复", "财政经济类2"),
        ("关于区五届人大五次会议农业类2号建议的答复", "农业类2"),
    ],
)
def test_numbers_in_their_own_styles_are_sure(title: str, number: str) -> None:
    found = read(answer(title)).number
    assert found is not None
    assert (found.value, found.sure) == (number, True)


@pytest.mark.parametrize(
    "title",
    [
        "关于县八届人大闭会期间第5号建议的答复",
        "关于代表建议（闭会5号）的答复",
        "关于县八届人大闭会第5号建议的答复",
    ],
)
def test_a_suggestion_of_the_time_between_sessions(title: str) -> None:
    found = read(answer(title))
    assert value(found.number) == "5"
    assert value(found.between_sessions) is True


def test_a_letter_that_answers_a_session_is_not_of_the_time_between() -> None:
    assert read(answer("关于县八届人大二次会议第5号建议的答复")).between_sessions is None


# --- titles


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (
            "您提出的第2021064号建议：把河堤加固纳入年度计划的建议收悉，现答复如下：",
            "把河堤加固纳入年度计划的建议",
        ),
        ("建议标题：加固南河堤防\n您提出的建议收悉，现答复如下：", "加固南河堤防"),
        ("提案名称：加固南河堤防\n您提出的建议收悉，现答复如下：", "加固南河堤防"),
        ("您提出的关于  加固南河堤防  的建议收悉，现答复如下：", "加固南河堤防"),
    ],
)
def test_the_suggestions_title_not_the_letters(opening: str, title: str) -> None:
    found = read(answer("关于第2021064号建议的答复", opening=opening)).title
    assert found is not None
    assert (found.value, found.sure) == (title, True)


# --- kinds


def test_a_member_of_the_cppcc_makes_a_proposal() -> None:
    opening = "您提出《关于整修南河堤防的建议》收悉，现答复如下："
    found = read(answer("市水利局答复", opening=opening, to="甲某委员："))
    assert found.kind.value == "proposal"


def test_a_co_handlers_opinion_names_the_member_without_the_lead_words() -> None:
    text = (
        "市水利局关于市政协五届二次会议第064号提案协办意见的函\n市住建局：\n"
        "现将甲某委员提出的《关于供水的提案》协办意见函告如下：\n管网已经改造。\n市水利局\n"
    )
    found = read(text)
    assert found.kind.value == "co_opinion"
    assert [name.value for name in found.deputies] == ["甲某"]


# --- days and what else the page prints


def test_a_dotted_day_alone_above_the_addressee_is_when_it_was_published() -> None:
    text = answer("关于区五届人大六次会议第64号书面意见的答复\n\n主动公开\n\n2020.09.22")
    found = read(text)
    assert str(value(found.publish_date)) == "2020-09-22"
    assert found.reply_date is None


def test_an_index_number_without_its_label() -> None:
    text = "• 640199-107/2019-00033\n• 东区水利局\n• 有效\n" + answer(
        "关于东区人大四届三次会议第64号建议的答复"
    )
    assert value(read(text).index_no) == "640199-107/2019-00033"


@pytest.mark.parametrize(
    "phone",
    [
        "联系电话：0573-8888××××",
        "电话：8700****",
        "电话：0571-870000XX",
        "2019715",
        "服务3638289人",
    ],
)
def test_a_masked_or_broken_telephone_is_none(phone: str) -> None:
    found = read(answer("关于第64号建议的答复", foot=f"联系人：乙某，{phone}"))
    assert found.phone is None
    assert value(found.contact) == "乙某"


def test_a_masked_telephone_is_reported() -> None:
    text = answer("关于第64号建议的答复", foot="联系人：乙某，联系电话：0573-8888××××")
    assert "phone_masked" in {doubt.code for doubt in read(text).doubts}


def test_a_deputy_whose_name_is_masked_is_reported() -> None:
    found = read(answer("关于第64号建议的答复", to="甲某、李××、乙某代表："))
    assert [name.value for name in found.deputies] == ["甲某", "乙某"]
    assert "deputy_masked" in {doubt.code for doubt in found.doubts}


def test_names_printed_whole_raise_no_doubt() -> None:
    assert "deputy_masked" not in {d.code for d in read(answer("关于第64号建议的答复")).doubts}


# --- what the letter tells of its handling

FORM = """建议办理回复单
建议编号：64
建议标题：加固南河堤防
领衔代表：甲某
承办单位：南山县水利局
交办日期：2024年3月19日
督办领导：丙某
办理类别：B
代表意见：满意
答复日期：2024年6月3日
"""


def test_a_form_gives_every_labelled_field() -> None:
    found = read(FORM + answer("关于县八届人大二次会议第64号建议的答复"))
    assert value(found.number) == "64"
    assert value(found.lead) == "南山县水利局"
    assert str(value(found.assigned_on)) == "2024-03-19"
    assert value(found.leader) == "丙某"
    assert value(found.feedback) == "satisfied"
    assert value(found.letter) == "B"


def test_fields_of_a_form_in_one_line() -> None:
    form = (
        "建议编号：第39号  建议标题：增设公交站点  承办单位：青山区交通运输局  领衔代表：丙某\n"
        "面商时间：2024年6月8日  督办领导：区人大常委会副主任丁某\n"
        "对办理态度：满意  对办理结果：基本满意\n"
    )
    found = read(form + answer("关于区七届人大二次会议第39号建议的答复", opening="现答复如下："))
    assert value(found.number) == "39"
    assert value(found.title) == "增设公交站点"
    assert value(found.lead) == "青山区交通运输局"
    assert [str(day.value) for day in found.met] == ["2024-06-08"]
    assert value(found.leader) == "丁某"
    assert (value(found.attitude), value(found.feedback)) == ("satisfied", "basically_satisfied")


@pytest.mark.parametrize(
    ("sentence", "feedback"),
    [
        ("对此，代表表示满意。", "satisfied"),
        ("甲某代表对办理结果表示基本满意。", "basically_satisfied"),
        ("代表对答复不满意。", "dissatisfied"),
        ("您对办理情况表示满意。", "satisfied"),
        ("如代表不满意，我们再次办理。", None),
        ("让群众满意是我们的目标。", None),
        ("请您填写满意、基本满意或不满意。", None),
        ("我们将努力提高代表满意度。", None),
    ],
)
def test_what_the_deputy_said_of_it(sentence: str, feedback: str | None) -> None:
    text = answer("关于第64号建议的答复").replace(BODY, f"{BODY}{sentence}\n")
    assert value(read(text).feedback) == feedback


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("2024年4月16日，我局与您当面沟通，听取意见。", "2024-04-16"),
        ("我局于2024年4月16日与代表面商，达成一致。", "2024-04-16"),
        ("我局于2024年4月16日会同市公安局、南湖街道到现场查看，并与您见面沟通。", "2024-04-16"),
        ("2024年3月27日我局到现场踏勘，2024年4月16日与代表进行了面商。", "2024-04-16"),
        ("我局于2024年4月16日召开专题会议。", None),
        ("我局将于2024年4月16日与代表面商。", None),
    ],
)
def test_when_the_deputy_was_met(sentence: str, day: str | None) -> None:
    text = answer("关于第64号建议的答复", foot="县水利局\n2024年6月3日").replace(
        BODY, sentence + "\n"
    )
    assert [str(met.value) for met in read(text).met] == ([day] if day else [])


def test_a_day_without_a_year_takes_the_letters() -> None:
    sentence = "我局于4月16日与代表当面沟通。\n"
    text = answer("关于第64号建议的答复", foot="县水利局\n2024年6月3日").replace(BODY, sentence)
    assert [str(met.value) for met in read(text).met] == ["2024-04-16"]


# --- forms that hold the answer themselves

SHEET = """代表建议办理情况摘要单
编号：城建类第12号　　届次：区四届人大三次会议
建议标题：增设过街天桥
提出人：丙某　　联系方式：138××××0001
附议代表：丁某、戊××
承办单位：南湖街道办事处　　协办单位：区住建局、区公安分局
交办时间：2024年4月2日
办理情况摘要：
辖区学校门口已经施划人行横道。街道将在年底前完成天桥选址。
代表意见：□不满意　☑满意　□基本满意
面商情况：4月23日当面沟通，代表表示理解。
填表日期：2024年6月26日
"""


def test_a_sheet_that_holds_the_answer_is_one() -> None:
    found = read(SHEET)
    assert found.kind.value == "suggestion"
    assert value(found.number) == "城建类12"
    assert value(found.session) == "区四届人大三次会议"
    assert value(found.title) == "增设过街天桥"
    assert value(found.lead) == "南湖街道办事处"
    assert [body.value for body in found.co] == ["区住建局", "区公安分局"]
    assert [name.value for name in found.deputies] == ["丙某", "丁某"]
    assert value(found.feedback) == "satisfied"
    assert [str(day.value) for day in found.met] == ["2024-04-23"]
    assert str(value(found.reply_date)) == "2024-06-26"
    assert {"deputy_masked", "phone_masked"} <= {doubt.code for doubt in found.doubts}


@pytest.mark.parametrize("box", ["□满意　□基本满意　□不满意", "", "很好"])
def test_boxes_that_nobody_ticked_say_nothing(box: str) -> None:
    assert read(SHEET.replace("□不满意　☑满意　□基本满意", box)).feedback is None


@pytest.mark.parametrize(
    ("boxes", "verdict"),
    [
        ("（√）满意  （ ）基本满意  （ ）不满意", "satisfied"),
        ("（ ）满意  （√）基本满意  （ ）不满意", "basically_satisfied"),
        ("满意（ ）  基本满意（ ）  不满意（√）", "dissatisfied"),
        ("□满意  ☑基本满意  □不满意", "basically_satisfied"),
        ("（ ）满意  （ ）基本满意  （ ）不满意", None),
    ],
)
def test_the_box_that_was_ticked(boxes: str, verdict: str | None) -> None:
    foot = f"县水利局\n2024年6月3日\n代表对办理工作的意见：{boxes}"
    assert value(read(answer("关于第64号建议的答复", foot=foot)).feedback) == verdict


def test_a_deputy_met_twice() -> None:
    sentence = "我局于4月11日、5月6日两次与您面谈。\n"
    text = answer("关于第64号建议的答复", foot="县水利局\n2024年6月3日").replace(BODY, sentence)
    assert [str(met.value) for met in read(text).met] == ["2024-04-11", "2024-05-06"]


def test_a_yearly_tally_is_no_sheet() -> None:
    text = "2023年建议办理情况登记表\n我局共承办建议12件，已全部答复，代表满意率100%。\n"
    assert read(text).kind.value == "article"


def test_a_number_below_the_title_counts() -> None:
    text = answer(
        "南岭乡人民政府对闭会期间建议的答复\n（闭会6号）", opening="您的建议收悉，现答复如下："
    )
    found = read(text)
    assert (value(found.number), value(found.between_sessions)) == ("6", True)


@pytest.mark.parametrize(
    ("self", "sure"),
    [("我局已改造管网。", True), ("管网已经改造。", False), ("我镇管网已改造。", False)],
)
def test_the_issuer_is_sure_where_the_letter_speaks_as_such_a_body(self: str, sure: bool) -> None:
    page = "发布机构：南山县水利局　发布时间：2023-05-20\n"
    text = page + answer("关于县八届人大二次会议第64号建议的答复").replace(BODY, self + "\n")
    lead = read(text).lead
    assert lead is not None
    assert (lead.value, lead.sure) == ("南山县水利局", sure)


def test_a_short_name_in_brackets_is_no_part_of_a_body() -> None:
    opening = "您提出的《关于公交的建议》收悉，我局会同市公交集团有限公司（以下简称公交公司）研究，现答复如下："
    found = read(answer("市交通局关于市八届人大三次会议第64号建议的答复", opening=opening))
    assert [body.value for body in found.co] == ["市公交集团有限公司"]


def test_the_source_beside_the_size_of_type_is_read() -> None:
    text = answer(
        "对县八届人大二次会议第64号建议的答复\n"
        "时间：2021-07-22 09:20　来源：县水利局　字体：[大 中 小]"
    )
    found = read(text)
    assert str(value(found.publish_date)) == "2021-07-22"
    assert value(found.lead) == "县水利局"


def test_a_row_of_a_menu_says_nothing_of_the_letters_disclosure() -> None:
    menu = "公开指南 公开制度 公开目录 依申请公开\n"
    assert read(menu + answer("关于县八届人大二次会议第64号建议的答复")).disclosure is None


def test_a_seal_between_body_and_date_hides_no_signer() -> None:
    foot = "市民政局\n（盖章）\n2023年8月11日"
    assert value(read(answer("关于第64号建议的答复", foot=foot)).lead) == "市民政局"


def test_a_page_without_a_headline_gives_number_session_and_title() -> None:
    text = (
        "【建议】第五届县人大第三次会议代表建议第21号\n标题：关于改造东街管网的建议\n"
        f"内容：东街雨天积水。\n甲某代表：您提出的建议已收悉，经研究答复如下：\n{BODY}县住建局\n2022年4月12日\n"
    )
    found = read(text)
    assert value(found.number) == "21"
    assert value(found.session) == "第五届县人大第三次会议"
    assert value(found.title) == "关于改造东街管网的建议"


def test_a_class_between_the_letters_number_and_who_signs_it() -> None:
    text = "南政办提〔2021〕15号    B类    签发人：戊某\n" + answer("关于第64号建议的答复")
    found = read(text)
    assert (value(found.letter), value(found.doc_no)) == ("B", "南政办提〔2021〕15号")


# --- the body that writes is never another


@pytest.mark.parametrize(
    ("short", "name", "same"),
    [
        ("县交运局", "南山县交通运输局", True),
        ("县交通局", "南山县交通运输局", True),
        ("国办", "国务院办公厅", True),
        ("市发展改革委", "东江市发展和改革委员会", True),
        ("市发改委", "东江市发展和改革委员会", True),
        ("市住建局", "市住房和城乡建设局", True),
        ("县政府", "南山县人民政府", True),
        ("县财政局", "南山县交通运输局", False),
        ("市交运局", "南山县交通运输局", False),
        ("市公安局", "市公安局交警支队", False),
        ("局", "市水利局", False),
    ],
)
def test_a_name_in_short(short: str, name: str, same: bool) -> None:
    assert bodies.is_short_for(short, name) is same


@pytest.mark.parametrize(
    ("sentence", "department"),
    [
        ("县交运局将于2024年10月底前完成招标。", None),
        ("待方案审定后，该局将启动前期工作。", None),
        ("县财政局将在2024年年底前安排资金。", "县财政局"),
        ("县财政局将安排资金。该局将在2024年年底前拨付。", "县财政局"),
    ],
)
def test_the_lead_under_another_name_is_no_department(
    sentence: str, department: str | None
) -> None:
    text = answer(
        "南山县交通运输局关于县十六届人大三次会议第64号建议的答复",
        foot="南山县交通运输局\n2024年6月3日",
    ).replace(BODY, f"一、下一步工作\n{sentence}\n")
    measures = draft(text).measures
    assert measures
    assert value(measures[-1].department) == department
