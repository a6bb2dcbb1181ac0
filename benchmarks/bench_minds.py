"""What minds cost and how quickly they answer, against a fake model on a socket.

`python -m benchmarks.bench_minds [live] [flight] [days]` (default all three, about 20 minutes).

live: 200 residents who are asked every ten game minutes, one worker process, answers after 2 s
(median, log-normal): decisions a minute, from asked to applied beyond the model's own latency, CPU
of the worker for each call. flight: 1,000 thoughts at once: calls in flight that one worker
sustains, beside plain batches. days: 25 residents for three game days with plans, beside one
decision every ten game minutes: calls, tokens and cost of a resident's day.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from agents.fake_llm.running import FakeModel, fake_llm
from benchmarks import services

SEED = 5
LATENCY = 2.0
LIVE_SECONDS = 180
GENERATIVE_AGENTS = (2270, 1_500_000)
"""Calls and tokens of an agent's day of Generative Agents, by the traces of AI Metropolis."""


def model_at(fake: FakeModel, **fields: Any) -> Any:
    """A model whose endpoint is the fake one, at the prices of deepseek-chat."""
    from agents.models import LanguageModel, ModelPrice

    LanguageModel.objects.filter(name="fake").delete()
    known = {
        "name": "fake",
        "provider": "fake",
        "remote_name": "fake-chat",
        "base_url": fake.base_url,
        "structure": "json_object",
        "concurrency": 2000,
        "requests_per_minute": 1_000_000,
    }
    model = LanguageModel.objects.create(**known | fields)
    ModelPrice.objects.create(
        model=model,
        since="2020-01-01",
        input="0.15",
        cached_input="0.003",
        output="0.60",
        source="as shipped for deepseek-chat, off-peak",
    )
    return model


def found(residents: int, slug: str, model: Any, *, asking: str, cap: float = 1000) -> Any:
    """A town that thinks."""
    from django.conf import settings

    from agents.founding import found_town
    from agents.minds.catalogue import give_mind
    from agents.models import MindsPolicy
    from world import registry
    from world.scenario import read

    scenario = read(settings.SCENARIOS_DIR / "sunshine", registry.sections)
    world = found_town(scenario=scenario, seed=SEED, slug=slug, residents=residents)
    MindsPolicy.objects.create(world=world, asking=asking, monthly_usd=10_000, daily_usd=cap)
    give_mind(world=world, model=model)
    return world


@contextmanager
def processes(*names: str) -> Iterator[dict[str, psutil.Process]]:
    """Some of the processes of a running town."""
    from aisociety.processes import commands

    known = commands("127.0.0.1", 0)
    quiet = {"PYTHONWARNINGS": "ignore"}
    started = {name: subprocess.Popen(known[name], env=os.environ | quiet) for name in names}
    try:
        yield {name: psutil.Process(process.pid) for name, process in started.items()}
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(30)


def live(console: Console) -> None:
    """Asked every ten game minutes, at the usual pace."""
    from agents import events
    from agents.minds.headless import advance_thinking
    from agents.models import Thought
    from world import pace
    from world.models import Event, World

    with fake_llm() as fake:
        world = found(200, "bench-live", model_at(fake), asking="plain")
        # An hour, so that everybody is asked as often as they will be.
        advance_thinking(world=world, until=world.instant + 3600)
        fake.control(latency=LATENCY)
        pace.start(world=world)
        asked: dict[tuple[int, int], float] = {}
        applied: dict[tuple[int, int], float] = {}
        with processes("engine", "minds", "beat") as running:
            time.sleep(20)
            seq = World.objects.values_list("seq", flat=True).get(pk=world.pk)
            began, cpu, calls = time.perf_counter(), cpu_of(running["minds"]), fake.counters()
            while time.perf_counter() - began < LIVE_SECONDS:
                rows = Event.objects.filter(
                    world=world, seq__gt=seq, kind__in=(events.ASKED, events.ANSWERED)
                ).order_by("seq")
                now = time.perf_counter()
                for row in rows:
                    seq = row.seq
                    if row.kind == events.ASKED:
                        asked[row.actor, row.world_time] = now
                    else:
                        applied[row.actor, row.amount] = now
                time.sleep(0.01)
            seconds = time.perf_counter() - began
            made = fake.counters()["requests"] - calls["requests"]
            spent = (cpu_of(running["minds"]) - cpu) / made
        pace.pause(world=world)
    latency = {
        (number, at): each / 1000
        for number, at, each in Thought.objects.filter(world=world).values_list(
            "actor__number", "asked_at", "latency_ms"
        )
    }
    both = [key for key in asked if key in applied]
    beyond = np.array([applied[key] - asked[key] - latency[key] for key in both])
    failed = Thought.objects.filter(world=world).exclude(failure="").count()
    table = Table("measure", "found", title="200 residents, one worker, answers after 2 s")
    table.add_row("decisions a minute", f"{len(both) / seconds * 60:.0f}")
    table.add_row("asked to applied, beyond the model: p50", f"{np.quantile(beyond, 0.5):.2f} s")
    table.add_row(
        "p95 (promised below an instant + 1 s = 4 s)", f"{np.quantile(beyond, 0.95):.2f} s"
    )
    table.add_row("CPU of the worker a call", f"{spent * 1000:.1f} ms")
    table.add_row("calls, failures", f"{made}, {failed}")
    console.print(table)
    world.delete()


def cpu_of(process: psutil.Process) -> float:
    """Seconds of CPU that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


def flight(console: Console) -> None:
    """A thousand thoughts at once."""
    from agents.minds.asking import Asking
    from agents.models import Thought
    from benchmarks.plain_minds import ask_in_batches
    from world import pace
    from world.advance import advance

    table = Table(
        "way",
        "thoughts",
        "seconds",
        "most in flight",
        "mean in flight",
        "waiting, p95",
        title="1,000 thoughts at once, answers after 2 s, one process",
    )
    ways = {
        "as places become free, 512 at once": lambda: Asking(in_flight=512).run(),
        "as places become free, 64 at once": lambda: Asking(in_flight=64).run(),
        "batches of 64": lambda: ask_in_batches(64),
    }
    for index, (way, ask) in enumerate(ways.items()):
        with fake_llm(latency=LATENCY) as fake:
            world = found(1000, f"bench-flight-{index}", model_at(fake), asking="plan")
            advance(world_id=world.pk, until=world.instant + 600)
            pace.start(world=world)
            began = time.perf_counter()
            answered = ask()
            seconds = time.perf_counter() - began
            counters = fake.counters()
            pace.pause(world=world)
            waited = [
                (done - told).total_seconds()
                for done, told in Thought.objects.filter(world=world).values_list(
                    "answered_real", "asked_real"
                )
            ]
            table.add_row(
                way,
                str(answered),
                f"{seconds:.1f}",
                str(counters["most_in_flight"]),
                f"{counters['concurrent_seconds'] / seconds:.0f}",
                f"{np.quantile(waited, 0.95):.1f} s",
            )
            world.delete()
    console.print(table)


def days(console: Console) -> None:
    """Three game days of 25 residents, with plans and without."""
    from django.db.models import Count, Sum

    from agents.minds.headless import advance_thinking
    from agents.models import Thought
    from agents.models.spending import NANO

    residents, span = 25, 3
    table = Table(
        "policy",
        "calls",
        "tokens",
        "of them cached",
        "US$",
        title=f"A resident's day, from {span} days of {residents} (fake answers)",
    )
    for asking in ("plan", "plain"):
        with fake_llm() as fake:
            world = found(residents, f"bench-{asking}", model_at(fake), asking=asking)
            advance_thinking(world=world, until=world.instant + span * 86_400)
            used = Thought.objects.filter(world=world).aggregate(
                n=Count("pk"),
                calls=Sum("calls"),
                came=Sum("tokens_in"),
                went=Sum("tokens_out"),
                cached=Sum("tokens_cached"),
                cost=Sum("cost"),
            )
        share = residents * span
        table.add_row(
            asking,
            f"{used['calls'] / share:.1f}",
            f"{(used['came'] + used['went']) / share:,.0f}",
            f"{used['cached'] / used['came']:.0%} of the prompts",
            f"{used['cost'] / NANO / share:.4f}",
        )
        world.delete()
    calls, tokens = GENERATIVE_AGENTS
    table.add_row("Generative Agents (published)", f"{calls:,}", f"{tokens:,}", "", "")
    console.print(table)


PARTS = {"live": live, "flight": flight, "days": days}


def main(parts: list[str]) -> None:
    console = Console()
    with services.running():
        for part in parts:
            PARTS[part](console)


if __name__ == "__main__":
    main(sys.argv[1:] or list(PARTS))
