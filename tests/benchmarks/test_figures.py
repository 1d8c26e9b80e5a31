"""The runner of the benchmarks takes no answer but the one that was made, and says what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import figures, peers, run, tables
from benchmarks.figures import Bench
from benchmarks.made import BODIES, DAY, MIXES, Made, workspace
from benchmarks.tables import Runs
from npcreply.store.checking import check_workspace
from npcreply.store.contract import read

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    root = tmp_path / "workspace"
    root.mkdir()
    return Bench(workspace(root, 100), tmp_path)


def rows(made: Made, **changed: str) -> list[dict[str, str]]:
    """What an export of the workspace says, some of it changed."""
    return [{"id": item.id, "status": changed.get(item.id, item.status)} for item in made.items]


def test_an_answer_that_was_made_is_right_and_any_other_is_not(bench: Bench) -> None:
    def said(found: Any) -> str:
        return figures.statuses_in_json(json.dumps(found).encode(), bench)

    assert said(rows(bench.made)) == ""
    assert "1 missing" in said(rows(bench.made)[1:])
    late = min(bench.late)
    assert "1 too many" in said(rows(bench.made, **{late: "open"}))
    late_rows = [row for row in rows(bench.made) if row["status"] == "overdue"]
    assert figures.is_late_in_json(json.dumps(late_rows).encode(), bench) == ""
    assert "1 missing" in figures.is_late_in_json(json.dumps(late_rows[1:]).encode(), bench)


def test_what_is_late_is_asked_with_all_that_the_screen_says(bench: Bench) -> None:
    soon = sum(item.status == "due_soon" for item in bench.made.items)
    undated = sum(item.status in ("undated", "conditional") for item in bench.made.items)
    head = f"逾期 {len(bench.late)} 项  30 天内到期 {soon} 项  未定时限 {undated} 项\n"
    text = head + "".join(f"逾期  红  9  {name}  2023-01-01\n" for name in sorted(bench.late))
    assert figures.is_late(text.encode(), bench) == ""
    assert "not said" in figures.is_late(text.replace(f"{soon} 项", "77 项").encode(), bench)
    assert "1 missing" in figures.is_late(text.rpartition("逾期  红")[0].encode(), bench)


def test_peers_get_every_promise_that_is_late_and_their_answers_are_read(bench: Bench) -> None:
    made = bench.made
    for peer in peers.PEERS:
        folder = bench.folder / peer.name
        folder.mkdir()
        peer.fill(folder, made)
        text = "".join(p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file())
        assert all(item.text in text for item in made.items), peer.name
        assert all(body in text for body in {item.body for item in made.items}), peer.name
    late = sorted(made.late)
    texts = {item.id: item.text for item in made.items}
    taskwarrior, hledger, todoman = peers.PEERS
    lines = "".join(f"2023-01-01 {BODIES[0]} {name} {texts[name]}\n" for name in late)
    assert taskwarrior.ids(lines.encode()) == made.late
    table = "".join(f'"1","2023-01-01","","{name} {texts[name]}","承诺"\n' for name in late)
    assert hledger.ids(f'"txnidx","date","code","description","account"\n{table}'.encode()) == (
        made.late
    )
    todos = [{"summary": f"{name} {texts[name]}"} for name in late]
    assert todoman.ids(json.dumps(todos).encode()) == made.late


@pytest.mark.parametrize("mix", sorted(MIXES))
def test_check_finds_nothing_in_what_is_made(tmp_path: Path, mix: str) -> None:
    """Also where no promise has a day, and where the record's number looks like a year."""
    workspace(tmp_path, 600, mix)
    for number, path in enumerate(sorted(tmp_path.glob("replies/*/*.yaml")), 1900):
        new = f"{path.stem[:4]}-0{number}"
        text = path.read_text("utf-8").replace(path.stem, new)
        text = text.replace(f'number: "{path.stem[5:]}"', f'number: "{new[5:]}"')
        path.with_stem(new).write_text(text, "utf-8")
        path.unlink()
    schema = read.load(tmp_path / "schema.yaml")
    found, count = check_workspace(tmp_path, schema, date.fromisoformat(DAY))
    assert (found, count) == ([], 120)


def test_a_mistyped_figure_or_size_is_an_error() -> None:
    with pytest.raises(SystemExit, match="no such figure"):
        figures.chosen(["overdeu"])
    names = [figure.name for figure in figures.chosen(["--known-on"])]
    assert names == [figures.PLAIN, "overdue --known-on"]
    assert run.sizes("1k, 250,10k") == [1000, 250, 10_000]
    with pytest.raises(Exception, match="at least"):
        run.sizes("1k,5")


def test_tables_say_multiples_and_how_time_grows() -> None:
    results = {
        1000: {"overdue": Runs([0.2, 0.1], [0.2, 0.2], 20, base=[0.01, 0.02])},
        10_000: {
            "overdue": Runs([0.2, 0.4], [0.2, 0.2], 22, base=[0.01, 0.02]),
            "export (csv)": Runs([2.0], [3.0], 30, base=[0.01]),
        },
    }
    assert tables.growth(results, "overdue") == "0.30"
    text = tables.page(results)
    assert "| **npcreply overdue** | 10.0 (10.0) | 20.0 (20.0) | 22 | 0.30 |" in text
    assert "| export (csv) |  | 2.00 s, 200.0 P | 30 |  |" in text
    assert tables.from_json(json.loads(json.dumps(tables.as_json(results)))) == results


def test_figures_of_another_version_are_not_mixed(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"of": "one", "sizes": {}}), "utf-8")
    assert run.known(path, "one") == run.known(None, "") == {}
    with pytest.raises(SystemExit, match="one"):
        run.known(path, "other")


def test_the_one_command_measures_a_figure_and_prints_it(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "benchmarks" / "run.py"), "--sizes", "100"]
    kept = tmp_path / "results.json"
    asked = [*script, "--rounds", "1", "--only", "completing --dept", "--results", str(kept)]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "| completing --dept | " in done.stdout
    found = tables.from_json(json.loads(kept.read_text("utf-8"))["sizes"])
    assert len(found[100]["completing --dept"].cpu) == 1
    if os.name == "posix":
        assert 5 < found[100][figures.PASS].memory < 40
