"""`npcreply add --from` on the screen: what it looks like, and candidates that fill several pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from npcreply.extract.candidates import candidates
from npcreply.extract.draft import draft
from npcreply.extract.points import points
from tests.commands.made import texts
from tests.conftest import ROOT, Make, Place, Run


@pytest.mark.parametrize("columns", [60, 100])
def test_screens_of_an_ordinary_letter(
    office: Place, run: Run, letter: str, golden: Callable[[str, str], None], columns: int
) -> None:
    said = run("add", "--from", letter, columns=columns, answers=("", "v 2", ""))
    assert said.code == 0, said.err
    golden(f"add-from-{columns}", said.out)


def test_more_than_fits_comes_in_pages(
    office: Place, run: Run, long: str, golden: Callable[[str, str], None]
) -> None:
    answers = ("", "", "-5 -30", "<", "v 3", "", "", "", "", "", "", "", "")
    said = run("add", "--from", long, columns=80, answers=answers, env={"LINES": "24"})
    assert said.code == 0, said.err
    golden("add-from-pages", said.out)
    assert "第 1/" in said.out
    whole = len(texts(office)) + 2
    assert whole > 40
    run("undo")
    said = run("add", "--from", long, columns=80, answers=("", "", "a"), env={"LINES": "24"})
    assert len(texts(office)) >= whole


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (("0",), ()),
        (("1,2", *[""] * 20), (1, 2, "later")),
        (("", "<", "<", "", "0"), ()),
        (("4,40", *[""] * 20), (4, 40)),
        (("4,40", "y"), (4, 40)),
    ],
)
def test_pages_keep_what_was_chosen(
    office: Place, run: Run, long: str, answers: tuple[str, ...], kept: tuple[object, ...]
) -> None:
    said = run("add", "--from", long, columns=80, answers=("", *answers), env={"LINES": "24"})
    assert said.code == 0, said.err
    found = texts(office)
    if "later" in kept:
        assert len(found) > 30
        assert not any("城南3号" in text for text in found)
    else:
        assert len(found) == len(kept)


def test_what_was_chosen_stays_when_the_days_are_counted_again(
    office: Place, run: Run, long: str
) -> None:
    lines = {"LINES": "24"}
    answers = ("", "4,40", "<", "<", "9", "2022-05-20", "", "y")
    said = run("add", "--from", long, columns=80, answers=answers, env=lines)
    assert said.code == 0, said.err
    assert len(texts(office, "2022/2022-58")) == 2


def test_leaving_from_the_second_page_keeps_the_ticks(office: Place, run: Run, long: str) -> None:
    env = {"LINES": "24"}
    said = run("add", "--from", long, columns=80, answers=("", "4,40", "", "q"), env=env)
    assert said.code == 130
    said = run("add", "--resume", columns=80, answers=("", *[""] * 20), env=env)
    assert said.code == 0, said.err
    assert len(texts(office)) == 2


def test_a_wide_and_a_high_terminal_has_one_page(office: Place, run: Run, long: str) -> None:
    said = run("add", "--from", long, columns=140, answers=("", ""), env={"LINES": "200"})
    assert said.code == 0, said.err
    assert len(texts(office)) > 40


@pytest.mark.parametrize("name", ["001", "004"])
@pytest.mark.parametrize(("columns", "rows"), [(80, "24"), (100, "30")])
def test_an_ordinary_reply_takes_six_answers_and_one_for_each_doubtful_value_at_most(
    workspace: Make, run: Run, name: str, columns: int, rows: str
) -> None:
    """The real replies among the texts that the reading was developed with, where they are."""
    place = workspace({})
    letters = [*(ROOT.parent / "shared" / "gold" / "texts").glob(f"{name}_*.txt")]
    if not letters:
        pytest.skip("the annotated texts are not here")
    found = draft(letters[0].read_text("utf-8"))
    chosen = [one for one in candidates(found) if one.main.sure]
    doubtful = len([*points(found, chosen, {})])
    assert doubtful < 3
    answers, env = ("",) * (6 + doubtful), {"LINES": rows}
    said = run("add", "--from", str(letters[0]), columns=columns, answers=answers, env=env)
    assert said.code == 0, said.err
    assert len([*(place.root / "replies").rglob("*.yaml")]) == 1
