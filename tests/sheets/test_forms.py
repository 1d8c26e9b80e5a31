"""A form: labels with their values beside them."""

from pathlib import Path

from npcreply.sheets import forms, workbook
from tests.sheets.made import book

FORM: list[list[object]] = [
    ["落实情况登记表"],
    ["填表单位：市水利局    2023年11月  日填"],
    ["案号", "107", "现办复类别", "B"],
    ["案由", "关于整治城区河道的建议"],
    ["答复中承诺的事项", "年内整治河道12公里"],
    ["目前落实情况", "已整治9公里"],
    ["未落实到位的原因", "汛期停工"],
    ["下一步措施", "11月底前复工"],
    ["拟调整类别", None, "分管领导签字"],
]


def test_labels_and_values(tmp_path: Path) -> None:
    form = forms.find(workbook.read(book(tmp_path / "表.xlsx", {"表": FORM})).sheets[0])
    assert form
    assert {name: [cell.text for cell in cells] for name, cells in form.values.items()} == {
        "reply.number": ["107"],
        "reply.class": ["B"],
        "reply.title": ["关于整治城区河道的建议"],
        "measure.text": ["年内整治河道12公里"],
        "log.value": ["已整治9公里"],
        "measure.note": ["汛期停工", "11月底前复工"],
    }
    assert [cell.address for cell in form.titles] == ["A1", "A2"]
    assert form.loose == ()


def test_a_table_is_no_form(tmp_path: Path) -> None:
    rows = [["案号", "案由", "目前落实情况"], ["107", "关于河道的建议", "在建"]]
    path = book(tmp_path / "表.xlsx", {"表": rows})
    assert forms.find(workbook.read(path).sheets[0]) is None
