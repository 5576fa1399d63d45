"""The film's sound: mixed once for the whole film, encoded in blocks that are kept one by one."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from renderer.machine import SOUND, versions
from renderer.media.sound import encode_block, join_blocks
from renderer.mix import Block, Placed, Sound, blocks, mix
from renderer.pulse import beat
from renderer.store import Recipe, Store
from renderer.timeline import Soundtrack
from renderer.times import SAMPLE_RATE


def soundtrack(request: tuple[Soundtrack, Store], path: Path) -> dict[str, int]:
    """Write the film's AAC packets, priming included, as one file and return how many there are."""
    track, store = request
    parts = [_encoded(block, store) for block in blocks(_mixed(track))]
    return {"packets": join_blocks(parts, path)}


def narration(request: tuple[Soundtrack, Store], path: Path) -> dict[str, int]:
    """Write the film's sound as a WAV file, 48 kHz stereo, 16 bit, and return its samples."""
    track, _ = request
    pcm = np.clip(np.round(_mixed(track) * 32767), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.tobytes())
    return {"samples": len(pcm)}


def _mixed(track: Soundtrack) -> Sound:
    placed = [Placed(heard.sound, heard.start) for heard in track.cues]
    return mix(placed, track.samples, track.loudness)


def _encoded(block: Block, store: Store) -> Path:
    beat()
    data = {"pcm": block.digest, "libraries": versions(SOUND)}
    recipe = Recipe("sound block", data, ("media.sound",), ".m4a")

    def encode(path: Path) -> None:
        encode_block(block.pcm, block.drop, block.keep, path)

    return store.get(recipe, encode).path
