"""`draft --explain`: each value with its words, its rule and what spoke against it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from npcreply.views.rules import TABLES, told
from tests.commands.letters import ARTICLE
from tests.conftest import ROOT, Place, Run
from tests.extract.passages import passages

READING = (ROOT / "docs" / "reading.md").read_text("utf-8")


def example() -> tuple[str, str]:
    """The letter of docs/reading.md and what the page says that comes of it."""
    found = re.search(
        r"```text\n(.*?)```\n\n```console\n\$ npcreply draft --explain 答复.txt\n(.*?)```",
        READING,
        re.DOTALL,
    )
    assert found
    return found[1], found[2]


def test_the_page_on_reading_shows_what_comes(office: Place, run: Run) -> None:
    letter, expected = example()
    (office.root / "答复.txt").write_text(letter, "utf-8")
    said = run("draft", "--explain", "答复.txt")
    assert said.code == 0
    assert said.out == expected


def test_every_value_has_words_rule_and_doubt_in_json(office: Place, run: Run) -> None:
    letter, _screen = example()
    (office.root / "答复.txt").write_text(letter, "utf-8")
    rows = run("draft", "--explain", "--json", "答复.txt").rows
    by_name = {row["name"]: row for row in rows}
    day = by_name["时限"]
    assert (day["quote"], day["line"], day["sure"]) == ("11月31日前", 8, False)
    assert (day["doubt"], day["rule"], day["depth"]) == ("no_such_day", "impossible_day", 1)
    assert "没有“11月31日前”这一天" in str(day["reason"])
    for row in rows:
        start, end = row["start"], row["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert letter[start:end] == row["quote"]


def test_a_text_that_is_no_reply_says_so(office: Place, run: Run) -> None:
    (office.root / "news.txt").write_text(ARTICLE, "utf-8")
    said = run("draft", "--explain", "news.txt")
    assert said.code == 0
    assert said.out.startswith("这是报道、文章，不是给代表或委员的答复")


def test_explain_looks_at_one_letter(run: Run, letter: str) -> None:
    assert run("draft", letter, "--explain", "--out", "drafts").code == 2
    assert not Path("drafts").exists()


@pytest.mark.parametrize("name", ["tuned", "second", "fourth"])
def test_every_rule_is_told_in_plain_words(office: Place, run: Run, name: str) -> None:
    for passage in passages(name)[:10]:
        (office.root / "x.txt").write_text(passage.text, "utf-8")
        for row in run("draft", "--explain", "--json", "x.txt").rows:
            assert row["because"] != f"[{row['rule']}]"


def test_a_rule_without_words_is_told_by_its_name() -> None:
    assert "will" in TABLES["promise"]
    assert told("promise", "no_such_rule") == "[no_such_rule]"
