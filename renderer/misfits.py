"""Lines that do not fit their voice: letters that it does not read, times that it does not give."""

from __future__ import annotations

from collections.abc import Sequence

from renderer.asking import known
from renderer.captions import cautions
from renderer.casting import Choice, choices
from renderer.engines import ANY, candidates, voice_for
from renderer.errors import Place, Problem
from renderer.letters import LATIN, letters_of, written_in
from renderer.nouns import Line, Scene
from renderer.store import Store
from renderer.voice import Speaker
from renderer.words import timeable, written


def misfits(lines: Sequence[Line], store: Store) -> tuple[Problem, ...]:
    """Return a warning for each line whose letters its voice does not read.

    Voices are asked for only where letters and language differ, or a voice has a name. Latin
    letters are read by all; where no voice of a film speaks its language, that is one warning.
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
    return tuple(found.values()) or _foreign(lines, speaker)


def _foreign(lines: Sequence[Line], speaker: Speaker) -> tuple[Problem, ...]:
    """Return the warning that a film's voices were all named for another language than its own."""
    said = [line for line in lines if not line.take]
    if not said or not all(_named_for_its_letters(line) for line in said):
        return ()
    voices = {(line.voice.engine, line.voice.name): line for line in reversed(said)}
    cast = [speaker.chosen(line) for line in voices.values()]
    lang, first = said[0].voice.lang, said[0]
    if any(isinstance(chosen, Problem) or _speaks(chosen[0], lang) for chosen in cast):
        return ()
    says = f"the film is in '{lang}', which the voice '{first.voice.name}' does not speak"
    hint = "write `lang:` as it is spoken, or name a voice: `render voices`"
    return (Problem("voice-language", says, first.place, hint, "warning"),)


def _named_for_its_letters(line: Line) -> bool:
    return bool(line.voice.name) and letters_of(line.text) in written_in(line.voice.lang)


def _speaks(choice: Choice, lang: str) -> bool:
    return voice_for([("", choice.tags)], lang) is not None


def untimed(scenes: Sequence[Scene], store: Store) -> tuple[Problem, ...]:
    """Return the warnings of karaoke without times of words, as far as they are known unspoken.

    They are of recordings and of engines that give none, and of lines that were spoken before.
    """
    speaker = Speaker(store)
    karaoke = [scene for scene in scenes if scene.captions.mode == "karaoke"]
    found = [{_times(line, speaker) for line in scene.lines} for scene in karaoke]
    named = [
        [scene for scene, times in zip(karaoke, found, strict=True) if kind in times]
        for kind in ("estimated", "shared")
    ]
    return tuple(cautions(*named))


def _times(line: Line, speaker: Speaker) -> str:
    """Return whether a line's times will be `estimated`, or `shared`; nothing if neither, yet."""
    engines = candidates(line.voice.engine, speaker.engines)
    if line.take or (engines and all(engine.times is False for engine in engines)):
        return "estimated"
    if timeable(line.text) == written(line.text) and all(engine.times for engine in engines):
        return ""
    chosen = choices(line, speaker.engines, lambda engine: known(engine, speaker.store))
    cue = None if isinstance(chosen, Problem) else speaker.found(line, chosen)
    return ("estimated" if cue.estimated else "shared" if cue.shared else "") if cue else ""


def _reads(choice: Choice, letters: str) -> bool:
    return ANY in choice.tags or any(letters in written_in(tag) for tag in choice.tags)
