"""A cycle is found and named; without one, nothing is."""

from hypothesis import given
from hypothesis import strategies as st

from scorecards.strategy_map.cycles import find_cycle
from scorecards.strategy_map.model import Link

from .strategy_maps import acyclic_maps, lasem


def links(text: str) -> list[Link]:
    return [Link(*pair.split(">")) for pair in text.split()]


def test_lasem_map_has_no_cycle():
    assert find_cycle(lasem()[1]) is None
    assert find_cycle([]) is None


def test_a_cycle_is_named_in_the_order_of_its_arrows():
    assert find_cycle(links("a>b b>c c>a")) == ["a", "b", "c"]
    assert find_cycle(links("x>a a>b b>c c>a c>y")) == ["a", "b", "c"]


def test_a_link_to_itself_is_the_shortest_cycle():
    assert find_cycle(links("a>b b>b")) == ["b"]


def test_two_ways_to_one_effect_are_no_cycle():
    assert find_cycle(links("a>b a>c b>d c>d")) is None


def test_a_long_chain_is_walked_without_recursion():
    chain = [Link(str(n), str(n + 1)) for n in range(5000)]
    assert find_cycle(chain) is None
    assert len(find_cycle([*chain, Link("5000", "0")])) == 5001


@given(acyclic_maps())
def test_none_is_found_where_there_is_none(drawn):
    assert find_cycle(drawn[1]) is None


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=15))
def test_what_is_found_is_a_cycle(pairs):
    cycle = find_cycle(Link(*pair) for pair in pairs)
    if cycle is not None:
        assert len(set(cycle)) == len(cycle)
        assert set(zip(cycle, [*cycle[1:], cycle[0]], strict=True)) <= set(pairs)
