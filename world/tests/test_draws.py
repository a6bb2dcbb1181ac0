"""Keyed draws: the published answers of Philox, and chance that does not care who asks first."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from world.engine.draws import WORD, Draws, philox, philox_of_one, purpose

word = st.integers(0, WORD - 1)
HIGHEST = WORD - 1
WALK, TALK = purpose("walk"), purpose("talk")


def naive_philox(key: tuple[int, int], counter: tuple[int, ...]) -> list[int]:
    """Philox4x32-10 of one counter, in plain integers, as the paper writes it."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(c0 * 0xD2511F53, WORD)
        high1, low1 = divmod(c2 * 0xCD9E8D57, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % WORD, (k1 + 0xBB67AE85) % WORD
    return [c0, c1, c2, c3]


# From kat_vectors of the Random123 distribution, philox4x32 with 10 rounds.
@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        (
            (0, 0, 0, 0),
            (0, 0),
            (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
        ),
        (
            (HIGHEST, HIGHEST, HIGHEST, HIGHEST),
            (HIGHEST, HIGHEST),
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], answer: tuple[int, ...]
) -> None:
    told = philox(key, list(np.array([counter], dtype=np.uint64).T))
    assert [int(words[0]) for words in told] == list(answer)

    actor, reason, other, index = counter
    assert Draws(*key).words(actor, reason, other, index).tolist() == [answer[0]]


@given(
    st.tuples(word, word),
    st.lists(st.tuples(word, word, word, word), min_size=1, max_size=24),
)
def test_philox_answers_many_counters_as_it_answers_each(
    key: tuple[int, int], counters: list[tuple[int, int, int, int]]
) -> None:
    told = philox(key, list(np.array(counters, dtype=np.uint64).T))
    assert told.T.tolist() == [naive_philox(key, counter) for counter in counters]
    assert told.T.tolist() == [list(philox_of_one(key, counter)) for counter in counters]


@given(word, word, st.lists(word, min_size=1, max_size=30), word, st.data())
def test_an_actor_draws_the_same_in_any_batch_order_or_subset(
    seed: int, instant: int, actors: list[int], reason: int, data: st.DataObject
) -> None:
    together = dict(zip(actors, Draws(seed, instant).words(actors, reason).tolist(), strict=True))
    some = data.draw(st.lists(st.sampled_from(actors), min_size=1))
    later = Draws(seed, instant)
    later.words([1, 2, 3], reason)
    assert later.words(some, reason).tolist() == [together[actor] for actor in some]


@given(st.lists(st.tuples(word, word, word), min_size=1, max_size=10))
def test_pairs_and_places_in_a_row_draw_the_same_together_as_alone(
    askers: list[tuple[int, int, int]],
) -> None:
    draws = Draws(3, 90)
    actors, others, indices = zip(*askers, strict=True)
    together = draws.words(actors, TALK, others, indices).tolist()
    assert together == [
        int(draws.words(actor, TALK, other, index)[0]) for actor, other, index in askers
    ]


def test_one_actor_may_draw_for_many_others_at_once() -> None:
    draws = Draws(3, 90)
    assert draws.words(5, TALK, other=[1, 2]).tolist() == draws.words([5, 5], TALK, [1, 2]).tolist()


def test_draws_that_differ_in_anything_are_unrelated() -> None:
    actors = np.arange(1, 20_001)
    draws: list[NDArray[np.uint64]] = [
        Draws(1, 30).words(actors, WALK),
        Draws(1, 30).words(actors, TALK),
        Draws(1, 60).words(actors, WALK),
        Draws(2, 30).words(actors, WALK),
        Draws(30, 1).words(actors, WALK),
        Draws(1, 30).words(actors, WALK, other=1),
        Draws(1, 30).words(actors, WALK, index=1),
        Draws(1, 30).words(actors + 20_000, WALK),
    ]
    for one, another in combinations(draws, 2):
        assert np.count_nonzero(one == another) <= 1
        assert abs(np.corrcoef(one.astype(float), another.astype(float))[0, 1]) < 0.03


def test_neighbours_in_number_draw_nothing_alike() -> None:
    drawn = Draws(7, 0).words(np.arange(20_000), WALK).astype(float)
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.03


def test_a_purpose_is_the_crc_32_of_its_name() -> None:
    # The check value of CRC-32 in every catalogue of checksums.
    assert purpose("123456789") == 0xCBF43926
    assert purpose("咖啡") != purpose("coffee")


@given(word, word, st.lists(st.tuples(word, st.integers(1, WORD)), min_size=1, max_size=20))
def test_a_draw_lies_below_its_own_bound(
    seed: int, instant: int, askers: list[tuple[int, int]]
) -> None:
    actors, bounds = zip(*askers, strict=True)
    drawn = Draws(seed, instant).below(bounds, actors, WALK)
    assert drawn.dtype == np.int64
    assert np.all((drawn >= 0) & (drawn < np.array(bounds)))


@given(word, st.tuples(word, word, word), st.one_of(st.just(WORD), st.integers(1, WORD)))
def test_a_draw_has_the_place_below_its_bound_that_its_word_has_among_all_words(
    seed: int, asker: tuple[int, int, int], bound: int
) -> None:
    actor, other, index = asker
    draws = Draws(seed, 30)
    drawn_word = int(draws.words(actor, TALK, other, index)[0])
    drawn = draws.below(bound, actor, TALK, other, index)
    assert drawn.tolist() == [drawn_word * bound // WORD]


@pytest.mark.parametrize("bound", [2, 7, 100])
def test_every_number_below_the_bound_comes_about_equally_often(bound: int) -> None:
    people = 100_000
    counts = np.bincount(Draws(11, 3600).below(bound, np.arange(people), WALK), minlength=bound)
    expected = people / bound
    assert len(counts) == bound
    # Chi-squared, at most five standard deviations above its mean.
    freedom = bound - 1
    assert np.sum((counts - expected) ** 2 / expected) < freedom + 5 * np.sqrt(2 * freedom)


@given(word, word, st.lists(word, min_size=1, max_size=50))
def test_no_chance_never_comes_true_and_a_sure_thing_always_does(
    seed: int, instant: int, actors: list[int]
) -> None:
    draws = Draws(seed, instant)
    assert not draws.chance(0, actors, WALK).any()
    assert draws.chance(1_000_000, actors, WALK).all()


@pytest.mark.parametrize("per_million", [1_000, 250_000, 500_000, 990_000])
def test_a_chance_comes_true_as_often_as_it_says(per_million: int) -> None:
    people = 100_000
    share = per_million / 1_000_000
    came_true = np.count_nonzero(Draws(5, 60).chance(per_million, np.arange(people), WALK))
    assert abs(came_true - people * share) < 5 * np.sqrt(people * share * (1 - share))


def test_everybody_may_have_a_chance_of_their_own() -> None:
    drawn = Draws(5, 60).chance([0, 1_000_000, 0], [1, 2, 3], WALK)
    assert drawn.dtype == np.bool_
    assert drawn.tolist() == [False, True, False]


@given(word, word, word, word)
def test_a_chance_comes_true_from_the_one_that_exceeds_the_draw_below_a_million(
    seed: int, actor: int, other: int, index: int
) -> None:
    draws = Draws(seed, 30)
    drawn = int(draws.below(1_000_000, actor, TALK, other, index)[0])
    assert not draws.chance(drawn, actor, TALK, other, index)[0]
    assert draws.chance(drawn + 1, actor, TALK, other, index)[0]


@pytest.mark.parametrize(
    ("seed", "instant"), [(-1, 0), (0, -30), (WORD, 0), (0, WORD), (WORD + 7, WORD)]
)
def test_a_seed_or_an_instant_of_more_than_32_bits_is_refused(seed: int, instant: int) -> None:
    with pytest.raises(ValueError, match=f"seed {seed} and instant {instant} must lie"):
        Draws(seed, instant)


def test_the_highest_seed_and_instant_are_as_good_as_any() -> None:
    assert Draws(HIGHEST, HIGHEST).words(HIGHEST, HIGHEST, HIGHEST, HIGHEST)[0] == 0x408F276D
