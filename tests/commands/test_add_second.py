"""`add --from FILE --draft OTHER`: a draft made elsewhere, checked word for word, laid beside ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.letters import REPLY
from tests.commands.made import data, texts
from tests.conftest import Place, Run

RIVER = "我局将在2023年底前整治河道12公里以上"
BOOK = "市教育局将于2023年10月底前编写护河读本"
PAST = "截至2023年4月底，已整治河道5.5公里"


@pytest.fixture
def other(office: Place, letter: str) -> Path:
    return office.root / "other.json"


def told(run: Run, other: Path, content: Any, *options: str) -> list[str]:
    """The lines that compare our reading with a draft of `content`, entered with --yes."""
    other.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    said = run("add", "--from", "58.txt", "--draft", "other.json", "--yes", "--dry-run", *options)
    assert said.code == 0, said.err
    lines = said.err.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("对照 other.json"))
    return [line for at, line in enumerate(lines[first:]) if not at or line.startswith("  ")]


def test_our_own_draft_agrees_with_itself(office: Place, run: Run, other: Path) -> None:
    own = json.loads(run("draft", "58.txt", "--json").out)
    assert told(run, other, own) == [
        "对照 other.json：承诺和指标相同 3 项，抬头相同 6 处。它读到的都算存疑。"
    ]


def test_what_only_one_has_and_what_differs_is_shown(run: Run, other: Path) -> None:
    lines = told(
        run,
        other,
        {
            "measures": [
                {"quote": RIVER},
                {"quote": PAST, "deadline": {"date": "2023-04-30", "quote": "2023年4月底"}},
            ],
            "targets": [{"quote": "整治河道12公里以上", "value": 12, "unit": "公里"}],
        },
    )
    assert lines[1:] == [
        f"  不同：“{RIVER}”  时限它写 没有，这里 2023-12-31",
        f"  只有它有：“{PAST}”",
        "  只有这里有：“市教育局将于2023年10月底前编写护河读本。”",
        "  只有这里有：“（三）力争实现城区河道全部达标。”",
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            {"measures": [{"quote": "我局将新建桥梁3座"}]},
            "第 1 项承诺 “我局将新建桥梁3座”  引文不在原文里",
        ),
        (
            {"measures": [{"quote": RIVER, "deadline": {"date": "2023-10-31"}}]},
            "第 1 项承诺 “2023-10-31”  引文里的日子是 2023年底前=2023-12-31",
        ),
        (
            {"measures": [{"quote": "力争实现城区河道全部达标", "deadline": "2024-12-31"}]},
            "第 1 项承诺 “2024-12-31”  引文里没有日子",
        ),
        (
            {"targets": [{"quote": "整治河道12公里以上", "value": 15, "unit": "公里"}]},
            "第 1 个指标 “15公里”  引文里没有这个数；有的是 12公里以上",
        ),
        (
            {"targets": [{"quote": "整治河道12公里以上", "value": 12, "unit": "万元"}]},
            "第 1 个指标 “12万元”  引文里没有这个数；有的是 12公里以上",
        ),
        (
            {"targets": [{"quote": "编写护河读本", "value": 3}]},
            "第 1 个指标 “3”  引文里没有数",
        ),
        (
            {"targets": [{"quote": "河道12公里以上", "value": 12, "comparator": "<="}]},
            "第 1 个指标 “<=”  引文里说的不是这个意思（12公里以上）",
        ),
        (
            {"measures": [{"quote": BOOK, "department": "市卫健委"}]},
            "第 1 项承诺 “市卫健委”  不在引文里",
        ),
        (
            {"measures": [{"quote": BOOK, "cadence": [{"every": "month"}]}]},
            "第 1 项承诺 “month”  引文里没有这个周期",
        ),
        ({"measures": [{"quote": BOOK, "force": "一定"}]}, "第 1 项承诺 “一定”  没有这种力度"),
        ({"reply": {"number": "76"}}, "抬头 “number：76”  原文里没有"),
        ({"reply": {"reply_date": "2023-05-21"}}, "抬头 “reply_date：2023-05-21”  原文里没有"),
        ({"measures": [BOOK]}, f"第 1 项承诺 “{BOOK}”  要写成 {{…}}"),
        ({"measures": [{"text": "x"}]}, "没有引文（quote）"),
        ({"measures": {"quote": BOOK}}, "要写成 […]，最多 1000 项"),
        (
            {"measures": [{"id": 1, "quote": BOOK}, {"id": 1, "quote": RIVER}]},
            "编号 1 写了两次",
        ),
        ({"measures": [{"quote": BOOK, "deadline": "2023-02-30"}]}, "写法不对"),
        ({"targets": [{"quote": "河道12公里", "value": "十二"}]}, "value：十二”  写法不对"),
        ({"reply": [1]}, "抬头 “[Decimal('1')]”  要写成 {…}"),
        ({"reply": {"title": 7, "year": 2023.5}, "measures": None}, "title：7”  写法不对"),
    ],
)
def test_what_does_not_stand_in_the_letter_is_refused_by_name(
    run: Run, other: Path, content: Any, line: str
) -> None:
    lines = [one for one in told(run, other, content) if one.startswith("  没有采用：")]
    assert any(line in one for one in lines), lines


def test_yes_saves_nothing_of_theirs(office: Place, run: Run, other: Path) -> None:
    other.write_text(json.dumps({"measures": [{"quote": PAST}]}), "utf-8")
    assert run("add", "--from", "58.txt", "--draft", "other.json", "--yes").code == 0
    assert len(texts(office)) == 3
    assert not any("5.5公里" in text for text in texts(office))


def test_what_the_clerk_takes_of_theirs_is_saved_with_its_words(
    office: Place, run: Run, other: Path
) -> None:
    content = {
        "measures": [{"quote": PAST, "deadline": {"date": "2023-04-30", "quote": "2023年4月底"}}],
        "targets": [
            {"quote": "整治河道5.5公里", "indicator": "河道", "value": 5.5, "unit": "公里"}
        ],
    }
    other.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    said = run("add", "--from", "58.txt", "--draft", "other.json", answers=("", "v 1", "1"))
    assert said.code == 0, said.err
    assert "存疑：只有另一份草稿读到，这里没有" in said.out
    (promise,) = data(office)["measures"]
    quote = promise["quote"]
    assert REPLY[int(quote["start"]) : int(quote["end"])] == PAST == quote["text"]
    assert promise["deadline"]["date"] == "2023-04-30"
    assert promise["targets"][0]["value"] == "5.5"


def test_a_quote_may_be_broken_by_the_page(run: Run, other: Path) -> None:
    lines = told(run, other, {"measures": [{"quote": RIVER[:9] + "\n  " + RIVER[9:]}]})
    assert not any("没有采用" in line for line in lines)


def test_a_header_value_that_we_lack_is_offered_and_not_saved(
    office: Place, run: Run, other: Path
) -> None:
    text = REPLY.replace("（第58号）", "（水利类58）").replace("第58号", "有关")
    (office.root / "58.txt").write_text(text, "utf-8")
    other.write_text(json.dumps({"reply": {"number": "58"}}), "utf-8")
    options = ("--from", "58.txt", "--draft", "other.json")
    assert run("add", *options, "--yes").code == 2
    said = run("add", *options, answers=("", "y", "", "", ""))
    assert said.code == 0, said.err
    assert "编号  58？（存疑，不录）" in said.out
    assert office.path("2023/2023-58").exists()


def test_a_letter_left_with_its_second_draft_goes_on_with_it(
    office: Place, run: Run, other: Path
) -> None:
    other.write_text(json.dumps({"measures": [{"quote": PAST}]}), "utf-8")
    said = run("add", "--from", "58.txt", "--draft", "other.json", answers=("", "q"))
    assert said.code == 130
    other.unlink()
    said = run("add", "--resume", answers=("", "1"))
    assert said.code == 0, said.err
    assert "对照 other.json" in said.err
    assert "5.5公里" in texts(office)[0]


HOSTILE = {
    "not utf-8": ('{"measures": []}'.encode("utf-16"), "不是 UTF-8 编码"),
    "no json": ("承诺三项".encode(), "第 1 行第 1 个字起不是 JSON"),
    "empty": (b"", "不是 JSON"),
    "a list": (b"[1, 2]", "要有 reply、measures 或 targets"),
    "another object": (b'{"a": 1}', "要有 reply、measures 或 targets"),
    "deep": (b'{"measures": ' + b"[" * 200_000, "一层套一层，太深"),
    "nan": (b'{"measures": [{"quote": "x", "value": NaN}]}', "NaN 不是数"),
    "infinite": (b'{"measures": [], "x": -Infinity}', "-Infinity 不是数"),
    "many digits": (b'{"measures": [], "x": ' + b"9" * 9999 + b"}", "太大或太长"),
    "large exponent": (b'{"measures": [], "x": 1e999999}', "太大或太长"),
    "a key twice": (b'{"measures": [], "measures": []}', "“measures”写了两次"),
    "large": (b" " * (5 * 1024 * 1024 + 1), "超过 5 MB"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_draft_is_one_sentence(
    office: Place, run: Run, other: Path, case: str
) -> None:
    content, words = HOSTILE[case]
    other.write_bytes(content)
    before = office.files()
    said = run("add", "--from", "58.txt", "--draft", "other.json", "--yes")
    assert said.code == 1, said.err
    (line,) = [line for line in said.err.splitlines() if line.startswith("错误：")]
    assert "other.json 不是能对照的草稿" in line
    assert words in line
    assert office.files() == before


def test_strange_characters_do_no_harm(run: Run, other: Path) -> None:
    content = {"measures": [{"quote": "\ud800\x00\x1b[31m"}, {"quote": "。"}, {"quote": RIVER}]}
    other.write_text(json.dumps(content), "utf-8")
    said = run("add", "--from", "58.txt", "--draft", "other.json", "--yes", "--dry-run")
    assert said.code == 0, said.err
    assert "\x1b[31m" not in said.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--draft", "other.json"), "--draft 只和 --from 一起用"),
        (("--from", "58.txt", "58.txt", "b.txt", "--draft", "other.json"), "--draft 只能给一份"),
        (("--from", "58.txt", "--draft", "没有.json"), "没有.json"),
    ],
)
def test_options_that_cannot_be(
    run: Run, other: Path, options: tuple[str, ...], words: str
) -> None:
    said = run("add", *options, "--yes")
    assert said.code in (1, 2)
    assert words in said.err
