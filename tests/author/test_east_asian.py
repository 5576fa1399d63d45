"""Chinese, Japanese and Korean: sentences, numbers, lists, and letters that no font has."""

import pytest

from reelspec.author.beats import beat_of
from reelspec.author.drafts import Draft
from reelspec.author.notes import Beat, Research, Source
from reelspec.author.phrases import Matter
from reelspec.author.plain import undrawable
from reelspec.author.quantities import number
from reelspec.author.segmentation import length, sentences
from reelspec.author.units import Unit
from reelspec.author.verifying import verified


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“很安静。”真的吗？是的！", ["他说：“很安静。”", "真的吗？", "是的！"]),
        (
            "光を電気に変えます。「静かだ」と言った。",
            ["光を電気に変えます。", "「静かだ」と言った。"],
        ),
        ("빛을 전기로 바꿉니다. 왜 그럴까요?", ["빛을 전기로 바꿉니다.", "왜 그럴까요?"]),
    ],
)
def test_sentences_end_at_the_marks_of_their_language(text: str, expected: list[str]) -> None:
    assert expected == sentences(text)


def test_length_is_counted_in_letters_where_no_spaces_part_words() -> None:
    assert (7, 11, 4) == (
        length("光让电子自由了。", "zh"),
        length("光が電子を自由に変える。", "ja"),
        length("빛을 전기로 바꾸는 전지", "ko"),
    )


@pytest.mark.parametrize(
    ("sentence", "lang", "value"),
    [
        ("效率大约是6%。", "zh", "6%"),
        ("1954年に発表されました。", "ja", "1954年"),
        ("1954년에 발표되었습니다.", "ko", "1954년"),
        ("필요한 것은 60개입니다.", "ko", "60개"),
    ],
)
def test_a_number_keeps_the_unit_that_is_written_with_it(
    sentence: str, lang: str, value: str
) -> None:
    found = number(sentence, lang)

    assert found and value == found.value


def test_a_number_is_never_its_own_label() -> None:
    said = "1961年，威廉·肖克利计算出，单结电池最多只能利用三分之一的光。"
    unit = Unit("prose", (said,), "s", "", 0)

    beat = beat_of([unit], Matter.of([said], "zh"))

    assert ("number", "1961年") == (beat.kind, beat.value)
    assert "1961年" not in beat.title


def test_items_of_one_list_joined_to_a_sentence_are_supported() -> None:
    text = "記憶:\n- 光子が電子を自由にする。\n- 電場が方向を与える。\n- 金属が電流を運ぶ。"
    research = Research("", "ja", (Source("s", "S", text, lang="ja"),))
    said = "光子が電子を自由にする、電場が方向を与える、金属が電流を運ぶ。"

    good = verified(Draft("", (Beat("list", (said,), ("s",)),)), research)
    other = said.replace("電場が方向", "磁石が時間")
    wrong = verified(Draft("", (Beat("list", (other,), ("s",)),)), research)

    assert () == good.doubts
    assert [other] == [doubt.sentence for doubt in wrong.doubts]


def test_letters_that_no_font_has_are_told_of_with_what_brings_such() -> None:
    found = undrawable("a 𰀐", "zh")

    assert found and "pip install 'reelspec[cjk]'" == found.hint
    assert "no font here has the letters of 'zh', such as 𰀐" in found.message
    assert undrawable("how cells work: كيف", "ar") is None
