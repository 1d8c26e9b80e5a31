"""Drafts the gold texts and has them scored: exit 1 where a floor is not held.

    python tests/gold.py [GOLD …] [--verbose] [--out DIR]

GOLD is a folder with texts/ and records/ (../shared/gold and gold-real by default); the scorers
score.py and sure.py stand in it or in gold/ beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# What was reached: F1 of each kind, of the header's fields, and of what is sure how much is right.
FLOORS = {
    "gold": {"measures": 1.0, "targets": 1.0, "facts": 0.99},
    "gold-real": {"measures": 0.98, "targets": 0.99, "facts": 0.99},
}
HEADER = {"gold": 1.0, "gold-real": 1.0}
SURE = {"gold": 1.0, "gold-real": 0.99}


def main() -> int:
    """Return the exit code: 0 where every floor is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = ROOT.parent / "shared"
    at_hand = [folder for folder in (shared / "gold", shared / "gold-real") if folder.is_dir()]
    parser.add_argument("gold", type=Path, nargs="*", default=at_hand)
    parser.add_argument("--verbose", action="store_true", help="list what was missed or wrong")
    parser.add_argument("--out", type=Path, help="keep the drafts here, a folder for each GOLD")
    args = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for gold in args.gold:
            out = (args.out or Path(folder)) / gold.name
            out.mkdir(parents=True, exist_ok=True)
            for path in sorted((gold / "texts").glob("*.txt")):
                write(path, out)
            failed |= judged(gold, out, verbose=args.verbose)
    return failed


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
    beside = gold if (gold / "score.py").exists() else gold.parent / "gold"
    places = [str(place) for place in (gold / "records", out, "--texts", gold / "texts")]
    command = [sys.executable, str(beside / "score.py"), *places]
    floors = ",".join(f"{kind}={floor}" for kind, floor in FLOORS[gold.name].items())
    flags = ["--verbose"] if verbose else []
    failed = subprocess.run([*command, *flags, "--min", floors], check=False).returncode
    header = printed([*command, "--json"])["total"]["header"].values()
    right, of = sum(field["right"] for field in header), sum(field["of"] for field in header)
    sys.stdout.write(f"header {right}/{of}, floor {HEADER[gold.name]}\n")
    counts = printed([sys.executable, str(beside / "sure.py"), *places, "--json"]).values()
    sure, all_sure = sum(one["right"] for one in counts), sum(map(values, counts))
    sys.stdout.write(f"sure and right {sure}/{all_sure}, floor {SURE[gold.name]}\n")
    return int(failed or right < HEADER[gold.name] * of or sure < SURE[gold.name] * all_sure)


def values(count: dict[str, int]) -> int:
    """How many values of a kind are marked sure."""
    return count["right"] + count["wrong"]


def printed(command: list[str]) -> Any:
    """What a scorer prints as JSON."""
    run = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return json.loads(run.stdout)


if __name__ == "__main__":
    sys.exit(main())
