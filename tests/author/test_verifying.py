"""What no source supports is dropped or marked, in the script and in its spec."""

from reelspec.author.drafts import Draft
from reelspec.author.notes import Beat, Research, Source
from reelspec.author.request import Request
from reelspec.author.scripting import Script
from reelspec.author.staging import scenes
from reelspec.author.timing import Length
from reelspec.author.verifying import verified
from reelspec.author.writing import Origin, spec_text

TEXT = (
    "The modern solar cell was shown at Bell Laboratories in 1954. "
    "It reached an efficiency of about 6 percent. "
    "“The sun is a furnace without a chimney”, said one of the makers."
)
RESEARCH = Research("solar cells", "en", (Source("solar", "Solar", TEXT, lang="en"),))
GOOD = "In 1954 Bell Laboratories showed the modern solar cell."
WRONG = "It reached an efficiency of about 16 percent."


def draft(*beats: Beat) -> Draft:
    return verified(Draft("Solar cells", beats), RESEARCH)


def test_a_supported_sentence_stays_without_a_word() -> None:
    found = draft(Beat("point", (GOOD,), ("solar",)))

    assert ((GOOD,), (), ()) == (found.beats[0].say, found.doubts, found.problems)


def test_a_sentence_with_a_wrong_number_is_dropped_and_told_of() -> None:
    found = draft(Beat("point", (GOOD, WRONG), ("solar",)))

    assert (GOOD,) == found.beats[0].say
    assert ["unsupported"] == [problem.code for problem in found.problems]
    assert "16" in found.problems[0].message
    assert found.problems[0].message.endswith("dropped")


def test_the_last_sentence_of_a_scene_is_marked_and_not_dropped() -> None:
    found = draft(Beat("point", (WRONG,), ("solar",), value="Solar cells"))
    script = Script(found, tuple(scenes(found.beats, RESEARCH)), Length({}), 1.0, ())

    text = spec_text(script, Request("solar", "en", 30), RESEARCH, Origin(("solar",)))

    assert (WRONG,) == found.beats[0].say
    assert "# needs-review: no cited source supports the number “16" in text


def test_a_number_that_is_not_said_any_more_is_not_shown() -> None:
    found = draft(Beat("number", (GOOD, WRONG), ("solar",), title="Efficiency", value="16%"))

    assert ("point", "") == (found.beats[0].kind, found.beats[0].value)


def test_a_quotation_is_one_only_word_for_word() -> None:
    said = ("One of the makers said: “The sun is a furnace without a chimney”.",)
    true, false = "The sun is a furnace without a chimney", "The sun is a stove without a pipe"

    found = draft(
        Beat("quote", said, ("solar",), value=true), Beat("quote", said, ("solar",), value=false)
    )

    assert [("quote", true), ("point", "")] == [(beat.kind, beat.value) for beat in found.beats]


def test_a_piece_of_a_sentence_is_not_that_sentence() -> None:
    text = "Nobody claims that cells work at night. Of old panels 16 percent of all fail in winter."
    research = Research("cells", "en", (Source("a", "A", text, lang="en"),))
    cut = Beat("point", ("Cells work at night.", "6 percent of all fail in winter."), ("a",))

    found = verified(Draft("Cells", (cut,)), research)

    assert ("Cells work at night.",) == found.beats[0].say
    assert ["6 percent"] == [
        problem.message.split("'")[1]
        for problem in found.problems
        if problem.message.endswith("dropped")
    ]


def test_a_quotation_does_not_begin_within_a_word() -> None:
    research = Research("cells", "en", (Source("a", "A", "They outshone the sun that day."),))
    beat = Beat("quote", ("They outshone the sun.",), ("a",), value="shone the sun that day")

    assert "point" == verified(Draft("Cells", (beat,)), research).beats[0].kind
