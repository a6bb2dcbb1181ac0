"""The social network: residents, and who is more than a stranger to whom, as a graph."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from agents.conversations.rules import ACQUAINTANCE, TalkRules
from agents.conversations.vocabulary import Love
from agents.models import Relationship
from agents.selectors import residents
from world.engine.lines import POINT
from world.models import World
from world.stage import Stage

BEST_CONNECTED = 10


class _Side(NamedTuple):
    """What one is to the other, milli-points; a side that is not there counts for nothing."""

    strength: int = 0
    regard: int = 0
    love: int = Love.NONE
    talks: int = 0


@dataclass(frozen=True)
class Figures:
    """What a network of n residents is like.

    density: ties of those that could be, 0 to 1. clustering: the mean over residents of how many of
    the pairs of those whom they know know each other, 0 to 1. components: parts of the town between
    which there are no ties, and largest, residents of the biggest. strength: the mean of ties, 0 to
    100; 0 without any. kinds: ties by kind, from acquaintances up. best_connected: number, ties and
    sum of their strengths, the most ties first. isolated: numbers of those without a tie.
    """

    nodes: int
    ties: int
    density: float
    clustering: float
    components: int
    largest: int
    strength: float
    kinds: Mapping[str, int]
    best_connected: list[tuple[int, int, float]]
    isolated: list[int]


def network_of(world: World, stage: Stage) -> Any:
    """The network of a world's residents, an undirected `networkx.Graph`; two queries.

    A node is a resident's number, with number, name_zh, name_en, occupation (a key) and age. Two
    are tied if the mean of both sides' strength is at least an acquaintance's. An edge has one and
    other, the lower number first; strength, that mean, 0 to 100; kind, the key of such a tie;
    regard_of_one and regard_of_other, -100 to 100; lovers; talks.
    """
    # Ties first: somebody who comes between the two queries has none of them.
    sides = _sides(world)
    graph = nx.Graph()
    occupations = stage.constants["occupations"].keys
    for number, zh, en, occupation, age in residents(world).values_list(
        "number", "name_zh", "name_en", "state__occupation", "agent__age"
    ):
        graph.add_node(
            number,
            number=number,
            name_zh=zh,
            name_en=en,
            occupation=occupations[occupation],
            age=age,
        )
    # Ties with those who have moved away are none of the town's any more.
    here = (pair for pair in sides if pair[0] in graph and pair[1] in graph)
    pairs = sorted({(min(pair), max(pair)) for pair in here})
    both = [(sides.get(pair, _Side()), sides.get(pair[::-1], _Side())) for pair in pairs]
    rules: TalkRules = stage.constants["talk"]
    doubled = np.array([mine.strength + theirs.strength for mine, theirs in both], dtype=np.int64)
    kinds = rules.kind_of(doubled // 2)
    for index in np.flatnonzero(kinds >= ACQUAINTANCE).tolist():
        (one, other), (mine, theirs) = pairs[index], both[index]
        graph.add_edge(
            one,
            other,
            one=one,
            other=other,
            strength=(mine.strength + theirs.strength) / 2 / POINT,
            kind=rules.spec.ties[int(kinds[index])].key,
            regard_of_one=mine.regard / POINT,
            regard_of_other=theirs.regard / POINT,
            lovers=mine.love == theirs.love == Love.LOVERS,
            talks=max(mine.talks, theirs.talks),
        )
    return graph


def _sides(world: World) -> dict[tuple[int, int], _Side]:
    """Every side, by the numbers of the one and the other."""
    rows = Relationship.objects.filter(actor__world=world).values_list(
        "actor__number", "other__number", "strength", "regard", "love", "talks"
    )
    return {(one, other): _Side(*side) for one, other, *side in rows.iterator(chunk_size=5000)}


def figures_of(graph: Any, stage: Stage) -> Figures:
    """The figures of a network as `network_of` gives it; all are 0 where nobody lives."""
    strengths = [strength for *_, strength in graph.edges(data="strength")]
    kinds = Counter(kind for *_, kind in graph.edges(data="kind"))
    components = [len(component) for component in nx.connected_components(graph)]
    weights = dict(graph.degree(weight="strength"))
    connected = sorted(
        ((number, ties, weights[number]) for number, ties in graph.degree() if ties),
        key=lambda each: (-each[1], -each[2], each[0]),
    )
    rules: TalkRules = stage.constants["talk"]
    return Figures(
        nodes=len(graph),
        ties=len(strengths),
        density=nx.density(graph),
        clustering=nx.average_clustering(graph) if graph else 0.0,
        components=len(components),
        largest=max(components, default=0),
        strength=sum(strengths) / len(strengths) if strengths else 0.0,
        kinds={tie.key: kinds[tie.key] for tie in rules.spec.ties[ACQUAINTANCE:]},
        best_connected=connected[:BEST_CONNECTED],
        isolated=sorted(nx.isolates(graph)),
    )
