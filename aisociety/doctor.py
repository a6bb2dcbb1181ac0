"""The doctor: why is nobody talking, from the database to the endpoints of models."""

from collections.abc import Callable, Iterator

import redis
from celery import current_app
from django.db import DatabaseError, connection
from kombu.exceptions import OperationalError

from agents.minds.examination import cassette_finding, examine_minds
from agents.minds.waking import is_at_work
from aisociety import health
from world.examination import Finding, well, wrong
from world.models import World
from world.realtime import real_now
from world.status import clock_state

PING_SECONDS = 1


def examine(world: World | None) -> list[Finding]:
    """All findings, from the ground up. Whatever cannot be looked at is a finding itself."""
    found: list[Finding] = []
    for look in (_services, _workers):
        found += _looked(look)
    if world is None:
        found.append(
            wrong(
                "world",
                "ill",
                seen=("还没有世界。", "There is no world yet."),
                advice=("运行 make up。", "Run make up."),
            )
        )
        return found
    found += _looked(lambda: _clock(world))
    found += _looked(lambda: examine_minds(world))
    return found


def _looked(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(look())
    except (DatabaseError, redis.RedisError, OperationalError, OSError) as error:
        found.append(
            Finding(
                name="examination", condition="unknown", seen=f"{type(error).__name__}: {error}"
            )
        )
    return found


def _services() -> Iterator[Finding]:
    names = {"database": "PostgreSQL", "schema": "migrations", "redis": "Redis"}
    for name, called in names.items():
        outcome = health.outcome_of(name)
        if outcome == "ok":
            yield well(name, zh=f"{called} 正常。", en=f"{called} is fine.")
        else:
            yield wrong(
                name,
                "ill",
                seen=(f"{called}：{outcome}", f"{called}: {outcome}"),
                advice=("看日志。", "See the log; without it nothing works."),
            )
    yield _vectors()
    told = cassette_finding()
    if told is not None:
        yield told


def _vectors() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'")
        row = cursor.fetchone()
    if row:
        return well(
            "embeddings",
            zh=f"pgvector {row[0]} 可用；还没有记忆需要向量。",
            en=f"pgvector {row[0]} is available; there are no memories to embed yet.",
        )
    return wrong(
        "embeddings",
        "weak",
        seen=("没有 pgvector。", "pgvector is not installed."),
        advice=("安装 pgvector。", "Install pgvector."),
    )


def _workers() -> Iterator[Finding]:
    replies = current_app.control.ping(timeout=PING_SECONDS) or []
    # A worker is called after its kind and its process: minds-4711@host.
    alive = {name.partition("-")[0] for reply in replies for name in reply}
    if is_at_work():
        alive.add("minds")
    for name in ("engine", "minds"):
        if name in alive:
            yield well(f"{name} worker", zh="在工作。", en="It answers.")
        else:
            yield wrong(
                f"{name} worker",
                "ill",
                seen=("没有回答。", "It does not answer."),
                advice=("重启 make up，或启动这个进程。", "Start make up again, or this process."),
            )
    if health.outcome_of("beat") == "ok":
        yield well("beat", zh="按时发出任务。", en="It sends its tasks in time.")
    else:
        yield wrong(
            "beat",
            "ill",
            seen=("没有心跳。", "Nobody sends heartbeats."),
            advice=("重启 make up，或启动 beat。", "Start make up again, or beat."),
        )


def _clock(world: World) -> Iterator[Finding]:
    state = clock_state(world)
    told = f"{state.world_time}, x{state.speed:g}"
    match state.status:
        case "running":
            why = world.clock.why
            if why == "minds" and real_now() - world.clock.anchor_real < 5_000_000:
                yield wrong(
                    "clock",
                    "weak",
                    seen=(f"时钟在等思考：{told}", f"The clock waits for minds: {told}"),
                    advice=(
                        "放慢速度，换更快的模型，或在后台选择“不等思考”。",
                        "Slow down, take quicker models, or let minds yield (in admin).",
                    ),
                )
            else:
                yield well("clock", zh=f"在走：{told}", en=f"It runs: {told}")
        case "paused":
            yield wrong(
                "clock",
                "weak",
                seen=(f"暂停在 {told}", f"Paused at {told}"),
                advice=("按继续。", "Resume it."),
            )
        case _:
            yield wrong(
                "clock",
                "ill",
                seen=(
                    f"{state.status}：{world.status_reason or told}",
                    f"{state.status}: {world.status_reason or told}",
                ),
                advice=("看引擎那一项。", "See what is said of the engine."),
            )
