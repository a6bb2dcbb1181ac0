"""`manage.py fake_llm`: a fake language model, for tests, load tests and people without a key."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agents.fake_llm.behaviour import Behaviour, Options
from agents.fake_llm.faults import FAULTS, FaultError, shares_from
from agents.fake_llm.requests import MOST_DIMENSIONS
from agents.fake_llm.server import FakeServer
from agents.fake_llm.serving import ListenError, listen, serve


class Command(BaseCommand):
    help = (
        "Serve a fake language model that speaks OpenAI's protocol: what it answers fits the"
        " prompt, is the same for the same prompt, and costs nothing. It can fail as providers do."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = Options()
        names = " and ".join(known.models)
        parser.add_argument("--host", default="127.0.0.1", help="address (default 127.0.0.1)")
        parser.add_argument(
            "--port", type=int, default=8900, help="port (default 8900; 0 for any that is free)"
        )
        parser.add_argument(
            "--model",
            action="append",
            help=f"a model that it has, which reasons if its name has `reason`; repeatable"
            f" (default: it answers to any name, and lists {names})",
        )
        parser.add_argument("--key", help="the only key that it takes (default: any)")
        parser.add_argument(
            "--dimensions",
            type=int,
            default=known.dimensions,
            help=f"of embeddings (default {known.dimensions})",
        )
        parser.add_argument(
            "--refuse-schema", action="store_true", help="take no json_schema, as DeepSeek does"
        )
        parser.add_argument(
            "--latency", type=float, default=0.0, help="median seconds to an answer (default 0)"
        )
        parser.add_argument(
            "--spread", type=float, default=0.5, help="sigma of its logarithm (default 0.5)"
        )
        parser.add_argument(
            "--slow", type=float, default=10.0, help="seconds of slow_first_byte (default 10)"
        )
        parser.add_argument(
            "--fault",
            action="append",
            default=[],
            metavar="NAME=SHARE",
            help=f"what goes wrong how often, from 0 to 1; repeatable; one of {', '.join(FAULTS)}",
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="which calls faults befall (default 1)"
        )
        parser.add_argument(
            "--until-stdin-closes",
            action="store_true",
            help="end together with the program that started it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["dimensions"] <= MOST_DIMENSIONS:
            raise CommandError(f"--dimensions must be from 1 to {MOST_DIMENSIONS}")
        try:
            server = FakeServer(
                Options(
                    models=tuple(options["model"] or Options().models),
                    any_model=not options["model"],
                    key=options["key"],
                    refuse_schema=options["refuse_schema"],
                    dimensions=options["dimensions"],
                ),
                Behaviour(
                    seed=options["seed"],
                    shares=shares_from(options["fault"]),
                    latency=options["latency"],
                    spread=options["spread"],
                    slow=options["slow"],
                ),
            )
            listening = listen(options["host"], options["port"])
        except (FaultError, ListenError) as error:
            raise CommandError(str(error)) from error
        host = f"[{options['host']}]" if ":" in options["host"] else options["host"]
        url = f"http://{host}:{listening.getsockname()[1]}/v1"
        key = "anything" if options["key"] is None else "THE_KEY"
        asyncio.run(
            serve(
                server,
                listening,
                lambda: self._say(url, key),
                until_stdin_closes=options["until_stdin_closes"],
            )
        )

    def _say(self, url: str, key: str) -> None:
        use = f"OPENAI_BASE_URL={url} OPENAI_API_KEY={key} make up"
        self.stdout.write(f"A fake language model answers at {url} (to use it: {use})")
        self.stdout.flush()
