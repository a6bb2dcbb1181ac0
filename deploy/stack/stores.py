"""PostgreSQL and Redis of a stack: reached over TCP, with a password, as in production."""

import os
import shutil
import subprocess
from pathlib import Path

import redis

from aisociety.embedded import Service
from aisociety.embedded.postgres import program
from deploy.stack.layout import ROOT, Layout

POSTGRES_CONF = ROOT / "deploy" / "postgres" / "postgresql.conf"
ROLES = ROOT / "deploy" / "postgres" / "roles.sh"
REDIS_CONF = ROOT / "deploy" / "redis" / "redis.conf"


def postgres_command(layout: Layout, name: str, cluster: Path) -> list[str]:
    """PostgreSQL at the port of this name, with the settings that containers get too."""
    options = {
        **settings_in(POSTGRES_CONF),
        "listen_addresses": "127.0.0.1",
        "port": str(layout.ports[name]),
        "unix_socket_directories": "",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    account = layout.postgres.location.account
    return [program("postgres", account), "-D", str(cluster), *flags]


def cluster_of(layout: Layout, name: str) -> Path:
    """Where a PostgreSQL keeps its data: the first, or the one that follows it."""
    return layout.postgres.cluster if name == "postgres" else layout.postgres.location.home / name


def settings_in(path: Path) -> dict[str, str]:
    """The settings of a file of PostgreSQL's, by name."""
    lines = (line.partition("#")[0] for line in path.read_text().splitlines())
    told = (line.partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip() for name, _, value in told}


def make_cluster(layout: Layout) -> None:
    """Make PostgreSQL's data where there are none: the superuser needs a password too."""
    cluster, account = layout.postgres.cluster, layout.postgres.location.account
    if cluster.exists():
        return
    password = _handed_to(layout.postgres, layout.secrets / "postgres_password")
    unfinished = cluster.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    subprocess.run(
        [
            *(program("initdb", account), f"--pgdata={unfinished}", "--username=postgres"),
            *("--auth=scram-sha-256", f"--pwfile={password}", "--encoding=UTF8"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            "--no-instructions",
        ],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LC_ALL": "C"},
        **account.process_options(),
    )
    password.unlink()
    unfinished.rename(cluster)


def _handed_to(service: Service, file: Path) -> Path:
    """A copy of a file that a store's account can read, beside its data."""
    copy, account = service.location.home / file.name, service.location.account
    copy.unlink(missing_ok=True)
    shutil.copyfile(file, copy)
    copy.chmod(0o400)
    os.chown(copy, account.uid, account.gid)
    return copy


def superuser(layout: Layout) -> dict[str, str]:
    """How psql and its like reach the server as the superuser."""
    return {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(layout.ports["postgres"]),
        "PGUSER": "postgres",
        "PGPASSWORD": (layout.secrets / "postgres_password").read_text(),
    }


def postgres_answers(layout: Layout) -> bool:
    ready = [program("pg_isready"), "--quiet", "--host=127.0.0.1"]
    asked = subprocess.run([*ready, f"--port={layout.ports['postgres']}"], check=False)
    return asked.returncode == 0


def make_roles(layout: Layout) -> None:
    """The roles and the database, by the script that containers run; once."""
    psql = program("psql")
    environment = os.environ | superuser(layout) | {"SECRETS": str(layout.secrets)}
    environment["PATH"] = f"{Path(psql).parent}:{environment['PATH']}"
    known = subprocess.run(
        [psql, "--tuples-only", "--command", "SELECT 1 FROM pg_roles WHERE rolname = 'aisociety'"],
        env=environment | {"PGDATABASE": "postgres"},
        check=True,
        capture_output=True,
        text=True,
    )
    if not known.stdout.strip():
        subprocess.run([ROLES], env=environment, check=True)


def redis_command(layout: Layout) -> list[str]:
    """The system's own server if there is one, as Debian's redis-server, else the packaged one."""
    home = layout.redis.location.home
    return [
        *(str(layout.redis.program()), str(_handed_to(layout.redis, REDIS_CONF))),
        *("--include", str(_handed_to(layout.redis, layout.secrets / "redis_auth.conf"))),
        *("--bind", "127.0.0.1", "--port", str(layout.ports["redis"])),
        *("--dir", str(home), "--daemonize", "no"),
    ]


def redis_answers(layout: Layout) -> bool:
    client = redis.Redis.from_url((layout.secrets / "redis_url").read_text(), socket_timeout=2)
    try:
        with client:
            return bool(client.ping())
    except redis.RedisError:
        return False
