"""The process in which a file is read: started by the cage as a script, its limits set first.

Standard input: one line of JSON (where modules lie, which function reads, language, limits), then
the file's bytes. Standard output: one JSON object, the reader's `value`, or why there is none.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any


def main() -> None:
    """Read the order and the file, and answer."""
    order = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    limit(order["memory"], order["seconds"])
    answer = json.dumps(answered(order, sys.stdin.buffer.read())).encode()
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def limit(memory: int, seconds: int) -> None:
    """Set what this process may use: bytes of addresses, seconds of work, and no file at all. On
    Windows there is no such thing; the clock of whoever started it holds everywhere.
    """
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),  # also where nobody is left to stop it
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for what, most in limits:
        with suppress(ValueError, OSError):  # macOS refuses some, others have less already
            resource.setrlimit(what, (most, most))


def answered(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Return the answer to one file, as JSON values."""
    from npcreply.errors import NpcreplyError
    from npcreply.language import choose

    choose(order["language"])
    try:
        read = getattr(import_module(order["module"]), order["function"])
        return {"value": read(data, *order["more"])}
    except NpcreplyError as error:
        return {"refused": [error.message, error.remedy]}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 -- whatever a damaged file does to its reader
        return {"damaged": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    main()
