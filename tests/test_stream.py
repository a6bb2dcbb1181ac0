"""The live stream, as a watcher meets it: over a real socket from a real server."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.error import HTTPError

import pytest
from django.db import connection
from rest_framework.authtoken.models import Token
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from agents.provenance import Source
from aisociety.processes import LONGEST_SAID
from tests.web_process import serving
from world import control, pace
from world.advance import advance, advance_once
from world.engine.gametime import HOUR
from world.models import World
from world.stream.announcing import announce_instants
from world.stream.snapshot import snapshot
from world.stream.watcher import RESUMED_AT_MOST
from world.telling import tell

pytestmark = pytest.mark.django_db(transaction=True)

Found = Callable[..., World]
Watch = Callable[..., AbstractContextManager[ClientConnection]]


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[int]:
    """The port of a server on the test database."""
    with serving(connection.settings_dict["NAME"]) as port:
        yield port


@pytest.fixture
def watch(server: int, transactional_db: None) -> Watch:
    """Opens sockets to a server on the test database: `watch("?world=town-1")`."""
    return lambda query="": open_stream(server, query)


def open_stream(port: int, query: str = "", origin: str = "") -> ClientConnection:
    """A socket that takes in whatever comes, also while the test does something else."""
    return connect(
        f"ws://127.0.0.1:{port}/api/stream{query}",
        origin=Origin(origin or f"http://127.0.0.1:{port}"),
        compression=None,
        max_size=None,
        max_queue=None,
        ping_interval=None,
    )


def hear(watcher: ClientConnection, kind: str, timeout: float = 10) -> dict[str, Any]:
    """The next frame of a type; others are passed over."""
    deadline = time.monotonic() + timeout
    while True:
        frame = json.loads(watcher.recv(timeout=max(0.01, deadline - time.monotonic())))
        if frame["type"] == kind:
            return dict(frame)


def live(world: World, instants: int = 1) -> list[int]:
    """Live some instants in which something happens, as the heartbeat does; their last numbers."""
    numbers: list[int] = []
    world.refresh_from_db()
    while len(numbers) < instants:
        before = world.seq
        advance_once(
            world_id=world.pk, until=world.instant + HOUR, instants=1, announce=announce_instants
        )
        world.refresh_from_db()
        if world.seq > before:
            numbers.append(world.seq)
    return numbers


def test_a_watcher_gets_a_snapshot_and_then_every_instant(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as one, watch(f"/?world={world.slug}") as other:
        first = hear(one, "snapshot")
        assert first["epoch"] == str(world.epoch)
        assert first["seq"] == world.seq
        assert len(first["agents"]["id"]) == 12
        assert hear(other, "snapshot")["seq"] == world.seq
        numbers = live(world, 20)
        for watcher in (one, other):
            seq = first["seq"]
            for number in numbers:
                frame = hear(watcher, "instant")
                assert (frame["prev_seq"], frame["seq"]) == (seq, number)
                assert [event["seq"] for event in frame["events"]] == list(
                    range(seq + 1, number + 1)
                )
                assert {event["world_time"] for event in frame["events"]} == {frame["world_time"]}
                seq = number


def test_what_nobody_announced_is_found_in_the_log(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as watcher:
        seq = hear(watcher, "snapshot")["seq"]
        advance(world_id=world.pk, until=world.instant + HOUR)
        world.refresh_from_db()
        while seq < world.seq:
            frame = hear(watcher, "instant")
            assert frame["prev_seq"] == seq
            seq = frame["seq"]


def test_frames_from_the_log_are_those_that_were_announced(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as watcher:
        start = hear(watcher, "snapshot")["seq"]
        numbers = live(world, 15)
        announced = [hear(watcher, "instant") for _ in numbers]
        watcher.send(json.dumps({"type": "resume", "after_seq": start}))
        assert [hear(watcher, "instant") for _ in numbers] == announced
        watcher.send(json.dumps({"type": "resume", "after_seq": numbers[-1]}))
        watcher.send(json.dumps({"type": "resume", "after_seq": numbers[9]}))
        assert [hear(watcher, "instant") for _ in numbers[10:]] == announced[10:]


def test_whoever_missed_too_much_gets_a_snapshot(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as watcher:
        hear(watcher, "snapshot")
        for never in (-1, world.seq + RESUMED_AT_MOST):
            watcher.send(json.dumps({"type": "resume", "after_seq": never}))
            assert hear(watcher, "snapshot")["seq"] == world.seq


def test_the_clock_is_told_when_it_is_set_and_now_and_then(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as watcher:
        assert hear(watcher, "snapshot")["clock"]["paused"]
        pace.start(world=world)
        while (clock := hear(watcher, "clock", timeout=2))["paused"]:
            pass
        assert clock["scale"] == 10
        control.set_speed(world=world, speed=60)
        assert hear(watcher, "clock", timeout=2)["scale"] == 600
        pace.pause(world=world)
        assert hear(watcher, "clock", timeout=2)["paused"]
        assert hear(watcher, "clock", timeout=8)["paused"], "nothing was set, and yet it was told"


def test_filtered_frames_stay_contiguous(found_town: Found, watch: Watch) -> None:
    world = found_town()
    with watch() as everything, watch() as money, watch() as one:
        for watcher in (everything, money, one):
            hear(watcher, "snapshot")
        money.send(json.dumps({"type": "subscribe", "channels": ["economy"]}))
        one.send(json.dumps({"type": "unsubscribe", "channels": ["all"]}))
        one.send(json.dumps({"type": "subscribe_agent", "agent_id": 3}))
        for watcher in (money, one):
            watcher.send('{"type": "ping"}')
            hear(watcher, "pong")
        for _ in live(world, 40):
            whole, paid, of_one = (hear(each, "instant") for each in (everything, money, one))
            for part in (paid, of_one):
                assert {**part, "events": []} == {**whole, "events": []}
            assert paid["events"] == [e for e in whole["events"] if e["kind"] == "payment"]
            assert of_one["events"] == [
                event
                for event in whole["events"]
                if 3 in (event.get("actor", {}).get("id"), event.get("other", {}).get("id"))
            ]
        one.send(json.dumps({"type": "unsubscribe_agent", "agent_id": 3}))
        one.send('{"type": "ping"}')
        hear(one, "pong")
        live(world)
        assert hear(one, "instant")["events"] == []


NONSENSE = (
    "",
    "{",
    "[]",
    '{"type": "dance"}',
    '{"type": "resume"}',
    '{"type": "resume", "after_seq": "x"}',
    '{"type": "subscribe", "channels": ["gossip"]}',
    '{"type": "ping", "more": 1}',
)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_is_answered_and_the_connection_lives(
    found_town: Found, watch: Watch, nonsense: str
) -> None:
    found_town()
    with watch() as watcher:
        hear(watcher, "snapshot")
        watcher.send(nonsense)
        error = hear(watcher, "error")
        assert error["code"] == "INVALID_PARAMETER"
        assert error["message"]
        watcher.send('{"type": "ping"}')
        assert hear(watcher, "pong")["real_time"] > 0


def test_whoever_says_too_much_is_cut_off_and_hears_more_than_that(
    found_town: Found, watch: Watch
) -> None:
    found_town()
    with watch() as one, watch() as other:
        assert len(json.dumps(hear(one, "snapshot"))) > int(LONGEST_SAID)
        one.send("x" * (int(LONGEST_SAID) + 1))
        with pytest.raises(ConnectionClosed):
            hear(one, "error")
        hear(other, "snapshot")
        other.send('{"type": "ping"}')
        hear(other, "pong")


def test_a_watcher_that_does_not_keep_up_is_told_to_resync(found_town: Found) -> None:
    world, outbox = found_town(), 8
    database = connection.settings_dict["NAME"]
    with serving(database, STREAM_OUTBOX=str(outbox)) as port, open_stream(port) as slow:
        seq = hear(slow, "snapshot")["seq"]
        slow.send(json.dumps({"type": "ack", "seq": seq}))
        slow.send('{"type": "ping"}')
        hear(slow, "pong")
        numbers = live(world, 3 * outbox)
        frames = [hear(slow, "instant") for _ in range(outbox)]
        assert [frame["seq"] for frame in frames] == numbers[:outbox]
        hear(slow, "resync")
        slow.send(json.dumps({"type": "resume", "after_seq": frames[-1]["seq"]}))
        missed = [hear(slow, "instant") for _ in numbers[outbox:]]
        assert [frame["seq"] for frame in missed] == numbers[outbox:]


def test_after_a_reset_watchers_see_the_new_world(found_town: Found, watch: Watch) -> None:
    world = found_town()
    live(world, 5)
    with watch(f"?world={world.slug}") as watcher:
        assert hear(watcher, "snapshot")["seq"] > 0
        new = control.reset(world=world, confirmation=control.confirmation_for(world), seed=8)
        fresh = hear(watcher, "snapshot")
        assert fresh["epoch"] == str(new.epoch) != str(world.epoch)
        live(new)
        assert hear(watcher, "instant")["prev_seq"] == fresh["seq"]


def test_an_unknown_world_is_refused_and_says_so(watch: Watch) -> None:
    with watch("?world=atlantis") as watcher:
        error = hear(watcher, "error")
        assert error["code"] == "NOT_FOUND"
        with pytest.raises(ConnectionClosed, match="4404"):
            watcher.recv(timeout=5)


def test_another_origin_is_refused(found_town: Found) -> None:
    found_town()
    with (
        serving(connection.settings_dict["NAME"]) as port,
        pytest.raises(InvalidStatus, match="403"),
    ):
        open_stream(port, origin="http://evil.example")


def test_a_closed_town_is_for_those_who_logged_in(found_town: Found) -> None:
    found_town()
    database = connection.settings_dict["NAME"]
    with serving(database, PUBLIC="no") as port, open_stream(port) as stranger:
        assert hear(stranger, "error")["code"] == "NOT_AUTHENTICATED"


def ticket_for(port: int, token: str) -> dict[str, Any]:
    """What the door for tickets answers to somebody with this token."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/stream/ticket",
        method="POST",
        headers={"Authorization": f"Token {token}"} if token else {},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 201
        return dict(json.load(answer)["data"])


def test_a_ticket_lets_one_connection_into_a_closed_town(
    found_town: Found, django_user_model: Any
) -> None:
    found_town()
    reader = django_user_model.objects.create_user("reader")
    token = Token.objects.create(user=reader).key
    with serving(connection.settings_dict["NAME"], PUBLIC="no") as port:
        with pytest.raises(HTTPError, match="401"):
            ticket_for(port, "")
        told = ticket_for(port, token)
        assert 0 < told["expires_in"] <= 60
        with open_stream(port, f"?ticket={told['ticket']}") as guest:
            hear(guest, "snapshot")
        for worthless in (told["ticket"], "guessed", ""):
            with open_stream(port, f"?ticket={worthless}") as stranger:
                assert hear(stranger, "error")["code"] == "NOT_AUTHENTICATED"

        last = ticket_for(port, token)["ticket"]
        reader.is_active = False
        reader.save()
        with open_stream(port, f"?ticket={last}") as stranger:
            assert hear(stranger, "error")["code"] == "NOT_AUTHENTICATED"


def test_an_order_in_a_pause_reaches_watchers_at_the_paused_instant(
    found_town: Found, watch: Watch
) -> None:
    world = found_town()
    pace.start(world=world)
    pace.pause(world=world)
    with watch() as watcher:
        told = hear(watcher, "snapshot")
        tell(
            world=world, kind="agent_move", subject=3, payload={"place": 4}, source=Source.OPERATOR
        )
        pace.heartbeat(world_id=world.pk)
        frame = hear(watcher, "instant")
        assert frame["world_time"] == told["world_time"]
        assert [event["source"] for event in frame["events"]] == ["operator"]
        assert snapshot(world_id=world.pk)["seq"] == frame["seq"]
