"""The lexical embedder: what it finds alike, and that it says the same everywhere."""

import re
import subprocess
import sys
import unicodedata
import zlib
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory import lexical
from memory.lexical import DIMENSION, PART, SLIGHT, WHOLE, embed


def alike(one: str, other: str) -> float:
    first, second = embed([one, other])
    return float((first * second).sum())


def reference(text: str) -> list[float]:
    """The vector by the definition, feature by feature."""
    features: list[tuple[str, float]] = []
    plain = unicodedata.normalize("NFKC", text).casefold()
    for run in re.findall(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+", plain):
        if run[0] < "\u3400" or run[0] > "\u9fff":
            features += lexical._of_word(run)
            continue
        features += [(each, SLIGHT if each in COMMON else PART) for each in run]
        features += [
            (one + other, (WHOLE, PART, SLIGHT)[(one in COMMON) + (other in COMMON)])
            for one, other in pairwise(run)
        ]
    sums: dict[int, float] = defaultdict(float)
    for feature, weight in features:
        hashed = zlib.crc32(feature.encode())
        sums[hashed % DIMENSION] += weight if hashed & 0x80000000 else -weight
    length = sum(value * value for value in sums.values()) ** 0.5
    return [sums[place] / (length or 1) for place in range(DIMENSION)]


COMMON = lexical._COMMON_CHARACTERS

texts = st.text() | st.text("我的你好咖啡，：㐀鿿 _ab9'ＡＢéß\0\n")


@given(st.lists(texts, max_size=4))
def test_vectors_are_what_the_definition_says(told: list[str]) -> None:
    for text, vector in zip(told, embed(told), strict=True):
        assert vector == pytest.approx(reference(text), abs=1e-6)


@given(st.lists(st.text()))
def test_vectors_are_of_length_one_or_of_texts_without_words(texts: list[str]) -> None:
    vectors = embed(texts)
    assert vectors.shape == (len(texts), DIMENSION)
    lengths = np.linalg.norm(vectors, axis=1)
    for text, length in zip(texts, lengths, strict=True):
        assert length == pytest.approx(1, abs=1e-5) or (
            length == 0 and not any(letter.isalnum() for letter in text)
        )


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_text_has_the_same_vector_alone_and_among_others(texts: list[str]) -> None:
    together = embed(texts)
    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(embed([text])[0], vector)


def test_another_process_makes_the_same_vectors() -> None:
    """Python's own hash of a text differs from process to process."""
    told = (
        "from memory.lexical import embed; print(embed(['王芳请我喝咖啡 coffee']).tobytes().hex())"
    )
    asked = [
        subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert asked[0] == asked[1] == embed(["王芳请我喝咖啡 coffee"]).tobytes().hex() + "\n"


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("谁要办生日派对", "伊莎贝拉说周六在咖啡馆办生日派对", "今天的代码又改了三遍"),
        ("咖啡馆", "在时光咖啡馆和王芳聊工作", "在绿荫公园散步"),
        ("who plans a party", "Isabella is planning the party", "Rain kept me at home"),
        ("borrowing money", "He borrowed some money from me", "She reads in the library"),
        ("ＣＯＦＦＥＥ", "Coffee with Wang Fang", "Tea with Wang Fang"),
    ],
)
def test_what_shares_words_is_nearer(asked: str, near: str, far: str) -> None:
    assert alike(asked, near) > alike(asked, far) + 0.05


def test_words_that_are_everywhere_say_little() -> None:
    assert alike("what is the news", "the cat is on the mat") < 0.2
    assert alike("我的是你的吗", "他的是他们的吧") < 0.5
