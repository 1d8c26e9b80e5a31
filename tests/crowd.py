"""A crowded office: more departments, states and targets than one page of paper has room for."""

from __future__ import annotations

DEPARTMENTS = (
    *("市水利局", "市教育局", "市财政局", "市发展改革委", "市住房和城乡建设局", "市卫生健康委员会"),
    *("市人力资源和社会保障局", "市农业农村局", "市交通运输局", "市民政局", "市自然资源和规划局"),
    *("各县（市、区）人民政府、市级功能区管委会", "市市场监督管理局", "市文化广电旅游体育局"),
)
_CLOSED = "    closings:\n      - {{on: {day}, as: {how}{more}}}\n"
STATES = (
    "    deadline: {date: 2023-06-30}\n",
    "    deadline: {date: 2021-06-30}\n",
    "    deadline: {date: 2023-12-20}\n",
    "    deadline: {date: 2024-01-05}\n",
    "    deadline: {date: 2024-01-25}\n",
    "    deadline: {date: 2024-12-31}\n",
    "",
    "    force: conditional\n",
    "    deadline: {date: 2023-10-01}\n" + _CLOSED.format(day="2023-09-01", how="done", more=""),
    "    deadline: {date: 2023-10-01}\n" + _CLOSED.format(day="2023-10-01", how="done", more=""),
    "    deadline: {date: 2023-10-01}\n" + _CLOSED.format(day="2023-11-01", how="done", more=""),
    _CLOSED.format(day="2023-11-01", how="dropped", more=", reason: 不再需要"),
    _CLOSED.format(day="2023-11-01", how="superseded", more=", reason: 另有一项"),
)
MET = """\
    targets:
      - {id: 1, indicator: 建成公厕, kind: level, comparator: ">=", value: 20, unit: 座}
    log:
      - {on: 2023-11-30, target: 1, value: 21, unit: 座}
"""
FAR = """\
    targets:
      - {{id: 1, indicator: {name}, kind: level, comparator: ">=", value: 1200, unit: 万平方米, start: 2023-01-01}}
    log:
      - {{on: 2023-11-30, target: 1, value: {value}, unit: 万平方米}}
"""
LONG = "加快推进城区老旧管网和沿河截污工程改造并建立长效管护机制" * 3


def records(count: int = 30, text: str = LONG) -> dict[str, str]:
    """Return `count` records of 14 departments with every status, and four that nobody answered."""
    asked = (_asked(number, text) for number in range(count + 1, count + 5))
    return dict([*(_record(number, text) for number in range(1, count + 1)), *asked])


def _asked(number: int, text: str) -> tuple[str, str]:
    """Nobody has answered, neither the lead nor a co-handler."""
    rows = [
        "kind: suggestion",
        "year: 2023",
        f'number: "{number:04}"',
        f"title: 关于第{number}件事的建议{text}",
        f"lead: {DEPARTMENTS[number % len(DEPARTMENTS)]}",
        f"co: [{{body: {DEPARTMENTS[0]}, opinion_due: 2023-04-20}}]",
        "assigned_on: 2023-03-01",
    ]
    return f"2023/2023-{number:04}", "\n".join(rows) + "\n"


def _record(number: int, text: str) -> tuple[str, str]:
    lead = DEPARTMENTS[number % len(DEPARTMENTS)]
    rows = [
        "kind: suggestion",
        "year: 2023",
        f'number: "{number:04}"',
        f"title: 关于第{number}件事的建议{text}",
        "deputies: [甲代表]",
        f"lead: {lead}",
        "reply_date: 2021-05-20",
        "measures:",
    ]
    for item, state in enumerate(STATES[number % 3 :], 1):
        rows += [f"  - id: {item}", f"    text: 第{number}件第{item}项{text}", state.rstrip("\n")]
        if item == 1:
            name = f"第{number}件改造面积{text[:20]}"
            rows.append(FAR.format(name=name, value=number * 37).rstrip("\n"))
        if item == 4 and number % 5 == 0:
            rows.append(MET.rstrip("\n"))
    return f"2023/2023-{number:04}", "\n".join(row for row in rows if row) + "\n"
