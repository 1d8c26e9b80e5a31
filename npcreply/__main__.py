"""Starts npcreply; `python -m npcreply` and the script `npcreply` both come in here."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process and return the exit code."""
    from npcreply.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
