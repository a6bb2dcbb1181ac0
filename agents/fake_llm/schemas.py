"""Instances of a JSON schema, for requests that bring one instead of an example.

As much of the language as providers take: objects, arrays, strings, numbers, enum, const,
references into the schema itself, and the first of several alternatives. Every property of an
object is there.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from agents.fake_llm.chance import Chance

LONGEST_LIST = 4
DEEPEST = 12
"""Below this depth lists are as short as they may be and alternatives are the plainest."""
TOO_DEEP = 60

MakeInteger = Callable[[str, int, int], int]
MakeString = Callable[[str, str | None], str]


class SchemaError(ValueError):
    """It is no schema, or has no instance that ends."""


def instance_of(
    schema: Mapping[str, Any], chance: Chance, integer: MakeInteger, string: MakeString
) -> Any:
    """An instance of the schema.

    integer: makes one under a key, from a least to a greatest. string: makes one under a key.
    Raises SchemaError.
    """
    try:
        return _Instances(schema, chance, integer, string).make(schema, "", 0)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, ArithmeticError) as error:
        raise SchemaError("Invalid schema for response_format.") from error


class _Instances:
    def __init__(
        self, root: Mapping[str, Any], chance: Chance, integer: MakeInteger, string: MakeString
    ) -> None:
        self._root = root
        self._chance = chance
        self._integer = integer
        self._string = string

    def make(self, schema: Mapping[str, Any], key: str, depth: int) -> Any:
        """An instance of a part of the schema, which stands under `key`."""
        if depth > TOO_DEEP:
            raise ValueError("the schema has no end")
        if "$ref" in schema:
            return self.make(self._referred(schema["$ref"]), key, depth + 1)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._chance.one_of(schema["enum"])
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return self.make(self._alternative(schema[several], depth), key, depth + 1)
        return self._of_type(schema, key, depth)

    def _referred(self, pointer: str) -> Any:
        target: Any = self._root
        for name in pointer.removeprefix("#").strip("/").split("/"):
            target = target[name] if name else target
        return target

    def _alternative(self, alternatives: list[Any], depth: int) -> Any:
        if depth > DEEPEST:
            return min(alternatives, key=lambda one: "$ref" in one or one.get("type") == "object")
        return alternatives[0]

    def _of_type(self, schema: Mapping[str, Any], key: str, depth: int) -> Any:  # noqa: PLR0911 (one a type)
        kind = schema.get("type", "object")
        match kind if isinstance(kind, str) else kind[0]:
            case "object":
                properties = schema.get("properties", {})
                return {name: self.make(one, name, depth + 1) for name, one in properties.items()}
            case "array":
                return self._array(schema, key, depth)
            case "string":
                return self._text(schema, key)
            case "integer":
                return self._whole(schema, key)
            case "number":
                low, high = _bounds(schema, step=0.01)
                return round(low + (high - low) * self._chance.share(), 3)
            case "boolean":
                return bool(self._chance.below(2))
            case "null":
                return None
        raise ValueError("unknown type")

    def _array(self, schema: Mapping[str, Any], key: str, depth: int) -> list[Any]:
        if "items" not in schema:
            return []
        least = schema.get("minItems", 0)
        most = min(schema.get("maxItems", math.inf), max(least, LONGEST_LIST))
        count = self._chance.between(min(max(least, 1), most), most) if depth < DEEPEST else least
        return [self.make(schema["items"], key, depth + 1) for _ in range(count)]

    def _text(self, schema: Mapping[str, Any], key: str) -> str:
        text = self._string(key, None)
        return text.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength")]

    def _whole(self, schema: Mapping[str, Any], key: str) -> int:
        low, high = (int(bound) for bound in _bounds(schema, step=1))
        drawn = self._integer(key, low, high)
        if {"minimum", "exclusiveMinimum"} & schema.keys():
            drawn = max(drawn, low)
        if {"maximum", "exclusiveMaximum"} & schema.keys():
            drawn = min(drawn, high)
        step = schema.get("multipleOf", 1)
        multiple = drawn // step * step
        return multiple if multiple >= low else multiple + step


def _bounds(schema: Mapping[str, Any], step: float) -> tuple[float, float]:
    """The least and the greatest number that a schema allows; ten wide where it has no end."""
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is None:
        low = 1 if high is None or high > 1 else high - 9
    elif "minimum" not in schema:
        low += step
    if high is None:
        high = low + 9
    elif "maximum" not in schema:
        high -= step
    return (math.ceil(low), math.floor(high)) if step == 1 else (low, high)
