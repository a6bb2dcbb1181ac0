"""Replies: an answer that fits what was asked, chosen by the hash of the request.

The answer has the shape of the prompt's example, or of the request's schema, or is a sentence. A
string under the key `choice` is one of the codes offered, one under a key for which words are
listed is one of these, a number under `minutes` is a length of
time, other numbers lie between half of the example's and the example's own.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from agents.fake_llm.chance import Chance
from agents.fake_llm.prompts import Prompt
from agents.fake_llm.schemas import instance_of

LONGEST_LIST = 4
MINUTES = range(15, 185, 5)

NOT_CONTENT = {"stream", "stream_options"}
"""Parameters that say how a reply is to travel, not what it is."""

SENTENCES = (
    "It seems the right thing to do now.",
    "I have been looking forward to this all day.",
    "Better to get it done before the evening.",
    "Somebody I like might be there as well.",
    "I am a little tired, but that can wait.",
    "A quiet hour would do me good.",
)
SENTENCES_ZH = (
    "现在做这个正合适。",
    "我盼着这件事已经一整天了。",
    "最好在天黑之前做完。",
    "说不定能在那儿遇到熟人。",
    "有点累了，不过还能再撑一会儿。",
    "安静地待一个小时也不错。",
)


def digest_of(body: Mapping[str, Any]) -> bytes:
    """SHA-256 of what the reply hangs on: model, messages and parameters, in any order of keys."""
    content = {key: value for key, value in body.items() if key not in NOT_CONTENT}
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()


def answer_to(prompt: Prompt, digest: bytes) -> Any:
    """A value of JSON, or a string: a sentence in plain text.

    Raises schemas.SchemaError if the request's schema is none.
    """
    fitting = _Fitting(prompt, Chance(digest))
    if prompt.example is not None:
        return fitting.like(prompt.example)
    if prompt.schema is not None:
        return instance_of(prompt.schema, fitting.chance, fitting.integer, fitting.string)
    sentence = fitting.sentence()
    return {"answer": sentence} if prompt.wants_json else sentence


def reasoning_for(prompt: Prompt, digest: bytes) -> str:
    """What a model that reasons thinks before it answers: two to four sentences."""
    fitting = _Fitting(prompt, Chance(digest + b"reasoning"))
    count = fitting.chance.between(2, 4)
    return ("" if prompt.chinese else " ").join(fitting.sentence() for _ in range(count))


def text_of_answer(answer: Any) -> str:
    """As it stands in the message: bare JSON, or the sentence itself."""
    return answer if isinstance(answer, str) else orjson.dumps(answer).decode()


class _Fitting:
    """Makes values that look like an example, with choices that the prompt offers."""

    def __init__(self, prompt: Prompt, chance: Chance) -> None:
        self._prompt = prompt
        self.chance = chance

    def like(self, example: Any, key: str = "") -> Any:  # noqa: PLR0911 (one for each type)
        """A value shaped like `example`, which stands under `key`."""
        match example:
            case dict():
                return {name: self.like(value, name) for name, value in example.items()}
            case [first, *_]:
                return [self.like(first, key) for _ in range(self.chance.between(1, LONGEST_LIST))]
            case bool():
                return bool(self.chance.below(2))
            case int():
                return self.integer(key, *sorted((example - example // 2, example)))
            case float():
                return round(example * (1 + self.chance.share()) / 2, 3)
            case str():
                return self.string(key, example)
        return example

    def integer(self, key: str, low: int, high: int) -> int:
        """From `low` to `high`, both included, unless it is a length of time."""
        numbers = [int(word) for word in self._prompt.listed.get(key, ()) if word.isdecimal()]
        if numbers:
            return self.chance.one_of(numbers)
        return self.chance.one_of(MINUTES) if key == "minutes" else self.chance.between(low, high)

    def string(self, key: str, example: str | None) -> str:
        """A code that was offered, or a sentence; a choice among none stays the example's."""
        if key in self._prompt.listed:
            return self.chance.one_of(self._prompt.listed[key])
        if key != "choice":
            return self.sentence()
        if self._prompt.choices:
            return self.chance.one_of(self._prompt.choices)
        return self.sentence() if example is None else example

    def sentence(self) -> str:
        """A sentence in the language of the question."""
        return self.chance.one_of(SENTENCES_ZH if self._prompt.chinese else SENTENCES)
