"""The nouns of a spec: what was written, checked and completed, and what was spoken of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from renderer.errors import Place, Problem
from renderer.times import Instant
from renderer.videos import Clip


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: `engine` may be `auto`; `rate` is a factor, or words a minute as `160wpm`.

    `own` are keys that only this engine has.
    """

    engine: str
    lang: str
    name: str = ""
    rate: float | str = 1.0
    volume: float = 1.0
    pitch: float = 1.0
    say_as: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Take:
    """A recording of a line: its file with its SHA-256, and marks as seconds in the file."""

    file: Path
    sha256: str
    marks: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to speak, or several that are heard in one `take`.

    `marks` maps a mark's name to the index in `text` of the character that it stands before;
    `pause` is extra silence before the line, in seconds.
    """

    text: str
    voice: Voice
    place: Place
    marks: Mapping[str, int] = field(default_factory=dict)
    pause: Fraction = Fraction(0)
    take: Take | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word: its start in ms from that of its cue, and its characters in the text."""

    start: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cue:
    """A spoken line: its sound (48 kHz mono 16-bit WAV), its length in samples, its words in order.

    `estimated` says that the word times were aligned to the sound, not given by the engine, and
    `shared` that letters which no space divides share the time between two that it gave. `cut`
    are the samples of silence that were taken off before its first.
    """

    text: str
    engine: str
    voice: str
    sound: Path
    digest: str
    samples: int
    words: tuple[Word, ...]
    estimated: bool = False
    cut: int = 0
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Coming:
    """How a layer comes or goes: a kind, seconds, an ease, the named place that it comes from."""

    kind: str
    over: Fraction
    ease: str
    origin: str


@dataclass(frozen=True, slots=True)
class Step:
    """A value of an animated property, when it has it, and its ease from the value before.

    The value of `position` is a map of `position` and `anchor` as of a layer; others are numbers,
    those of `width` and `height` in pixels.
    """

    at: Instant
    value: Any
    ease: str
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    """One layer with templates, variables, defaults and styles resolved; lengths are in pixels.

    `params` are those of the layer's kind, completed from its schema; colours are `#rrggbbaa`. The
    text layer's style is merged into them, `font` being a list of family names. A file comes with
    two more entries: `file`, its absolute path, and `sha256`. `keys` are the keys of every layer:
    `at` and `until` as moments, `for` in seconds, `position anchor width height opacity rotate
    scale below above beside gap` in pixels, names and numbers. `moves` says for how many seconds
    it moves once it is there, None that it stands still; one that `drifts` moves as long as its
    scene lasts. The keys of `animate` are names of properties.
    """

    kind: str
    params: Mapping[str, Any]
    keys: Mapping[str, Any]
    place: Place
    name: str = ""
    moves: Fraction | None = None
    drifts: bool = False
    enter: Coming | None = None
    exit: Coming | None = None
    animate: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    clip: Clip | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """How a scene enters: a transition's name, its length in seconds, its ease and parameters."""

    kind: str
    over: Fraction
    ease: str = "in-out"
    params: Mapping[str, Any] = field(default_factory=dict)


CAPTIONS_EDGE = 0.05
"""Share of the canvas at each edge that captions keep off: the title-safe area is 90 %."""


@dataclass(frozen=True, slots=True)
class Captions:
    """How what is said is shown: `mode` is `off`, `lines` or `karaoke`.

    `look` is a text layer without its text, None where nothing is shown or exported; `position` is
    a named place; `export` are the names of the formats that are written beside the film.
    """

    mode: str = "off"
    max_lines: int = 2
    position: str = "bottom"
    export: tuple[str, ...] = ()
    look: Item | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A sound of a scene: its file with its SHA-256, when it begins, its gain in dB."""

    file: Path
    sha256: str
    at: Instant
    gain: float
    place: Place


@dataclass(frozen=True, slots=True)
class Music:
    """Music under the whole film: a `file` with its SHA-256, or composed in a `mood`.

    `gain` is its loudness in dB under full scale (LUFS) where nobody speaks, `duck` how many dB it
    steps back under speech, `fade` the seconds over which it comes and goes.
    """

    gain: float
    duck: float
    fade: Fraction
    place: Place = field(compare=False)
    mood: str = ""
    file: Path | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene, times in seconds; `layers` begin with its background; None is `auto`."""

    id: str
    title: str
    place: Place
    layers: tuple[Item, ...]
    lines: tuple[Line, ...]
    duration: Fraction | None
    lead: Fraction
    tail: Fraction
    enter: Enter
    closing_pause: Fraction = Fraction(0)
    captions: Captions = field(default_factory=Captions)
    sounds: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """One film as written, every default filled in; `warnings` are problems that stop nothing.

    `fps` is frames per second, `duration` the target in seconds or None, `loudness` in LUFS;
    `overlay` lies over the whole film; `files` are those that it was read from and names, the spec
    itself among them.
    """

    path: Path
    root: Path
    title: str
    description: str
    author: str
    lang: str
    size: tuple[int, int]
    fps: Fraction
    duration: Fraction | None
    loudness: float
    scenes: tuple[Scene, ...]
    overlay: tuple[Item, ...] = ()
    music: Music | None = None
    warnings: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()
    cut: str = ""
    format: str = "mp4"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every line of the film in the order in which it is spoken."""
        return tuple(line for scene in self.scenes for line in scene.lines)

    @property
    def rtl(self) -> bool:
        """Return whether the film's language is written from right to left."""
        return is_rtl(self.lang)


_RTL_SCRIPTS = {"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"}
_RTL_LANGUAGES = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi"]
)


def is_rtl(lang: str) -> bool:
    """Return whether a BCP 47 tag's language is written right to left; a script tag decides."""
    parts = lang.lower().replace("_", "-").split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return scripts[0] in _RTL_SCRIPTS
    return parts[0] in _RTL_LANGUAGES
