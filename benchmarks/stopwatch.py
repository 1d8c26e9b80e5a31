"""One process measured: CPU time, time on the wall, memory at most.

    python -I -S benchmarks/stopwatch.py OUT COMMAND …      its answer into OUT, its figures printed

The watch is a small process of its own: what Linux tells of a process's memory is at least what its
parent holds, so that a large runner would measure itself.
"""

from __future__ import annotations

import json
import os
import sys
import time


def watched(out: str, command: list[str]) -> dict[str, float]:
    """Run a command to its end. Windows tells neither CPU time nor memory: the wall stands in."""
    started = time.perf_counter()
    if not hasattr(os, "wait4"):
        import subprocess

        with open(out, "wb") as answer:  # noqa: PTH123 -- pathlib would make the watch larger
            code = subprocess.run(
                command, check=False, stdout=answer, stderr=subprocess.DEVNULL
            ).returncode
        wall = time.perf_counter() - started
        return {"code": code, "cpu": wall, "wall": wall, "memory": 0.0}
    to = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 1, out, to, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _pid, status, used = os.wait4(process, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "cpu": used.ru_utime + used.ru_stime,
        "wall": time.perf_counter() - started,
        "memory": used.ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(watched(sys.argv[1], sys.argv[2:])))
