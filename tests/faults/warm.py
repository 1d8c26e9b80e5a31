"""A process that has everything loaded and makes a child for each command line; not a test.

It reads jobs as lines of JSON and answers each with a line: the exit code (negative: the signal that
ended it) and the calls that were counted. Without fork each job is run by a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.faults.points import Points, install


def run(job: dict[str, Any]) -> int:
    """Run the job's command line in this process, as a command of its own, and return its code."""
    os.chdir(job["cwd"])
    os.environ.update(job["env"])
    streams = [os.open(job[name], os.O_CREAT | os.O_WRONLY | os.O_TRUNC) for name in ("out", "err")]
    sys.stdout, sys.stderr = (
        os.fdopen(number, "w", encoding="utf-8", newline="") for number in streams
    )
    points = Points(job["below"], job["at"], job["fault"], job["lasting"])
    from npcreply import cli

    install(points)
    try:
        code = cli.run(job["argv"])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 -- told as exit 99
        traceback.print_exc()
        code = 99
    points.at = 0
    sys.stdout.flush()
    sys.stderr.flush()
    Path(job["calls"]).write_text("\n".join(points.calls), "utf-8")
    return code


def _forked(job: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        code = 98
        try:
            code = run(job)
        finally:
            os._exit(code)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _spawned(job: dict[str, Any]) -> int:
    command = [sys.executable, "-m", "tests.faults.warm", json.dumps(job)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


def _warm(given: list[list[str]], folder: str) -> None:
    """Load what commands load, by running some where they can do no harm."""
    from npcreply import cli

    os.chdir(folder)
    keep = sys.stdout, sys.stderr
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        for argv in given:
            cli.run(argv)
    sys.stdout, sys.stderr = keep


def main() -> None:
    """Answer jobs until the input ends; the first line says what to warm up with."""
    answers, jobs = sys.stdout, sys.stdin
    forks = hasattr(os, "fork")
    first = json.loads(jobs.readline())
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if forks:
        _warm(first["argv"], first["cwd"])
    for line in jobs:
        job = json.loads(line)
        code = (_forked if forks else _spawned)(job)
        answers.write(json.dumps(code) + "\n")
        answers.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
        sys.exit(run(json.loads(sys.argv[1])))
    main()
