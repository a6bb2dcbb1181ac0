"""What the fake model answers."""

import math
from typing import Any

import orjson
import pytest
from openai import AsyncOpenAI, BadRequestError

from agents.fake_llm.prompts import read_prompt
from agents.fake_llm.replies import answer_to, digest_of
from agents.fake_llm.running import FakeModel
from agents.fake_llm.tests.asking import EXAMPLE, OFFERED, answer, chat, content, prompt, using

SHOP = {
    "type": "object",
    "properties": {
        "choice": {"type": "string"},
        "kind": {"enum": ["bread", "tea"]},
        "count": {"type": "integer", "minimum": 2, "maximum": 4},
        "minutes": {"type": "integer"},
        "price": {"type": "number", "minimum": 1, "exclusiveMaximum": 2},
        "open": {"type": "boolean"},
        "nothing": {"type": ["null", "string"]},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/part"}, "maxItems": 2},
    },
    "$defs": {
        "part": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "maxLength": 5},
                "inner": {"anyOf": [{"$ref": "#/$defs/part"}, {"type": "null"}]},
            },
        }
    },
}


def schema_format(schema: Any) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": "shop", "schema": schema}}


def test_the_same_request_has_the_same_reply_and_another_request_another(model: FakeModel) -> None:
    async def ask(client: AsyncOpenAI) -> list[str]:
        return [
            content(
                await client.chat.completions.create(
                    model="fake-chat", messages=prompt(), seed=seed
                )
            )
            for seed in (1, 2, 3, 4, 1, 2, 3, 4)
        ]

    replies = using(model, ask)
    assert replies[:4] == replies[4:]
    assert len(set(replies)) == 4


def test_a_reply_hangs_on_nothing_but_the_request(model: FakeModel) -> None:
    body = {"messages": prompt(), "model": "fake-chat", "stream": False}
    expected = answer_to(read_prompt(body), digest_of(body))
    chat(model, prompt("Something else came before."))
    assert answer(model) == expected


def test_replies_have_the_shape_of_the_example_and_choose_what_is_offered(model: FakeModel) -> None:
    async def ask(client: AsyncOpenAI) -> list[Any]:
        return [
            orjson.loads(
                content(
                    await client.chat.completions.create(
                        model="fake-chat",
                        messages=prompt(),
                        seed=seed,
                        response_format={"type": "json_object"},
                    )
                )
            )
            for seed in range(60)
        ]

    replies = using(model, ask)
    steps = [step for reply in replies for step in reply["plan"]]
    assert {tuple(reply) for reply in replies} == {tuple(EXAMPLE)}
    assert {len(reply["plan"]) for reply in replies} == {1, 2, 3, 4}
    assert {tuple(step) for step in steps} == {("choice", "minutes", "why", "weight")}
    assert {step["choice"] for step in steps} == OFFERED
    assert {step["minutes"] % 5 for step in steps} == {0}
    assert min(step["minutes"] for step in steps) >= 15
    assert max(step["minutes"] for step in steps) <= 180
    assert {step["weight"] for step in steps} <= {4, 5, 6, 7, 8}
    assert all(step["why"].endswith(".") for step in steps)


def test_only_the_last_question_offers_choices(model: FakeModel) -> None:
    earlier = {"role": "user", "content": "Then there was [5/sleep]."}
    said = {"role": "assistant", "content": "[6/swim]"}
    system, last = prompt("Now there is [8/work] only.")
    reply = answer(model, [system, earlier, said, last])
    assert {step["choice"] for step in reply["plan"]} == {"8/work"}


def test_what_a_question_lists_counts_until_another_lists_something_else(model: FakeModel) -> None:
    asked = [*prompt("- why: [tea] or [bread]"), {"role": "assistant", "content": "- why: [ink]"}]
    again = {"role": "user", "content": "Answer again."}
    reply = answer(model, [*asked, again])
    assert {step["why"] for step in reply["plan"]} <= {"tea", "bread"}
    reply = answer(model, [*asked, {"role": "user", "content": "- why: [salt]"}, again])
    assert {step["why"] for step in reply["plan"]} == {"salt"}


def test_where_nothing_is_offered_the_choice_is_the_examples(model: FakeModel) -> None:
    reply = answer(model, prompt("What now?"))
    assert {step["choice"] for step in reply["plan"]} == {"3/read"}


@pytest.mark.parametrize(
    ("user", "chinese"),
    [
        ("你现在可以做：[7/eat] 在家吃饭，[0/idle] 什么都不做。", True),
        ("You live in 阳光 town: [7/eat] eat at home, [0/idle] do nothing at all.", False),
    ],
)
def test_sentences_are_in_the_language_of_the_question(
    model: FakeModel, user: str, chinese: bool
) -> None:
    assert answer(model, prompt(user))["mood"].isascii() is not chinese


def test_a_question_in_parts_is_read(model: FakeModel) -> None:
    system, _ = prompt()
    parts = [{"type": "text", "text": "There is"}, {"type": "text", "text": "[8/work]."}]
    reply = answer(model, [system, {"role": "user", "content": parts}])
    assert {step["choice"] for step in reply["plan"]} == {"8/work"}


def test_without_an_example_the_reply_is_an_instance_of_the_schema(model: FakeModel) -> None:
    for seed in range(8):
        reply = answer(
            model, prompt(system="Be brief."), seed=seed, response_format=schema_format(SHOP)
        )
        assert reply["choice"] in OFFERED
        assert reply["kind"] in {"bread", "tea"}
        assert 2 <= reply["count"] <= 4
        assert reply["minutes"] in range(15, 185, 5)
        assert 1 <= reply["price"] < 2
        assert isinstance(reply["open"], bool)
        assert reply["nothing"] is None
        assert 1 <= len(reply["parts"]) <= 2
        assert all(len(part["name"]) <= 5 for part in reply["parts"])


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "quantity"},
        {"$ref": "#/$defs/nowhere"},
        {"$ref": "#"},
        {"enum": []},
    ],
)
def test_a_schema_without_an_instance_is_refused(model: FakeModel, schema: Any) -> None:
    with pytest.raises(BadRequestError, match="Invalid schema"):
        chat(model, prompt(system="Be brief."), response_format=schema_format(schema))


def test_with_neither_the_reply_is_a_sentence_and_in_json_if_wanted(model: FakeModel) -> None:
    asked = prompt(system="Be brief.")
    assert content(chat(model, asked)).endswith(".")
    wanted = answer(model, asked, response_format={"type": "json_object"})
    assert list(wanted) == ["answer"]


def test_a_reasoner_says_what_it_thought_and_counts_it(model: FakeModel) -> None:
    reply = chat(model, model="fake-reasoner")
    message = reply.choices[0].message
    thought = message.reasoning_content
    tokens = reply.usage.completion_tokens_details.reasoning_tokens
    assert tokens == math.ceil(len(thought) / 4)
    assert reply.usage.completion_tokens == tokens + math.ceil(len(message.content.encode()) / 4)
    assert not hasattr(chat(model).choices[0].message, "reasoning_content")


@pytest.mark.parametrize("limit", [1, 2, 5, 20])
@pytest.mark.parametrize("name", ["fake-chat", "fake-reasoner"])
def test_a_reply_keeps_to_its_limit_of_tokens(model: FakeModel, name: str, limit: int) -> None:
    for user in ("你现在可以做：[7/eat]", "[7/eat]"):
        reply = chat(model, prompt(user), model=name, max_tokens=limit)
        assert reply.choices[0].finish_reason == "length"
        assert 1 <= reply.usage.completion_tokens <= limit


def test_a_reply_within_its_limit_is_whole(model: FakeModel) -> None:
    reply = chat(model, max_completion_tokens=4_000, max_tokens=None)
    assert reply.choices[0].finish_reason == "stop"
    assert orjson.loads(content(reply))


def test_unknown_parameters_are_taken_without_a_word(model: FakeModel) -> None:
    extra = {"thinking": {"type": "disabled"}, "enable_thinking": False, "top_k": 20}
    assert answer(model, extra_body=extra)["plan"]
