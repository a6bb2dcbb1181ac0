"""What a call is said to have cost, with a prefix cache like that of providers.

A token is four bytes of UTF-8, so there are never more tokens than bytes. A prompt finds in the
cache what it has in common, in whole blocks from its beginning, with a recent prompt to the same
model.
"""

import hashlib
from typing import Any

BYTES_PER_TOKEN = 4
BLOCK = 256
"""Bytes of a prompt that are found in the cache together or not at all."""
REMEMBERED = 2_000
"""How many prompts the cache goes back."""


def tokens_of(size: int) -> int:
    """Tokens of so many bytes."""
    return -(-size // BYTES_PER_TOKEN)


class PrefixCache:
    """The beginnings of recent prompts."""

    def __init__(self) -> None:
        self._seen: dict[bytes, int] = {}
        self._prompts = 0

    def cached_tokens(self, model: str, prompt: bytes) -> int:
        """How many tokens of the prompt are known; the prompt is known from now on."""
        self._prompts += 1
        oldest = max(1, self._prompts - REMEMBERED)
        if self._prompts % REMEMBERED == 0:
            self._seen = {key: when for key, when in self._seen.items() if when >= oldest}
        hasher = hashlib.blake2b(model.encode() + b"\n", digest_size=16)
        known = 0
        for end in range(BLOCK, len(prompt) + 1, BLOCK):
            hasher.update(prompt[end - BLOCK : end])
            prefix = hasher.copy().digest()
            if self._seen.get(prefix, 0) >= oldest:
                known = end
            self._seen[prefix] = self._prompts
        return known // BYTES_PER_TOKEN


def usage_of(*, prompt: int, cached: int, completion: int, reasoning: int) -> dict[str, Any]:
    """OpenAI's usage object; all in tokens, `completion` with those of reasoning."""
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }
