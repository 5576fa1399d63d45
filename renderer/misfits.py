"""Lines whose letters their voice does not read, such as an Arabic text with an English voice."""

from __future__ import annotations

from collections.abc import Sequence

from renderer.casting import Choice
from renderer.engines import ANY
from renderer.errors import Place, Problem
from renderer.letters import LATIN, letters_of, written_in
from renderer.nouns import Line
from renderer.store import Store
from renderer.voice import Speaker


def misfits(lines: Sequence[Line], store: Store) -> tuple[Problem, ...]:
    """Return a warning for each line whose letters its voice does not read.

    Voices are asked for only where letters and language differ, or a voice has a name. Latin
    letters are read by all.
    """
    speaker, found = Speaker(store), dict[Place, Problem]()
    for line in lines:
        letters = letters_of(line.text)
        usual = letters == LATIN or (not line.voice.name and letters in written_in(line.voice.lang))
        chosen = () if usual or line.take else speaker.chosen(line)
        if not isinstance(chosen, Problem) and chosen and not _reads(chosen[0], letters):
            says = f"this text is in {letters} letters, which the voice '{chosen[0].voice}' of "
            says += f"{chosen[0].engine.name} does not read"
            hint = "write `lang:` as it is spoken, or name a voice: `render voices`"
            found[line.place] = Problem("voice-language", says, line.place, hint, "warning")
    return tuple(found.values())


def _reads(choice: Choice, letters: str) -> bool:
    return ANY in choice.tags or any(letters in written_in(tag) for tag in choice.tags)
