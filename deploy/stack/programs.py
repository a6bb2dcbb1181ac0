"""What runs in a stack: each program, its ports, and how it is asked to stop."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from deploy.stack.front import nginx_command
from deploy.stack.layout import EACH, ROOT, TOWN, Layout
from deploy.stack.stores import cluster_of, postgres_command, redis_command

PROMETHEUS = ROOT / "deploy" / "prometheus"


@dataclass(frozen=True)
class Program:
    """One program. signal: asks it to stop; seconds: what it gets before it is killed."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    signal: str = "TERM"
    seconds: int = 15
    user: str = ""


def stores(layout: Layout) -> list[Program]:
    """Started first, and stopped last."""
    return [_postgres(layout, "postgres"), _of_stores(layout, "redis", redis_command(layout))]


def standby(layout: Layout) -> Program:
    """A PostgreSQL that follows the first, for drills; it has no data before `follow`."""
    return _postgres(layout, "standby")


def _postgres(layout: Layout, name: str) -> Program:
    command = postgres_command(layout, name, cluster_of(layout, name))
    return replace(_of_stores(layout, name, command), signal="INT", seconds=60)


def _of_stores(layout: Layout, name: str, command: list[str]) -> Program:
    account = layout.postgres.location.account
    return Program(name, command, seconds=30, user="" if account.is_ours else str(account.uid))


def town(layout: Layout, environment: dict[str, str]) -> Iterator[Program]:
    """What serves a town whose database is up to date, and what stands around it.

    environment: what the processes of the product are told beside what all are.
    """
    for name in TOWN:
        kind = name.rpartition("-")[0]
        command = [sys.executable, "manage.py", "run", kind]
        if kind == "web":
            command += ["--port", str(layout.ports[name])]
        yield Program(name, command, environment | _measured(layout, name), seconds=30)
    yield Program(
        "backup",
        [sys.executable, "manage.py", "backup", "--daily"],
        environment
        | _measured(layout, "backup")
        | {"DATABASE_URL_FILE": layout.owner_environment()["DATABASE_URL_FILE"]},
    )
    yield Program("nginx", nginx_command(layout), signal="QUIT", seconds=5)
    if prometheus := shutil.which("prometheus"):
        yield Program("prometheus", [prometheus, *_collecting(layout)])


def fake_model(layout: Layout) -> Program:
    """A model to think with, for drills."""
    port = str(layout.ports["fake-llm"])
    return Program("fake-llm", [sys.executable, "manage.py", "fake_llm", "--port", port])


def _measured(layout: Layout, name: str) -> dict[str, str]:
    return {"METRICS_PORT": str(layout.ports[f"metrics-{name}"])}


def _collecting(layout: Layout) -> list[str]:
    """The configuration of production with this machine's ports in the place of names."""
    told = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text())
    told["rule_files"] = [str(PROMETHEUS / "alerts.yml")]
    ports = layout.ports
    collected = {
        "processes": [
            {
                "targets": [f"127.0.0.1:{ports[f'metrics-{name}']}"],
                "labels": {"process": name.partition("-")[0]},
            }
            for name in (*TOWN, "backup")
        ],
        "town": [{"targets": [f"127.0.0.1:{ports[f'metrics-beat-{EACH}']}"]}],
    }
    paths = {job["job_name"]: job.get("metrics_path", "/metrics") for job in told["scrape_configs"]}
    told["scrape_configs"] = [
        {"job_name": name, "metrics_path": paths[name], "static_configs": targets}
        for name, targets in collected.items()
    ]
    written = layout.run / "prometheus.yml"
    written.write_text(yaml.safe_dump(told))
    return [
        f"--config.file={written}",
        f"--storage.tsdb.path={layout.folder / 'prometheus'}",
        f"--web.listen-address=127.0.0.1:{ports['prometheus']}",
    ]
