"""What the scripts ask of docker compose, asked of a stack: so they are tried as they are.

COMPOSE="python -m deploy.stack compose --folder FOLDER --port PORT" deploy/scripts/deploy IMAGE
"""

import argparse
import sys
from collections.abc import Sequence

from deploy.stack.layout import KINDS, TOWN, named
from deploy.stack.stack import Stack
from deploy.stack.supervising import StackError

ONE_OFF: dict[str, list[list[str]]] = {
    "found": [["migrate", "--verbosity", "0"], ["found"]],
    "backup": [[]],
}
"""What the services that are run once do, before what is said with them."""


def compose(stack: Stack, told: Sequence[str]) -> None:
    """Do what `docker compose` would have done. Raises StackError."""
    verb, *rest = told
    parser = argparse.ArgumentParser(prog=f"compose {verb}")
    for flag in ("--detach", "--no-deps", "--wait", "--rm", "--quiet"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("services", nargs=argparse.REMAINDER)
    services = parser.parse_args(rest).services
    match verb:
        case "pull":
            """There are no images here."""
        case "up":
            for name in programs(services):
                stack.supervisor.stop(name)
                stack.supervisor.run(name)
                stack.await_process(name)
        case "stop":
            for name in programs(services):
                stack.supervisor.stop(name)
        case "run":
            for command in ONE_OFF[services[0]]:
                sys.stdout.write(stack.manage(*command, *services[1:], owner=True))
        case "logs":
            for name in programs(services):
                sys.stdout.write(stack.supervisor.tail(name))
        case _:
            raise StackError(f"A stack does not know how to {verb}.")


def programs(services: Sequence[str]) -> list[str]:
    """The programs of services; a kind stands for all its processes, nothing for everything."""
    found = []
    for service in services or [*TOWN, "backup"]:
        found += named(service) if service in KINDS else [service]
    return found
