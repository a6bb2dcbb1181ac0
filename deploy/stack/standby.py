"""A second PostgreSQL that follows the first, commit by commit, and can take its place."""

import os
import shutil
import subprocess

import psycopg

from aisociety.embedded.postgres import program
from deploy.stack.layout import Layout
from deploy.stack.stores import cluster_of, superuser
from deploy.stack.supervising import Supervisor

PAIR = {"postgres": "standby", "standby": "postgres"}
"""The two programs; either can follow the other."""


def follow(layout: Layout, supervisor: Supervisor, leader: str) -> None:
    """Let the other one begin anew as a copy of the leader, and commit nothing that it has not."""
    follower = PAIR[leader]
    supervisor.stop(follower)
    cluster, account = cluster_of(layout, follower), layout.postgres.location.account
    shutil.rmtree(cluster, ignore_errors=True)
    told = superuser(layout) | {"PGPORT": str(layout.ports[leader])}
    subprocess.run(
        [
            program("pg_basebackup", account),
            *("--pgdata", str(cluster), "--write-recovery-conf", "--checkpoint=fast"),
        ],
        check=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"} | told,
        **account.process_options(),
    )
    supervisor.run(follower)
    _order(layout, leader, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    _order(layout, leader, "SELECT pg_reload_conf()")


def promote(layout: Layout, name: str) -> None:
    """Let who has followed lead from now on, alone."""
    _order(layout, name, "SELECT pg_promote()")
    _order(layout, name, "ALTER SYSTEM RESET synchronous_standby_names")
    _order(layout, name, "SELECT pg_reload_conf()")


def both_named(layout: Layout, url: str) -> str:
    """An address of the database with both servers in it."""
    here = f"127.0.0.1:{layout.ports['postgres']}"
    return url.replace(here, f"{here},127.0.0.1:{layout.ports['standby']}")


def _order(layout: Layout, name: str, statement: str) -> None:
    told = superuser(layout)
    with psycopg.connect(
        host=told["PGHOST"],
        port=layout.ports[name],
        user=told["PGUSER"],
        password=told["PGPASSWORD"],
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    ) as connection:
        connection.execute(statement)
