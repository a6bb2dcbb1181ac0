"""What a reply needs to know of a request: the example of the answer, the choices, the language.

The contract with prompts: the system message has one fenced block of JSON with an example of the
answer; choices are codes in square brackets, `[7/eat]`, in the last message of the user that has
any. Where a line of the system's or the user's begins with `- key:` and has words in square
brackets, what stands under that key is one of them; of several lines the last one counts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

FENCED = re.compile(r"```json\s*\n(.*?)```", re.DOTALL)
CODE = re.compile(r"\[(\d+/[a-z][a-z0-9-]*)\]")
LISTED = re.compile(r"^- (\w+)[:：](.*\[.*)$", re.MULTILINE)
WORD_LISTED = re.compile(r"\[([^\[\]]+)\]")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]+")

SYSTEM_ROLES = {"system", "developer"}


@dataclass(frozen=True, slots=True)
class Prompt:
    """example: parsed, or None if the system message has none. choices: in order, each once.

    listed: what may stand under a key, by key.

    wants_json: whether the request has a response format of JSON. schema: the one it has, if any.
    """

    example: Any
    choices: Sequence[str]
    listed: Mapping[str, Sequence[str]]
    chinese: bool
    wants_json: bool
    schema: Mapping[str, Any] | None


def read_prompt(body: Mapping[str, Any]) -> Prompt:
    """What a request (checked by `requests.check_chat`) asks for."""
    system = asked = offered = questions = ""
    for message in body["messages"]:
        if message["role"] in SYSTEM_ROLES:
            system += text_of(message) + "\n"
        elif message["role"] == "user":
            asked = text_of(message)
            # Whoever asks again need not repeat what there is to choose from.
            questions += asked + "\n"
            offered = asked if CODE.search(asked) else offered
    response_format = body.get("response_format") or {}
    kind = response_format.get("type")
    return Prompt(
        example=_example_in(system),
        choices=list(dict.fromkeys(CODE.findall(offered))),
        listed={
            key: WORD_LISTED.findall(words) for key, words in LISTED.findall(system + questions)
        },
        chinese=_mostly_chinese(asked),
        wants_json=kind in {"json_object", "json_schema"},
        schema=response_format["json_schema"]["schema"] if kind == "json_schema" else None,
    )


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a message, also of one in parts."""
    content = message.get("content")
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "\n".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))


def _example_in(system: str) -> Any:
    found = FENCED.search(system)
    if found is None:
        return None
    try:
        return orjson.loads(found[1])
    except orjson.JSONDecodeError:
        return None


def _mostly_chinese(text: str) -> bool:
    """An ideograph weighs as much as a word of letters; codes and their like are neither."""
    if text.isascii():
        return False
    return len(IDEOGRAPH.findall(text)) > len(WORD.findall(CODE.sub("", text)))
