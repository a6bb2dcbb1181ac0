"""`python -m deploy.stack`: the topology of production on this machine (`make stack`)."""

import argparse
import signal
import subprocess
import sys
import time
from pathlib import Path

from aisociety.embedded import ServiceError
from aisociety.processes import PortError
from deploy.stack.compose import compose
from deploy.stack.front import NoNginxError
from deploy.stack.layout import ROOT, Layout
from deploy.stack.stack import Stack, table
from deploy.stack.supervising import StackError

TROUBLES = (StackError, ServiceError, NoNginxError, PortError)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.stack", description=__doc__)
    orders = parser.add_subparsers(dest="order", required=True)
    known = {name: orders.add_parser(name) for name in ("up", "down", "status", "compose")}
    for order in known.values():
        order.add_argument("--folder", type=Path, default=ROOT / ".data" / "stack")
        order.add_argument("--port", type=int, default=8443, help="of HTTPS (default 8443)")
    bringing = known["up"]
    bringing.add_argument("--fake-llm", action="store_true", help="with a model to think with")
    bringing.add_argument("--detach", action="store_true", help="leave it running")
    bringing.add_argument("--agents", help="residents of a new town")
    bringing.add_argument("--scenario", help="scenario of a new town")
    known["compose"].add_argument("told", nargs=argparse.REMAINDER, help="what compose is told")
    told = parser.parse_args()
    layout = Layout(told.folder.resolve(), told.port)
    stack = Stack(layout, fake_model=getattr(told, "fake_llm", False))
    # A stop is heard where Ctrl-C is, so what was started is stopped in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if told.order == "up":
            up(stack, told)
        elif not stack.supervisor.answers():
            sys.exit(f"No stack runs in {stack.layout.folder}.")
        elif told.order == "down":
            stack.down()
        elif told.order == "compose":
            compose(stack, told.told)
        else:
            say(*table(stack))
    except (*TROUBLES, subprocess.CalledProcessError) as error:
        sys.exit(str(error))


def up(stack: Stack, told: argparse.Namespace) -> None:
    of_town = [
        part
        for name in ("agents", "scenario")
        if (value := getattr(told, name))
        for part in (f"--{name}", value)
    ]
    say("Everything is started; the first time, the town lives a day, which takes a minute.")
    try:
        stack.up(*of_town, told=say)
        layout = stack.layout
        say(
            *table(stack),
            f"\n  {stack.url}/   (certificate: {layout.secrets / 'tls'})",
            f"  {stack.url}/admin/",
            f"  Prometheus, if installed: http://127.0.0.1:{layout.ports['prometheus']}/alerts",
            f"  logs: {layout.logs}",
        )
        if told.detach:
            say("  It goes on in the background: python -m deploy.stack down")
            return
        say("  Ctrl-C stops everything.")
        while stack.supervisor.answers():
            time.sleep(1)
    except KeyboardInterrupt:
        say("Stopping.")
    except BaseException:
        if stack.supervisor.answers():
            stack.down()
        raise
    if stack.supervisor.answers():
        stack.down()


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
