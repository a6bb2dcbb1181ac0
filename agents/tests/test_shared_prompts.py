"""Prompts begin alike, which is what endpoints keep, and come out the same whenever rendered."""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from agents.fake_llm.running import FakeModel
from agents.minds.catalogue import give_mind
from agents.minds.headless import advance_thinking
from agents.minds.prompts import prompts_for
from agents.minds.speech_prompts import speech_prompts
from agents.models import Thought
from agents.tests.models import language_model
from tests.laws.talk import chatty
from world.engine.gametime import HOUR
from world.models import World
from world.scenario import Scenario

Found = Callable[..., World]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fresh_gate")]


def common(one: bytes, other: bytes) -> float:
    """The share of the longer one that both begin with."""
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return same / max(len(one), len(other))


def text_of(messages: list[dict[str, Any]]) -> bytes:
    return "".join(message["content"] for message in messages).encode()


def test_prompts_of_half_a_day_share_their_beginnings_and_can_be_rendered_again(
    found_town: Found, fake: FakeModel
) -> None:
    world = found_town()
    give_mind(world=world, model=language_model(base_url=fake.base_url))
    advance_thinking(world=world, until=world.instant + 12 * HOUR)
    decisions = Thought.objects.filter(world=world, purpose="decide", status="answered")
    thoughts = list(decisions.order_by("asked_at", "pk"))
    assert len(thoughts) > 30
    told = {thought.pk: thought.messages[:2] for thought in thoughts}

    by_agent, by_instant = defaultdict(list), defaultdict(list)
    for thought in thoughts:
        by_agent[thought.actor_id].append(text_of(told[thought.pk]))
        by_instant[thought.asked_at].append(text_of(told[thought.pk]))
    of_one = [common(*pair) for texts in by_agent.values() for pair in pairwise(texts)]
    of_many = [common(*pair) for texts in by_instant.values() for pair in pairwise(texts)]
    assert len(by_agent) == 12
    assert min(of_one) > 0.55, sorted(of_one)[:5]
    assert of_many
    assert min(of_many) > 0.25, sorted(of_many)[:5]

    for size in (1, 7, len(thoughts)):
        for first in range(0, len(thoughts), size):
            batch = thoughts[first : first + size]
            for thought, again in zip(
                batch, prompts_for(batch, language="zh", asking="plan"), strict=True
            ):
                assert again == told[thought.pk]


def test_prompts_of_turns_can_be_rendered_again_when_all_is_over(
    found_town: Found, hamlet: Scenario, fake: FakeModel
) -> None:
    world = found_town(seed=3, scenario=chatty(hamlet))
    give_mind(world=world, model=language_model(base_url=fake.base_url))
    advance_thinking(world=world, until=world.instant + 2 * HOUR)
    thoughts = list(
        Thought.objects.filter(world=world, purpose="speak", status="answered").order_by("pk")
    )
    assert len(thoughts) > 10
    told = [thought.messages[:2] for thought in thoughts]
    assert speech_prompts(thoughts, language="zh") == told
    by_turn = defaultdict(list)
    for thought, messages in zip(thoughts, told, strict=True):
        by_turn[thought.actor_id, thought.situation["conversation"]].append(text_of(messages))
    shares = [common(*pair) for texts in by_turn.values() for pair in pairwise(texts)]
    assert shares, "nobody had two turns"
    assert min(shares) > 0.7, sorted(shares)[:5]
