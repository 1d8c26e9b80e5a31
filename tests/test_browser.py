"""The meeting's page in a browser: drawn as its data say, no wider than its window, one sheet."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import crowd
from tests.conftest import BROKEN, Make, Run
from tests.markup import tree

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
BROWSER = next(filter(None, map(shutil.which, BROWSERS)), None)
WIDTHS = (390, 800, 1200)
# Every window is a frame of this page, which may look into it; the page itself has no script.
LOOKING = """\
<!doctype html><meta charset="utf-8"><body><script>
const found = {}, widths = WIDTHS;
function look(frame, width) {
  const page = frame.contentDocument, root = page.documentElement;
  const boxes = [...page.querySelectorAll("svg[role=img]")].map(svg => {
    const all = svg.getBoundingClientRect();
    return {
      marks: [...svg.querySelectorAll(".mark")].map(mark => {
        const box = mark.getBoundingClientRect();
        return [mark.dataset.count, box.width > 0 && box.height > 0];
      }),
      outside: [...svg.querySelectorAll("text, .mark")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.left < all.left - 1 || box.right > all.right + 1
          || box.top < all.top - 1 || box.bottom > all.bottom + 1;
      }).map(one => one.textContent),
    };
  });
  const small = [...page.querySelectorAll("svg[role=img] text")]
    .map(text => parseFloat(getComputedStyle(text).fontSize)
      * text.ownerSVGElement.getBoundingClientRect().width / 332);
  found[width] = {
    wide: root.scrollWidth, boxes, smallest: Math.min(...small),
    fill: getComputedStyle(page.querySelector(".mark.late")).fill,
  };
}
let left = widths.length;
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style = `border:0;height:900px;width:${width}px`;
  frame.onload = () => {
    look(frame, width);
    if (--left === 0) document.title = JSON.stringify(found);
  };
  frame.src = "page.html";
  document.body.append(frame);
}
</script>
"""

SEVERAL_YEARS = {
    name.replace("2023", str(year)): text.replace("year: 2023", f"year: {year}")
    for year in range(2018, 2023)
    for name, text in crowd.records(9, "乙").items()
}

ALL = "NPCREPLY_FULL" in os.environ  # .ci/run --full installs what is needed: nothing is skipped
pytestmark = pytest.mark.skipif(BROWSER is None and not ALL, reason="no Chromium is installed")
Seen = Callable[..., Path]


def browser(folder: Path, *options: str) -> str:
    """Run the browser without a window; return what it printed."""
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    command += [f"--user-data-dir={folder / 'profile'}", *options]
    done = subprocess.run(command, capture_output=True, check=True, timeout=180)
    return done.stdout.decode("utf-8")


@pytest.fixture
def seen(workspace: Make, run: Run, tmp_path: Path) -> Seen:
    """Write the page of the crowded office where the browser finds it."""

    def write(*options: str) -> Path:
        broken = {f"2023/2023-9{number}": BROKEN for number in range(100, 108)}
        workspace({**crowd.records(), **broken})
        path = tmp_path / "page.html"
        path.write_bytes(run("report", *options).data)
        return path

    return write


@pytest.mark.parametrize("years", [False, True])
def test_every_mark_is_seen_at_three_widths(seen: Seen, workspace: Make, years: bool) -> None:
    if years:
        workspace(SEVERAL_YEARS)
    page = seen("--full")
    looking = page.with_name("looking.html")
    looking.write_text(LOOKING.replace("WIDTHS", json.dumps(WIDTHS)), "utf-8")
    printed = browser(
        page.parent, "--allow-file-access-from-files", "--virtual-time-budget=20000",
        "--dump-dom", looking.as_uri(),
    )  # fmt: skip
    found: dict[str, Any] = json.loads(html.unescape(re.search("<title>(.*?)</title>", printed)[1]))  # type: ignore[index]
    drawn = tree(page.read_text("utf-8")).all("svg", role="img")
    counts = [[m.attributes["data-count"] for m in svg.all(class_="mark")] for svg in drawn]
    assert sum(map(len, counts)) > 60
    for width in WIDTHS:
        window = found[str(width)]
        assert window["wide"] <= width
        assert window["fill"] == "rgb(155, 28, 28)"
        assert window["smallest"] >= 10
        for box, expected in zip(window["boxes"], counts, strict=True):
            assert [count for count, _visible in box["marks"]] == expected
            assert all(visible for _count, visible in box["marks"])
            assert box["outside"] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_prints_on_one_sheet(seen: Seen, language: str) -> None:
    options = ("--lang", language, "--known-on", "2024-01-05", "--text", crowd.LONG)
    assert pages(seen(*options)) == [(595, 842)]


def test_years_are_the_back_of_the_sheet(seen: Seen, workspace: Make) -> None:
    workspace(SEVERAL_YEARS)
    assert pages(seen()) == [(595, 842)] * 2


def test_all_rows_begin_on_a_sheet_of_their_own(seen: Seen) -> None:
    assert len(pages(seen("--full"))) > 2


def pages(page: Path) -> list[tuple[int, int]]:
    """The sizes of the sheets, in points, that the browser prints the page on."""
    paper = page.with_suffix(".pdf")
    browser(page.parent, "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri())
    boxes = re.findall(rb"/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]", paper.read_bytes())
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]
