"""Drafts the gold texts and has them scored: exit 1 where a floor is not held.

    python tests/gold.py [GOLD] [--verbose] [--out DIR]

GOLD is the folder with texts/, records/ and score.py (../shared/gold by default).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = {"measures": 1.0, "targets": 1.0, "facts": 0.99}  # what was reached
HEADER = 1.0  # of the header fields, all texts together


def main() -> int:
    """Return the exit code: 0 where every floor is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="?", default=ROOT.parent / "shared" / "gold")
    parser.add_argument("--verbose", action="store_true", help="list what was missed or wrong")
    parser.add_argument("--out", type=Path, help="keep the drafts here")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = args.out or Path(folder)
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted((args.gold / "texts").glob("*.txt")):
            write(path, out)
        return judged(args.gold, out, verbose=args.verbose)


def write(path: Path, out: Path) -> None:
    """Draft one text into out/NAME.json."""
    from npcreply.extract.as_json import as_json
    from npcreply.extract.draft import draft
    from npcreply.extract.files import intake

    found = draft(intake(path.read_bytes(), path.name).text)
    text = json.dumps(as_json(found), ensure_ascii=False, indent=1)
    (out / f"{path.stem}.json").write_text(text, encoding="utf-8", newline="")


def judged(gold: Path, out: Path, *, verbose: bool) -> int:
    """Run the scorer for people and once more for its figures; return the exit code."""
    places = (gold / "score.py", gold / "records", out, "--texts", gold / "texts")
    command = [sys.executable, *map(str, places)]
    floors = ",".join(f"{kind}={floor}" for kind, floor in FLOORS.items())
    flags = ["--verbose"] if verbose else []
    failed = subprocess.run([*command, *flags, "--min", floors], check=False).returncode
    told = subprocess.run([*command, "--json"], check=True, capture_output=True, encoding="utf-8")
    header = json.loads(told.stdout)["total"]["header"].values()
    right, of = sum(field["right"] for field in header), sum(field["of"] for field in header)
    sys.stdout.write(f"header {right}/{of}, floor {HEADER}\n")
    return failed or int(right < HEADER * of)


if __name__ == "__main__":
    sys.exit(main())
