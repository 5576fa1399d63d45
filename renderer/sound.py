"""The film's sound: mixed once for the whole film, encoded in blocks that are kept one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from renderer import clips
from renderer.bed import Bed
from renderer.looping import Looped, Sounding
from renderer.machine import SOUND, versions
from renderer.mastering import mastered
from renderer.media import packets
from renderer.media.pcm import Pcm, Sound, opened, write
from renderer.media.sound import encode_block
from renderer.mix import Block, Mix, Placed, blocks
from renderer.music import composed
from renderer.pulse import beat
from renderer.recordings import decoded
from renderer.soundtrack import Played, Soundtrack, Underlay
from renderer.store import Entry, Recipe, Store, using
from renderer.times import SAMPLE_RATE, half_up

_AT_ONCE = 3
"""Blocks of sound that are encoded at the same time; it is left to the system on what cores."""
_FADE = SAMPLE_RATE // 100
_CROSS = 2 * SAMPLE_RATE


def soundtrack(request: tuple[Soundtrack, Store], path: Path) -> dict[str, int]:
    """Write the film's AAC packets, priming included, as one file and return how many there are.

    Raises AssetError for a sound file that cannot be used.
    """
    track, store = request
    done = mixed(track, store)
    return {
        "packets": packets.joined(
            _kept(blocks(done.samples, done.stretch, done.silent), store), path
        )
    }


def mixture(request: tuple[Soundtrack, Store], path: Path) -> dict[str, int]:
    """Write the film's sound as a WAV file, 48 kHz stereo, 16 bit, and return its samples.

    Raises AssetError for a sound file that cannot be used.
    """
    track, store = request
    parts = _stretches(mixed(track, store), track.samples)
    return {"samples": write(path, parts, stereo=True)}


def _stretches(done: Mix, samples: int) -> Iterator[Sound]:
    for first in range(0, samples, SAMPLE_RATE):
        beat()
        yield done.pcm(first, min(first + SAMPLE_RATE, samples))


def narration(request: tuple[Soundtrack, Store], path: Path) -> dict[str, int]:
    """Write what is said as a WAV file, 48 kHz mono, 16 bit, and return its samples.

    The track has neither music nor sounds.
    """
    track, _ = request
    done = mastered(Mix(_said(track), track.samples), track.loudness)
    return {"samples": write(path, done.stretches(), stereo=False)}


def mixed(track: Soundtrack, store: Store) -> Mix:
    """Return the film's sound at its loudness; raises as `soundtrack` does."""
    under = beneath(track, store)
    return mastered(replace(under, placed=[*_said(track), *under.placed]), track.loudness)


def beneath(track: Soundtrack, store: Store) -> Mix:
    """Return all but what is said, not yet mastered; raises as `soundtrack` does."""
    placed = [_played(one, track.samples, store) for one in track.sounds]
    bed = _bed(track.underlay, store) if track.underlay else None
    return Mix(placed, track.samples, bed)


def _said(track: Soundtrack) -> list[Placed]:
    return [Placed(opened(heard.sound), heard.start) for heard in track.cues]


def _played(one: Played, samples: int, store: Store) -> Placed:
    """Return a scene's sound; one that ends by itself only has its edges taken off."""
    sound = _own(one, store)
    cut = one.loop or sound.samples > min(one.most, samples - one.start)
    fall = one.fade if cut else _FADE
    return Placed(sound, one.start, one.gain, one.most, rise=_FADE, fall=fall)


def _own(one: Played, store: Store) -> Sounding:
    """Return what a sound file holds, or the stretch of a video; one that loops without an end."""
    if one.clip is None:
        return opened(decoded(one.file, one.sha256, store, one.place).path)
    with using(store):
        found = opened(clips.sound(one.clip, one.place).path)
    first, last = map(Fraction, one.clip["trim"])
    return Looped(found, last - first, one.most) if one.loop else found


def _bed(under: Underlay, store: Store) -> Bed:
    """Return the music, brought to its loudness."""
    music = under.music
    entry = _loop(under, store)
    loop: Pcm = opened(entry.path)
    level = entry.facts["loudness"]
    return Bed(
        loop=loop,
        cross=0 if music.mood else min(_CROSS, loop.samples // 4),
        gain=music.gain - (0.0 if level is None else level),
        duck=music.duck,
        fade=half_up(music.fade * SAMPLE_RATE),
        begin=under.begin,
        end=under.end,
        speech=under.speech,
    )


def _loop(under: Underlay, store: Store) -> Entry:
    music = under.music
    if music.file:
        return decoded(music.file, music.sha256, store, music.place, trimmed=True)
    data = {"mood": music.mood, "libraries": versions(SOUND)}
    recipe = Recipe("music", data, ("music",), ".wav")
    return store.get(recipe, lambda path: composed(music.mood, path))


def _kept(every: Iterable[Block], store: Store) -> list[Path]:
    """Return the file of each block. A few are encoded at once, for it takes longest of all here.

    No more of them are mixed ahead, so nothing holds a film's sound.
    """
    found: dict[str, Future[Path]] = {}
    order: list[str] = []
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for block in every:
            beat()
            order.append(digest := block.digest)
            if digest not in found:
                found[digest] = threads.submit(_encoded, block, digest, store)
            under_way = [one for one in found.values() if not one.done()]
            if len(under_way) >= _AT_ONCE:
                wait(under_way, return_when=FIRST_COMPLETED)
        return [found[digest].result() for digest in order]


def _encoded(block: Block, digest: str, store: Store) -> Path:
    data = {"pcm": digest, "libraries": versions(SOUND)}
    recipe = Recipe("sound block", data, ("media.sound",), ".packets")

    def encode(path: Path) -> None:
        encode_block(block.pcm, block.drop, block.keep, path)

    return store.get(recipe, encode).path
