"""A stack from nothing to a town behind TLS, and back."""

import json
import os
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

from aisociety.processes import check_port
from deploy.stack import programs
from deploy.stack.front import certificate
from deploy.stack.layout import ROOT, Layout, named
from deploy.stack.stores import make_cluster, make_roles, postgres_answers, redis_answers
from deploy.stack.supervising import StackError, Supervisor

STORES = ("postgres", "standby", "redis")


class Stack:
    """One stack in its folder.

    fake_model: residents think with a model that runs beside them. environment: what else the
    processes of the product are told.
    """

    def __init__(self, layout: Layout, *, fake_model: bool = False, **environment: str) -> None:
        self.layout = layout
        self.supervisor = Supervisor(layout)
        self._fake_model = fake_model
        self._environment = environment

    @property
    def url(self) -> str:
        return f"https://localhost:{self.layout.https}"

    def up(self, *arguments: str, told: Callable[[str], object] = print) -> None:
        """Bring everything up; `arguments` are of `manage.py found`.

        Raises StackError, and PortError if nobody can listen where it should be reached.
        """
        if self.supervisor.answers():
            raise StackError(f"A stack runs in {self.layout.folder} already.")
        check_port("127.0.0.1", self.layout.https)
        self._prepare()
        stores = programs.stores(self.layout)
        others = list(programs.town(self.layout, self._extra()))
        if self._fake_model:
            others.insert(0, programs.fake_model(self.layout))
        self.supervisor.start([*stores, programs.standby(self.layout), *others])
        for store in stores:
            self.supervisor.run(store.name)
        self.wait_for("PostgreSQL", lambda: postgres_answers(self.layout))
        self.wait_for("Redis", lambda: redis_answers(self.layout))
        make_roles(self.layout)
        self.manage("migrate", "--verbosity", "0", owner=True)
        told(self.manage("found", *arguments).strip())
        for program in others:
            self.supervisor.run(program.name)
        self.wait_for("the town", self.is_ready, seconds=120)

    def down(self) -> None:
        """Stop everything: who serves first, the stores last."""
        states = self.supervisor.states()
        for name in sorted(states, key=lambda name: (name in STORES, name != "nginx")):
            self.supervisor.stop(name)
        self.supervisor.end()

    def manage(self, *arguments: str, owner: bool = False) -> str:
        """Run manage.py beside the stack; returns what it printed. Raises StackError."""
        environment = self.environment(owner=owner)
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise StackError(f"manage.py {arguments[0]} failed: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """What processes of the product are told."""
        layout = self.layout
        told = layout.owner_environment() if owner else layout.environment()
        return told | self._extra()

    def _extra(self) -> dict[str, str]:
        if not self._fake_model:
            return self._environment
        return self._environment | {
            "OPENAI_API_KEY": "sk-of-the-stack",
            "OPENAI_BASE_URL": f"http://127.0.0.1:{self.layout.ports['fake-llm']}/v1",
        }

    def get(self, path: str, seconds: float = 10) -> Any:
        """The data that a door answers through nginx. Raises OSError."""
        with self.open(path, seconds) as answer:
            return json.load(answer)["data"]

    def open(self, path: str, seconds: float = 10) -> Any:
        """An answer through nginx, with its certificate checked. Raises OSError."""
        trusted = ssl.create_default_context(cafile=str(certificate(self.layout)))
        return urllib.request.urlopen(f"{self.url}{path}", timeout=seconds, context=trusted)

    def is_ready(self) -> bool:
        """Whether the town answers through nginx, and lives."""
        try:
            return bool(self.get("/api/health/ready")["status"] == "ready")
        except OSError:
            return False

    def await_process(self, name: str, seconds: float = 120) -> None:
        """Wait until a process of the product does its work. Raises StackError."""
        ports = self.layout.ports
        if name in named("web"):
            url = f"http://127.0.0.1:{ports[name]}/api/health/started"
        else:
            url = f"http://127.0.0.1:{ports[f'metrics-{name}']}/metrics"
        self.wait_for(name, lambda: _answers(url), seconds)

    def wait_for(self, what: str, holds: Callable[[], bool], seconds: float = 60) -> None:
        """Wait until something holds. Raises StackError."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > seconds:
                raise StackError(f"{what} does not come: look into {self.layout.logs}")
            time.sleep(0.1)

    def _prepare(self) -> None:
        layout = self.layout
        layout.make()
        subprocess.run(
            [ROOT / "deploy" / "scripts" / "prepare", layout.secrets],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ
            | {
                "POSTGRES_AT": f"127.0.0.1:{layout.ports['postgres']}",
                "REDIS_AT": f"127.0.0.1:{layout.ports['redis']}",
            },
        )
        make_cluster(layout)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except OSError:
        return False
    return True


def table(stack: Stack) -> Sequence[str]:
    """A line for each program: its name, state and pid."""
    states = sorted(stack.supervisor.states().items())
    return [f"{name:<12} {state.lower():<10} {pid or ''}" for name, (state, pid) in states]
