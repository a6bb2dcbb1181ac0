"""The social network as files that Gephi, networkx and others open."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import networkx as nx

from agents.conversations.grammar import Language
from agents.conversations.rules import TalkRules
from world.stage import Stage

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def labelled(graph: Any, stage: Stage, language: Language) -> Any:
    """The network of `network_of` with what such programs show and weigh by.

    Nodes get a label, the name in this language. Edges get a label, what such a tie is called (that
    of lovers where they are), and weight, their strength again.
    """
    rules: TalkRules = stage.constants["talk"]
    ties = {tie.key: tie for tie in rules.spec.ties}
    for _, data in graph.nodes(data=True):
        data["label"] = data[f"name_{language}"]
    for *_, data in graph.edges(data=True):
        tie = ties[data["kind"]]
        name = tie.love if data["lovers"] and tie.love else tie.name
        data["label"] = getattr(name, language)
        data["weight"] = data["strength"]
    return graph


def as_graphml(graph: Any) -> Iterator[str]:
    """GraphML."""
    yield DECLARATION
    yield from (f"{line}\n" for line in nx.generate_graphml(graph))


def as_gexf(graph: Any) -> Iterator[str]:
    """GEXF 1.2, Gephi's own."""
    yield DECLARATION
    yield from (f"{line}\n" for line in nx.generate_gexf(graph))


def as_json(graph: Any) -> Iterator[str]:
    """Nodes and edges as networkx and d3 have them: source and target are ids of nodes."""
    yield from json.JSONEncoder(ensure_ascii=False).iterencode(
        nx.node_link_data(graph, edges="edges")
    )
    yield "\n"


FORMATS: dict[str, tuple[str, Callable[[Any], Iterator[str]]]] = {
    "graphml": ("application/graphml+xml", as_graphml),
    "gexf": ("application/gexf+xml", as_gexf),
    "json": ("application/json", as_json),
}
"""The content type of each format, and what writes it."""
