"""The keys of the film: settings, variables, theme, styles, defaults and the voice."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from renderer.errors import Place, Problem
from renderer.profile import profile
from renderer.schema import Checker, Language
from renderer.source import NotAValue, scalar
from renderer.spec.canvas import canvas
from renderer.spec.captions import spelled_out
from renderer.spec.context import Context, default_of
from renderer.spec.data import rows_of
from renderer.spec.glyphs import check_styles, find_fonts
from renderer.spec.sources import Source, completed_source
from renderer.spec.styles import resolve_styles
from renderer.spec.units import hexadecimal
from renderer.templates import Library, Part, Scope, Theme, substituted
from renderer.times import clock, rate, seconds

SIZES = {
    "360p": (640, 360),
    "480p": (854, 480),
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "1440p": (2560, 1440),
    "4k": (3840, 2160),
    "square": (1080, 1080),
    "vertical": (1080, 1920),
}


class Film:
    """The film's own keys, read one by one; whatever is wrong falls back to its default."""

    def __init__(
        self,
        written: Part,
        stem: str,
        language: Language,
        variables: Mapping[str, str],
        names: Mapping[str, Any],
    ) -> None:
        self.stem = stem
        self.problems: list[Problem] = list(language.film.problems(written.data, written.place))
        self.written = written
        self._film = language.film
        self.scope = Scope(self._variables(variables, names))

    def place(self, key: str) -> Place:
        """Return the place of a key's value."""
        return self.written.place((key,))

    def value(self, key: str) -> Any:
        """Return a key's value with its expressions replaced, or its default."""
        part = self.part(key, self._film.key(key))
        return default_of(self._film.schema, key) if part is None else part.data

    def part(self, key: str, checker: Checker) -> Part | None:
        """Return a key's part with its expressions replaced, None where it is missing or wrong."""
        if key not in self.written.data:
            return None
        return self._part(self.written.child(key), checker)

    def entries(self, key: str, checkers: Mapping[str, Checker] | Checker) -> dict[str, Part]:
        """Return the entries of a map that are good, by name."""
        data = self.written.data.get(key)
        if not isinstance(data, dict):
            return {}
        found = {}
        for name in data:
            checker = checkers if isinstance(checkers, Checker) else checkers.get(name)
            part = self._part(self.written.child(key).child(name), checker) if checker else None
            if part is not None:
                found[name] = part
        return found

    def _part(self, written: Part, checker: Checker) -> Part | None:
        wrong: list[Problem] = []
        part = substituted(written, self.scope, wrong)
        wrong += () if wrong else checker.problems(part.data, part.place, final=True)
        self.problems += wrong
        return None if wrong else part

    def size(self) -> tuple[int, int]:
        """Return the canvas's width and height in pixels."""
        written = str(self.value("size"))
        width, height = SIZES.get(written) or map(int, written.split("x"))
        if width % 2 or height % 2:
            says = f"{width}x{height} has an odd side; H.264 needs even ones"
            even = f"write {width + width % 2}x{height + height % 2}"
            self.problems.append(Problem("bad-size", says, self.place("size"), even))
        if width * height > (most := profile().pixels):
            says = f"{width * height / 1e6:.1f} megapixels; at most {most / 1e6:.2g} are allowed"
            self.problems.append(Problem("bad-size", says, self.place("size")))
        return width, height

    def fps(self) -> Fraction:
        """Return the frames per second."""
        found = rate(self.value("fps")) or Fraction(30)
        if found > (most := profile().fps):
            says = f"{float(found):g} frames per second; at most {most} are allowed"
            self.problems.append(Problem("bad-fps", says, self.place("fps")))
            return Fraction(most)
        return found

    def duration(self, fps: Fraction) -> Fraction | None:
        """Return the target length in seconds, or None."""
        length = seconds(self.value("duration"), fps)
        if length is not None and not 0 < length <= profile().length:
            most = profile().longest
            says = f"{clock(length)} is no length of a film; it is at most {most} long"
            self.problems.append(Problem("out-of-range", says, self.place("duration")))
        return length

    def loudness(self) -> float:
        """Return the loudness of the finished sound in LUFS."""
        return float(str(self.value("loudness")).removesuffix("LUFS"))

    def sources(self) -> dict[str, Source]:
        """Return the sources that are good, by id."""
        schema = self._film.schema["properties"]["sources"]["additionalProperties"]
        found = self.entries("sources", Checker(schema))
        return {name: completed_source(name, part.data) for name, part in found.items()}

    def _variables(self, given: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
        """Return the variables; each may use those before it, the given and the known ones win."""
        names: dict[str, Any] = dict(known)
        for name, text in given.items():
            try:
                names[name] = scalar(text)
            except NotAValue:
                says = f"the variable '{name}' is not a finite number of at most 32 characters"
                self.problems.append(Problem("bad-number", says))
        given_names = {*given, *known}
        data = self.written.data.get("vars")
        for name in data if isinstance(data, dict) else ():
            if name not in given_names:
                part = self.written.child("vars").child(name)
                names[name] = substituted(part, Scope(names), self.problems).data
        return names


def context_of(
    film: Film, library: Library, language: Language, folders: tuple[Path, Path]
) -> Context:
    """Return what scenes are resolved against; `folders` are the root and the spec's own."""
    size, fps, lang = film.size(), film.fps(), str(film.value("lang"))
    theme = _theme(film, library)
    tables = _tables(film, folders, language)
    given = _given(film, size, lang, theme)
    film.scope = Scope({**given, **tables, "data": tables, **film.scope.names})
    properties = language.film.schema["properties"]["defaults"]["properties"]
    checkers = {name: Checker(schema) for name, schema in properties.items()}
    voice = film.part("voice", language.film.key("voice"))
    captions = film.part("captions", language.film.key("captions"))
    context = Context(
        *(library, language, theme, *folders, lang, size, fps, film.scope),
        voice=voice or Part({}, film.written.origin),
        captions=spelled_out(captions or Part({}, film.written.origin)),
        defaults=film.entries("defaults", checkers),
        colours={name: hexadecimal(colour) for name, colour in theme.colours.items()},
        sources=given["sources"],
        tables=tables,
        problems=film.problems,
    )
    find_fonts(film.entries("fonts", language.definition("file")), context)
    resolve_styles(context, film.entries("styles", language.definition("style")))
    check_styles(context)
    return context


def _given(film: Film, size: tuple[int, int], lang: str, theme: Theme) -> dict[str, Any]:
    """Return the names that every film has in its expressions."""
    names = {"lang": lang, "canvas": canvas(size, lang), "theme": dict(theme.colours)}
    names["sources"] = film.sources()
    return {**names, "title": film.value("title") or film.stem}


def _tables(film: Film, folders: tuple[Path, Path], language: Language) -> dict[str, list[Any]]:
    """Return the rows of the film's data files by name."""
    tables: dict[str, list[Any]] = {}
    for name, part in film.entries("data", language.definition("file")).items():
        tables[name] = rows_of(part, *folders, film.problems) or []
    return tables


def _theme(film: Film, library: Library) -> Theme:
    """Return the film's theme; where it is wrong, the default one, so that the rest is checked."""
    name = str(film.value("theme"))
    theme = library.theme(name, film.problems) if name in library.themes else None
    return theme or library.default_theme()
