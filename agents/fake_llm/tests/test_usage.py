"""What a call is said to have cost."""

import orjson

from agents.fake_llm.running import FakeModel
from agents.fake_llm.tests.asking import chat, content, prompt
from agents.fake_llm.usage import BLOCK, REMEMBERED, PrefixCache


def test_tokens_are_a_quarter_of_the_bytes(model: FakeModel) -> None:
    reply = chat(model)
    usage = reply.usage
    assert usage.prompt_tokens == -(-len(orjson.dumps(prompt())) // 4)
    assert usage.completion_tokens == -(-len(content(reply).encode()) // 4)
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_what_prompts_have_in_common_is_cached_in_whole_blocks(model: FakeModel) -> None:
    system = "The town is called Lark. " * 100
    first = chat(model, prompt("What now?", system)).usage
    again = chat(model, prompt("And what now?", system)).usage
    other = chat(model, prompt("And what now?", system), model="fake-reasoner").usage
    assert first.prompt_tokens_details.cached_tokens == 0
    assert again.prompt_tokens_details.cached_tokens == len(system) // BLOCK * BLOCK // 4
    assert other.prompt_tokens_details.cached_tokens == 0
    counters = model.counters()
    assert counters["cached_tokens"] == again.prompt_tokens_details.cached_tokens
    assert counters["prompt_tokens"] == sum(usage.prompt_tokens for usage in (first, again, other))


def test_a_prompt_is_forgotten_when_many_others_have_come() -> None:
    cache = PrefixCache()
    prompts = [f"{number:8}".encode() * BLOCK for number in range(REMEMBERED + 1)]
    assert cache.cached_tokens("m", prompts[0]) == 0
    assert cache.cached_tokens("m", prompts[0]) == len(prompts[0]) // 4
    assert {cache.cached_tokens("m", one) for one in prompts[1:]} == {0}
    assert cache.cached_tokens("m", prompts[0]) == 0
    assert cache.cached_tokens("m", prompts[-1]) == len(prompts[-1]) // 4
