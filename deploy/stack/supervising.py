"""supervisord: keeps the programs of a stack up, as a container engine keeps containers."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.stack.layout import ROOT, Layout
from deploy.stack.programs import Program

KEPT_LOGS = 3
LOG_BYTES = 20_000_000


class StackError(RuntimeError):
    """A stack could not do what was asked; says why."""


class Supervisor:
    """One supervisord, asked over its socket."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, programs: Iterable[Program]) -> None:
        """Start supervisord, which starts no program by itself."""
        written = self.layout.run / "supervisord.conf"
        written.write_text(configuration(self.layout, programs))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "-c", str(written)],
            cwd=ROOT,
            env=self.layout.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us, who stop everything in order
        )
        self._await_socket()

    def answers(self) -> bool:
        """Whether a supervisord runs here."""
        try:
            self._ask("getState")
        except OSError:
            return False
        return True

    def run(self, name: str) -> None:
        """Start a program, and keep it up from now on. Raises StackError."""
        try:
            self._ask("startProcess", name, True)
        except Fault as fault:
            if "ALREADY_STARTED" not in fault.faultString:
                raise StackError(f"{name} does not start: {self.tail(name)}") from fault

    def stop(self, name: str) -> None:
        """Ask a program to stop, and wait until it has."""
        try:
            self._ask("stopProcess", name, True)
        except Fault as fault:
            if "NOT_RUNNING" not in fault.faultString:
                raise StackError(f"{name}: {fault.faultString}") from fault

    def states(self) -> dict[str, tuple[str, int]]:
        """The state of each program, in words, and its pid (0: none)."""
        told = self._ask("getAllProcessInfo")
        return {each["name"]: (each["statename"], each["pid"]) for each in told}

    def tail(self, name: str, characters: int = 2000) -> str:
        """The end of a program's log."""
        log = self.layout.logs / f"{name}.log"
        return log.read_text(errors="replace")[-characters:] if log.exists() else ""

    def end(self) -> None:
        """Let supervisord end; what runs is stopped."""
        self._ask("shutdown")
        while self.answers():
            time.sleep(0.1)
        if self._process:
            self._process.wait()

    def _ask(self, method: str, *arguments: object) -> Any:
        # One for each question: after one that found nobody, a connection is of no use.
        transport = SupervisorTransport(None, None, f"unix://{self.layout.supervisor}")
        with closing(transport):
            proxy: Any = ServerProxy("http://localhost", transport=transport)
            return getattr(proxy.supervisor, method)(*arguments)

    def _await_socket(self, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                log = self.layout.logs / "supervisord.log"
                raise StackError(log.read_text() if log.exists() else "supervisord does not start")
            time.sleep(0.1)


def configuration(layout: Layout, programs: Iterable[Program]) -> str:
    """What supervisord reads."""
    logs = layout.logs
    lines = [
        "[unix_http_server]",
        f"file={layout.supervisor}",
        "chmod=0700",
        "[supervisord]",
        f"pidfile={layout.run}/supervisord.pid",
        f"logfile={logs}/supervisord.log",
        f"childlogdir={logs}",
        *(["user=root"] if os.geteuid() == 0 else []),
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
    ]
    for program in programs:
        told = ",".join(f'{name}="{value}"' for name, value in program.environment.items())
        lines += [
            f"[program:{program.name}]",
            f"command={shlex.join(program.command)}".replace("%", "%%"),
            f"directory={ROOT}",
            f"environment={told}".replace("%", "%%"),
            *([f"user={program.user}"] if program.user else []),
            "autostart=false",
            "autorestart=true",
            "startsecs=0",
            f"stopsignal={program.signal}",
            f"stopwaitsecs={program.seconds}",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={logs}/{program.name}.log",
            f"stdout_logfile_maxbytes={LOG_BYTES}",
            f"stdout_logfile_backups={KEPT_LOGS}",
        ]
    return "\n".join(lines) + "\n"
