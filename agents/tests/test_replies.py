"""Replies: what is read as a plan, and that nothing else is."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.minds.replies import MOST_WORDS, UnreadableReplyError, read_plan
from agents.models import PLAN_STEPS
from agents.systems.replies import LONGEST

STEP = {"choice": "7/eat", "minutes": 30, "why": "I am hungry."}


def told(**changes: Any) -> str:
    """A reply that can be read, with these changes."""
    answer = {"thought": "A cafe, then home.", "feeling": "calm", "steps": [STEP]} | changes
    return json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "\n {} \n",
        "```json\n{}\n```",
        "```\n{}\n```",
        "Here is my plan:\n```json\n{}\n```\nThat is all.",
        "Let me think. {} I hope that helps.",
        "<think>hm</think>\n{}",
    ],
)
def test_a_plan_is_read_however_it_is_wrapped(wrap: str) -> None:
    plan = read_plan(wrap.replace("{}", told()))
    assert (plan.thought, plan.feeling) == ("A cafe, then home.", "calm")
    assert [(step.place, step.activity, step.minutes, step.why) for step in plan.steps] == [
        (7, "eat", 30, "I am hungry.")
    ]


@pytest.mark.parametrize(
    ("choice", "place", "activity"),
    [
        ("7/eat", 7, "eat"),
        ("[7/eat]", 7, "eat"),
        ("[ 7 / eat ]", 7, "eat"),
        ("0/idle", 0, "idle"),
        ("12/quick-eat", 12, "quick-eat"),
        ("9999999/a1", 9_999_999, "a1"),
    ],
)
def test_a_choice_is_a_number_and_a_key(choice: str, place: int, activity: str) -> None:
    (step,) = read_plan(told(steps=[STEP | {"choice": choice}])).steps
    assert (step.place, step.activity) == (place, activity)


@pytest.mark.parametrize(
    ("minutes", "read"),
    [(30.4, 30), (30.6, 31), (0, 1), (-5, 1), (1e9, LONGEST), (10**30, LONGEST), (721, LONGEST)],
)
def test_minutes_are_rounded_and_kept_within_bounds(minutes: float, read: int) -> None:
    (step,) = read_plan(told(steps=[STEP | {"minutes": minutes}])).steps
    assert step.minutes == read


@pytest.mark.parametrize("minutes", ["5000", "0", "-3", "720.0"])
def test_minutes_that_are_written_as_text_are_kept_within_the_same_bounds(minutes: str) -> None:
    try:
        plan = read_plan(told(steps=[STEP | {"minutes": minutes}]))
    except UnreadableReplyError:
        return
    assert 1 <= plan.steps[0].minutes <= LONGEST


def test_a_plan_that_is_too_long_is_cut() -> None:
    steps = [STEP | {"minutes": minutes} for minutes in range(1, 10)]
    plan = read_plan(told(steps=steps, thought="x" * 9000, feeling="y" * 9000))
    assert [step.minutes for step in plan.steps] == list(range(1, PLAN_STEPS + 1))
    assert len(plan.thought) == len(plan.feeling) == MOST_WORDS


def test_what_is_not_necessary_may_be_left_out() -> None:
    step = {"choice": "7/eat", "minutes": 30}
    plan = read_plan(json.dumps({"thought": "饿了。", "steps": [step], "mood": 3}))
    assert (plan.thought, plan.feeling, plan.steps[0].why) == ("饿了。", "", "")


@pytest.mark.parametrize("text", ["", " \n\n ", "\u3000\t"])
def test_blanks_are_told_to_be_empty(text: str) -> None:
    with pytest.raises(UnreadableReplyError, match="the answer was empty"):
        read_plan(text)


@pytest.mark.parametrize(
    "text",
    ["I would rather eat.", told()[:40], "[1, 2]", "7", "null", '"a"', "{", "}{", "```json\n```"],
)
def test_what_has_no_object_is_told_to_have_none(text: str) -> None:
    with pytest.raises(UnreadableReplyError, match="not a JSON object"):
        read_plan(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (json.dumps({"unexpected": [1]}), "thought: Field required; steps: Field required"),
        (told(steps=[]), "steps: List should have at least 1 item"),
        (told(steps="eat"), "steps: Input should be a valid list"),
        (told(steps=[7]), "steps.0: Input should be a valid dictionary"),
        (told(steps=[STEP, STEP | {"choice": "eat"}]), "steps.1.choice"),
        (told(steps=[STEP | {"choice": "7/eat 8/read"}]), "steps.0.choice"),
        (told(steps=[STEP | {"choice": "12345678/eat"}]), "steps.0.choice"),
        (told(steps=[STEP | {"minutes": None}]), "steps.0.minutes"),
        (told(steps=[STEP | {"minutes": "long"}]), "steps.0.minutes"),
        (told(thought=None), "thought: Input should be a valid string"),
    ],
)
def test_another_shape_is_told_what_is_wrong_with_it(text: str, what: str) -> None:
    with pytest.raises(UnreadableReplyError) as wrong:
        read_plan(text)
    assert what in str(wrong.value)


numbers = st.integers() | st.floats()
anything = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)
almost = st.fixed_dictionaries(
    {
        "thought": st.text() | anything,
        "steps": st.lists(
            st.fixed_dictionaries(
                {
                    "choice": st.sampled_from(["7/eat", "[0/idle]", "٣/eat", "7/吃"]) | anything,
                    "minutes": numbers | anything,
                }
            ),
            max_size=8,
        )
        | anything,
    },
    optional={"feeling": anything, "more": anything},
)


@given(
    st.text()
    | st.text(alphabet='{}[]"`json:,0123456789eE.-\\u \n')
    | anything.map(json.dumps)
    | almost.map(json.dumps)
)
def test_nothing_that_is_said_raises_anything_but_that_it_is_unreadable(text: str) -> None:
    try:
        plan = read_plan(text)
    except UnreadableReplyError:
        return
    assert 1 <= len(plan.steps) <= PLAN_STEPS
    for step in plan.steps:
        assert step.place in range(10_000_000)
        assert 1 <= step.minutes <= LONGEST
        assert step.activity.isascii()
