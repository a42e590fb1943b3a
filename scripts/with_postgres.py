"""Runs a command against a scratch PostgreSQL that lives as long as it does.

With DATABASE_URL already set, that server is used. Without PostgreSQL on the machine the command is skipped, said so, and
that is a failure when PLAIDOYER_FULL is set (as the checks on the server do).
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def folder_of_programs() -> Path | None:
    """Where initdb is: on the path, or where Debian hides it, newest version first."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    return versions[0].parent if versions else None


def as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the account that its package made."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command] if os.geteuid() == 0 else command


def free_port() -> int:
    with contextlib.closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@contextlib.contextmanager
def scratch_server(programs: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="plaidoyer-pg-") as folder:
        data, port = Path(folder) / "data", free_port()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)

        def quietly(command: list[str]) -> None:
            subprocess.run(as_owner(command), check=True, stdout=subprocess.DEVNULL, cwd=folder)

        quietly([str(programs / "initdb"), "-D", str(data), "-U", "plaidoyer", "--auth=trust", "-E", "UTF8", "--no-sync"])
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50"
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
        quietly([*control, "-l", str(Path(folder) / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://plaidoyer@127.0.0.1:{port}/postgres"
        finally:
            quietly([*control, "-m", "immediate", "stop"])


def main(command: list[str]) -> int:
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command, check=False).returncode
    programs = folder_of_programs()
    if programs is None:
        print("PostgreSQL is not on this machine: this half of the suite is skipped (Debian: apt install postgresql).")
        return 1 if os.environ.get("PLAIDOYER_FULL") else 0
    with scratch_server(programs) as url:
        return subprocess.run(command, check=False, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
