"""Makes the pictures of the walk-through from real runs: python docs/walkthrough_pictures.py

Screens become SVG, the page a PNG (Chromium, where there is one).
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

from npcreply.render.text import width
from tests import examples

DOCUMENT = examples.ROOT / "docs" / "walkthrough.md"
FOLDER = examples.FILES
SCREENS = {"npcreply pace 12 --explain": "pace.svg", "npcreply overdue": "overdue.svg"}
PAGE = "npcreply report -o 会议.html"
COLUMNS = 100
CELL, LINE = 8, 22
PAPER, INK = "#16181c", "#e6e6e6"


def main() -> None:
    with examples._workspace() as folder:
        here = folder
        for match in examples.BLOCK.finditer(DOCUMENT.read_text("utf-8")):
            day = (match[1] or "").strip()
            for line in match[2].splitlines():
                if line.startswith("$ "):
                    command = line[2:]
                    here, _said = examples.run(command, here, day)
                    if command in SCREENS:
                        _, shown = examples.run(f"{command} --color always", here, day)
                        (FOLDER / SCREENS[command]).write_text(svg(command, shown), "utf-8")
                    if command == PAGE:
                        png(here / "会议.html", FOLDER / "page.png")


def svg(command: str, shown: str) -> str:
    """Each run of one look is a text of its own, as wide as its columns: Chinese takes two."""
    console = Console(width=COLUMNS, color_system="256", file=io.StringIO())
    lines = [f"$ {command}", *shown.rstrip("\n").split("\n")]
    rows = []
    for number, line in enumerate(lines):
        at = 0
        for segment in Text.from_ansi(line).render(console):
            columns = width(segment.text)
            if segment.text.strip():
                rows.append(_text(segment, at, number, columns))
            at += columns
    high = (len(lines) + 1) * LINE
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {(COLUMNS + 2) * CELL} {high}">'
    style = f"text{{font:{CELL * 2}px 'Noto Sans Mono CJK SC','Sarasa Mono SC',SimSun,monospace;white-space:pre}}"
    title = f"<title>{escape(command)}</title>"
    back = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    return "\n".join([head, title, f"<style>{style}</style>", back, *rows, "</svg>"]) + "\n"


def _text(segment: Segment, at: int, number: int, columns: int) -> str:
    style = segment.style or Style()
    color = style.color.get_truecolor(MONOKAI).hex if style.color else INK
    bold = ' font-weight="bold"' if style.bold else ""
    place = f'x="{(at + 1) * CELL}" y="{(number + 1) * LINE}" textLength="{columns * CELL}"'
    return f'<text {place} fill="{color}"{bold}>{escape(segment.text)}</text>'


def png(page: Path, picture: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("no Chromium: page.png stays as it is")
        return
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += [f"--screenshot={picture}", "--window-size=900,1000", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
