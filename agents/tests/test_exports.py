"""Files to keep: all that was said, and the social network, from a hamlet that talks."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.test import AsyncClient, Client
from django.test.utils import CaptureQueriesContext, override_settings
from hypothesis import given
from hypothesis import strategies as st

from agents import events
from agents.conversations.network import network_of
from agents.conversations.transcript import AT_ONCE, COLUMNS, sentences
from agents.models import Agent, Conversation, Relationship
from world.models import Event, World
from world.rest.files import chunked
from world.rest.spreadsheet import BOM, csv_lines, plain
from world.stage import stage_of

Found = Callable[..., World]
SAID, NETWORK = "export/conversations", "export/social-network"


pytestmark = pytest.mark.usefixtures("nobody_has_asked_before")


def asked(client: Client, path: str, language: str = "zh") -> Any:
    answer = client.get(f"/api/{path}", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content
    return answer


def text(client: Client, path: str, language: str = "zh") -> str:
    return b"".join(asked(client, path, language).streaming_content).decode()


def table(content: str) -> list[dict[str, str]]:
    assert content.startswith(BOM)
    return list(csv.DictReader(io.StringIO(content.removeprefix(BOM), newline="")))


def test_all_that_was_said_is_in_the_table(talking: World, client: Client) -> None:
    world = f"world={talking.slug}"
    rows = table(text(client, f"{SAID}?{world}"))
    assert len(rows) == Event.objects.filter(world=talking, kind=events.SAID).count() > 0
    assert [row["time"] for row in rows] != []
    ids = list(dict.fromkeys(row["conversation"] for row in rows))
    assert ids == sorted(ids, key=int)
    for number in (ids[0], ids[-1]):
        whole = client.get(f"/api/conversations/{number}?{world}").json()["data"]
        assert [row for row in rows if row["conversation"] == number] == [
            {
                "time": each["time"],
                "conversation": number,
                "speaker": each["speaker"]["name"],
                "listener": each["listener"]["name"],
                "content": each["text"],
                "place": whole["location"]["name"],
                "emotion": each["emotion"],
                "topic": whole["topic"],
                "source": each["source"],
            }
            for each in whole["messages"]
        ]


def test_the_table_and_json_say_the_same_in_either_language(talking: World, client: Client) -> None:
    for language in ("zh", "en"):
        told = text(client, f"{SAID}?world={talking.slug}", language)
        said = json.loads(text(client, f"{SAID}?world={talking.slug}&format=json", language))
        assert said == table(told)
        assert tuple(said[0]) == COLUMNS
        for row in said:
            chinese = any("\u4e00" <= letter <= "\u9fff" for letter in row["content"])
            assert chinese == (language == "zh")


def test_a_link_says_its_language_itself(talking: World, client: Client) -> None:
    for path in (f"{SAID}?world={talking.slug}", f"{NETWORK}?world={talking.slug}"):
        for language, other in (("zh", "en"), ("en", "zh")):
            assert text(client, f"{path}&lang={language}", other) == text(client, path, language)
    answer = client.get(f"/api/{SAID}?world={talking.slug}&lang=fr")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "INVALID_PARAMETER"


def test_days_as_in_the_history(talking: World, client: Client) -> None:
    world = f"world={talking.slug}"
    on_the_day = f"{SAID}?{world}&start_date=2026-03-02&end_date=2026-03-02"
    assert text(client, on_the_day) == text(client, f"{SAID}?{world}")
    assert table(text(client, f"{SAID}?{world}&start_date=2026-03-03")) == []
    assert json.loads(text(client, f"{SAID}?{world}&format=json&end_date=2026-03-01")) == []


def test_files_have_names(talking: World, client: Client) -> None:
    world = talking.slug
    for path, name, kind in (
        (f"{SAID}?world={world}", "conversations-2026-03-02.csv", "text/csv"),
        (f"{SAID}/?world={world}&format=json", "conversations-2026-03-02.json", "application/json"),
        (
            f"{NETWORK}?world={world}",
            "social-network-2026-03-02.graphml",
            "application/graphml+xml",
        ),
        (
            f"{NETWORK}?world={world}&format=gexf",
            "social-network-2026-03-02.gexf",
            "application/gexf+xml",
        ),
    ):
        answer = asked(client, path)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{world}-{name}"'
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        list(answer.streaming_content)


@pytest.mark.parametrize(
    "path",
    [
        f"{SAID}?format=xlsx",
        f"{SAID}?format=graphml",
        f"{SAID}?start_date=yesterday",
        f"{SAID}?end_date=2026-02-30",
        f"{NETWORK}?format=csv",
    ],
)
def test_what_makes_no_sense_is_refused_in_the_envelope(
    found_town: Found, client: Client, path: str
) -> None:
    answer = client.get(f"/api/{path}&world={found_town().slug}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID_PARAMETER")


def test_an_unknown_world_and_other_methods(found_town: Found, client: Client) -> None:
    assert client.get(f"/api/{SAID}?world=nowhere").json()["error"]["code"] == "NOT_FOUND"
    world = found_town().slug
    assert client.post(f"/api/{NETWORK}?world={world}").status_code in (401, 403, 405)


def test_what_a_client_accepts_does_not_matter(found_town: Found, client: Client) -> None:
    answer: Any = client.get(
        f"/api/{SAID}?world={found_town().slug}", headers={"Accept": "text/csv, image/png"}
    )
    assert b"".join(answer.streaming_content).decode() == BOM + ",".join(COLUMNS) + "\r\n"


def test_files_are_for_whoever_may_watch(found_town: Found, client: Client) -> None:
    world = found_town().slug
    with override_settings(PUBLIC=False):
        assert client.get(f"/api/{SAID}?world={world}").status_code == 401
        assert client.get(f"/api/{NETWORK}?world={world}").status_code == 401


def test_so_many_files_an_hour(found_town: Found, client: Client) -> None:
    world = found_town().slug
    for _ in range(5):
        text(client, f"{SAID}?world={world}")
        text(client, f"{NETWORK}?world={world}")
    refused = client.get(f"/api/{SAID}?world={world}")
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "RATE_LIMITED")
    assert 60 < int(refused.headers["Retry-After"]) <= 3600
    assert client.get(f"/api/world/status?world={world}").status_code == 200


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://x","点我")',
        "＝1+1",
        "-",
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    (line,) = list(csv_lines(["a", "b"], [[cell, "x"]]))[1:]
    ((first, _),) = csv.reader(io.StringIO(line, newline=""))
    assert first == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "早上好", "a=b", " x", "'=1", '"引号", 逗号', "两\n行", "1-2"]
)
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert plain(cell) == cell


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=3, max_size=3), max_size=5)
)
def test_any_table_comes_back(rows: list[list[str]]) -> None:
    content = "".join(csv_lines(["a", "b", "c"], rows))
    back = list(csv.reader(io.StringIO(content.removeprefix(BOM), newline="")))
    assert back[0] == ["a", "b", "c"]
    for got, put in zip(back[1:], rows, strict=True):
        for cell, original in zip(got, put, strict=True):
            assert cell in (original, f"'{original}")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20)), st.integers(1, 50))
def test_pieces_are_the_whole(parts: list[str], size: int) -> None:
    pieces = list(chunked(parts, size))
    assert b"".join(pieces).decode() == "".join(parts)
    assert all(len(piece.decode()) >= size for piece in pieces[:-1])


def test_a_model_cannot_put_formulas_into_spreadsheets(talking: World, client: Client) -> None:
    said = Event.objects.filter(world=talking, kind=events.SAID).order_by("seq").first()
    assert said is not None
    Event.objects.filter(pk=said.pk).update(data={"text": '=cmd|"/c calc"!A1,早'})
    rows = table(text(client, f"{SAID}?world={talking.slug}"))
    assert rows[0]["content"] == '\'=cmd|"/c calc"!A1,早'
    said_so = json.loads(text(client, f"{SAID}?world={talking.slug}&format=json"))
    assert said_so[0]["content"] == '=cmd|"/c calc"!A1,早'


def many(world: World, count: int) -> None:
    """So many more conversations of a sentence each, as copies of the last."""
    told = Conversation.objects.filter(world=world, messages__gt=0).order_by("-number").first()
    said = Event.objects.filter(world=world, kind=events.SAID).order_by("-seq").first()
    assert told is not None
    assert said is not None
    first = world.seq + 1
    last = Conversation.objects.filter(world=world).order_by("-number").values_list("number")[0][0]
    copies, copies_said = [], []
    for index in range(count):
        fields = {"number": last + 1 + index, "first_seq": first + index, "last_seq": first + index}
        copies.append(
            Conversation(
                world=world,
                place=told.place,
                initiator=told.initiator,
                began=told.began,
                ended=told.began,
                why=told.why,
                messages=1,
                **fields,
            )
        )
        event = {**said.record, "seq": first + index, "amount": last + 1 + index}
        copies_said.append(Event(**event | {"world": world, "data": {"text": f"第{index}句"}}))
    Conversation.objects.bulk_create(copies)
    Event.objects.bulk_create(copies_said)
    World.objects.filter(pk=world.pk).update(seq=first + count - 1)
    world.refresh_from_db()


def test_many_sentences_are_read_a_part_at_a_time(talking: World) -> None:
    many(talking, 5 * AT_ONCE)
    stage = stage_of(talking)
    rows = sentences(talking, stage, language="zh", since=None, until=None)
    with CaptureQueriesContext(connection) as first:
        next(rows)
    assert len(first) <= 3
    with CaptureQueriesContext(connection) as later:
        rest = [row[4] for row in rows]
    conversations = Conversation.objects.filter(world=talking).count()
    assert len(later) == 2 * (-(-conversations // AT_ONCE) - 1) + 1
    assert rest[-5 * AT_ONCE :] == [f"第{index}句" for index in range(5 * AT_ONCE)]


def test_a_long_file_comes_in_pieces(talking: World, client: Client) -> None:
    many(talking, 5 * AT_ONCE)
    answer = asked(client, f"{SAID}?world={talking.slug}")
    with CaptureQueriesContext(connection) as queries:
        pieces = iter(answer.streaming_content)
        next(pieces)
        before = len(queries)
        rest = list(pieces)
        assert len(queries) > before
    assert len(rest) > 1


def test_what_is_said_meanwhile_is_not_in_the_file(talking: World) -> None:
    before = World.objects.get(pk=talking.pk)
    told = list(sentences(before, stage_of(talking), language="zh", since=None, until=None))
    many(talking, 3)
    assert told == list(sentences(before, stage_of(talking), language="zh", since=None, until=None))


def test_the_server_sends_pieces_as_they_are_made(
    talking: World, async_client: AsyncClient
) -> None:
    many(talking, 5 * AT_ONCE)
    path = f"/api/{SAID}?world={talking.slug}"

    async def ask() -> tuple[bool, list[bytes]]:
        answer: Any = await async_client.get(path)
        return answer.is_async, [piece async for piece in answer.streaming_content]

    is_async, pieces = async_to_sync(ask)()
    assert is_async
    assert len(pieces) > 2
    rows = table(b"".join(pieces).decode())
    assert len(rows) == Event.objects.filter(world=talking, kind=events.SAID).count()


NODE = ("number", "name_zh", "name_en", "occupation", "age")
EDGE = ("strength", "kind", "regard_of_one", "regard_of_other", "lovers", "talks", "one", "other")


def read_graph(kind: str, content: str) -> Any:
    match kind:
        case "graphml":
            return nx.parse_graphml(content, node_type=int)
        case "gexf":
            return nx.read_gexf(io.BytesIO(content.encode()), node_type=int)
        case _:
            return nx.node_link_graph(json.loads(content), edges="edges")


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_network_comes_back(talking: World, client: Client, kind: str, language: str) -> None:
    one, other = sorted(
        Relationship.objects.filter(actor__world=talking, strength__gte=11_000).values_list(
            "actor", "other"
        )
    )[0]
    lovers = Relationship.objects.filter(actor__in=(one, other), other__in=(one, other))
    assert lovers.update(love=1, strength=90_000, regard=-5_500) == 2
    graph = network_of(talking, stage_of(talking))
    assert graph.number_of_edges() > 1
    content = text(client, f"{NETWORK}?world={talking.slug}&format={kind}", language)
    back = read_graph(kind, content)
    assert not back.is_directed()
    assert set(back.nodes) == set(graph.nodes)
    assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in graph.edges}
    for number, data in graph.nodes(data=True):
        assert {key: back.nodes[number][key] for key in NODE} == {key: data[key] for key in NODE}
        assert back.nodes[number]["label"] == data[f"name_{language}"]
    words = {
        tie.key: getattr(tie.name, language)
        for tie in stage_of(talking).constants["talk"].spec.ties
    }
    found = 0
    for a, b, data in graph.edges(data=True):
        edge = back.edges[a, b]
        assert {key: edge[key] for key in EDGE} == {key: data[key] for key in EDGE}
        assert edge["weight"] == data["strength"]
        found += data["lovers"]
        expected = (
            {"zh": "恋人", "en": "lover"}[language] if data["lovers"] else words[data["kind"]]
        )
        assert edge["label"] == expected
    assert found == 1


def test_a_network_of_strangers_is_a_file_too(found_town: Found, client: Client) -> None:
    world = found_town()
    Relationship.objects.filter(actor__world=world).delete()
    for kind in ("graphml", "gexf", "json"):
        back = read_graph(kind, text(client, f"{NETWORK}?world={world.slug}&format={kind}"))
        assert len(back) == Agent.objects.filter(actor__world=world).count()
        assert not back.edges


def test_the_schema_says_that_files_are_in_no_envelope(db: None, client: Client) -> None:
    paths = client.get("/api/schema?format=json").json()["paths"]
    told = {path.rstrip("/?"): item for path, item in paths.items()}
    (said,) = (item["get"] for path, item in told.items() if path.endswith(SAID))
    content = said["responses"]["200"]["content"]
    assert set(content) == {"text/csv", "application/json"}
    assert content["text/csv"]["schema"] == {"type": "string"}
    assert content["application/json"]["schema"]["type"] == "array"
    (stats,) = (item["get"] for path, item in told.items() if path.endswith("stats/society"))
    assert "success" in str(stats["responses"]["200"])
