"""Cause and effect must not run in a circle."""

from collections.abc import Iterable

from scorecards.strategy_map.model import Link


def find_cycle(links: Iterable[Link]) -> list[str] | None:
    """The keys of one cycle in the order of its arrows, or None where there is none.

    The first key isn't repeated: ``["a", "b"]`` stands for a → b → a. The same links in the
    same order give the same cycle.
    """
    effects: dict[str, list[str]] = {}
    for link in links:
        effects.setdefault(link.cause, []).append(link.effect)
    done: set[str] = set()
    for start in effects:
        if cycle := _search(start, effects, done):
            return cycle
    return None


def _search(start: str, effects: dict[str, list[str]], done: set[str]) -> list[str] | None:
    """Depth first, without recursion: a chain may be longer than Python's stack."""
    trail: list[str] = []
    position: dict[str, int] = {}
    stack = [(start, False)]
    while stack:
        key, leaving = stack.pop()
        if leaving:
            done.add(trail.pop())
            del position[key]
            continue
        if key in position:
            return trail[position[key] :]
        if key in done:
            continue
        position[key] = len(trail)
        trail.append(key)
        stack.append((key, True))
        stack.extend((effect, False) for effect in reversed(effects.get(key, [])))
    return None
