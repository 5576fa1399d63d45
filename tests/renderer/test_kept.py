"""What painting keeps: within a budget, but for what the present picture is made of."""

from __future__ import annotations

from renderer.paint.drawing import Kept


def test_what_was_used_longest_ago_goes_first() -> None:
    kept = Kept(30)
    for name in ("a", "b", "c"):
        Kept.begin()
        kept.put(name, name.upper(), 10)
    Kept.begin()
    kept.get("a")
    Kept.begin()
    kept.put("d", "D", 10)
    assert ["A", None, "C", "D"] == [kept.get(name) for name in "abcd"]


def test_what_one_picture_needs_stays_whatever_it_takes() -> None:
    kept = Kept(30)
    for _ in range(2):
        Kept.begin()
        found = [kept.get(name) for name in "abcde"]
        for name in "abcde":
            if kept.get(name) is None:
                kept.put(name, name.upper(), 10)
    assert ["A", "B", "C", "D", "E"] == found

    Kept.begin()
    kept.put("f", "F", 10)
    assert [None, None, None, "D", "E", "F"] == [kept.get(name) for name in "abcdef"]


def test_a_value_that_is_put_anew_counts_once() -> None:
    kept = Kept(30)
    for _ in range(9):
        Kept.begin()
        kept.put("a", "A", 10)
    Kept.begin()
    kept.put("b", "B", 20)

    assert ["A", "B"] == [kept.get(name) for name in "ab"]


def test_room_can_be_made_before_something_large_comes() -> None:
    kept = Kept(30)
    for name in "abc":
        Kept.begin()
        kept.put(name, name.upper(), 10)
    Kept.begin()
    kept.make_room(20)
    assert [None, None, "C"] == [kept.get(name) for name in "abc"]
    kept.make_room(40)
    assert "C" == kept.get("c"), "the present picture is made of it"
