"""Writing: what is laid down by COPY is what the models say it is."""

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import lexical
from memory.models import Memory
from memory.tests.plans import believe_empty, steps_of
from memory.writing import Impression, remember
from world.models import Actor

pytestmark = pytest.mark.django_db

words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)


def impression(actor: int, at: int = 0, **fields: object) -> Impression:
    told: dict[str, object] = {
        "kind": 1,
        "importance": 50,
        "subject": "",
        "text": {"zh": "雨", "en": "rain"},
    }
    return Impression(actor=actor, at=at, **(told | fields))  # type: ignore[arg-type]


@settings(max_examples=30)
@given(zh=words, en=words, others=st.lists(st.integers(1, 10**6), max_size=6), cause=st.integers(0))
def test_every_field_comes_back(
    people: list[Actor], zh: str, en: str, others: list[int], cause: int
) -> None:
    Memory.objects.all().delete()
    cause %= 2**63
    told = impression(
        people[0].pk,
        at=7,
        kind=2,
        importance=77,
        subject="work",
        text={"zh": zh, "en": en},
        place=3,
        source=9,
        cause=cause,
        valence=-4,
        stand_in=2,
        people=others,
        evidence=[(5, 0), (6, 1)],
    )
    remember([told])
    memory = Memory.objects.get()
    assert (memory.text_zh, memory.text_en) == (zh or en, en or zh)
    assert (memory.people, memory.cause, memory.place, memory.source) == (others, cause, 3, 9)
    assert (memory.at, memory.recalled_at, memory.recalls, memory.kind) == (7, 7, 0, 2)
    assert (memory.importance, memory.subject, memory.ordinal) == (77, "work", 0)
    assert (memory.valence, memory.stand_in) == (-4, 2)
    assert (memory.evidence, memory.replaced) == ([[5, 0], [6, 1]], None)
    text = f"{zh} {en}" if zh != en and zh and en else zh or en
    expected = lexical.embed([text])[0]
    assert np.array(memory.vector) == pytest.approx(expected, abs=1e-3)
    memory.full_clean(exclude=["text_zh", "text_en", "subject", "vector", "people"])


def test_those_of_one_time_are_counted_on(people: list[Actor]) -> None:
    one, other = people[0].pk, people[1].pk
    remember([impression(one, 5), impression(other, 5), impression(one, 5), impression(one, 6)])
    remember([impression(one, 5), impression(one, 6)])
    rows = Memory.objects.order_by("actor", "at", "ordinal").values_list("actor", "at", "ordinal")
    mine = [(one, 5, 0), (one, 5, 1), (one, 5, 2), (one, 6, 0), (one, 6, 1)]
    assert list(rows) == [*mine, (other, 5, 0)]


def test_what_is_known_in_one_language_stands_in_both(people: list[Actor]) -> None:
    remember([impression(people[0].pk, text={"en": "It rained."})])
    memory = Memory.objects.get()
    assert memory.text_zh == memory.text_en == "It rained."


def test_importance_beyond_bounds_is_refused(people: list[Actor]) -> None:
    from psycopg.errors import CheckViolation

    with pytest.raises(CheckViolation):
        remember([impression(people[0].pk, importance=101)])


def test_whoever_remembers_is_looked_up_alone_whatever_the_planner_believes(
    people: list[Actor],
) -> None:
    laid_down = [impression(who.pk, at=at) for at in range(100) for who in people]
    remember(laid_down)
    believe_empty("memory_memory")
    with CaptureQueriesContext(connection) as asked:
        remember(laid_down[:10])
    (statement,) = (each["sql"] for each in asked if "ordinal" in each["sql"])
    (scan,) = (node for node in steps_of(statement) if node.get("Relation Name") == "memory_memory")
    # Of each the two that lie there by now, and nothing of the other 290 times.
    assert scan["Actual Loops"] == 10
    assert scan["Actual Rows"] <= 2
    assert scan.get("Rows Removed by Filter", 0) == 0
