"""A film as an animated GIF: one palette of 256 colours for all of it, dithered in a fixed grid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np

from renderer.media.movie import Movie

_SAMPLES = 60
"""Frames that the palette is made from at the most."""


def write(movie: Movie, path: Path) -> dict[str, int]:
    """Write a film's pictures and return their number; a GIF has no sound, and loops."""
    palette = _palette(movie)
    with av.open(str(path), "w", format="gif", container_options={"loop": "0"}) as target:
        stream: Any = target.add_stream("gif", rate=movie.fps)
        stream.width, stream.height = movie.size
        stream.pix_fmt = "pal8"
        count = 0
        for count, frame in enumerate(_reduced(movie, palette), 1):
            frame.pts, frame.time_base = count - 1, 1 / movie.fps
            for packet in stream.encode(frame):
                target.mux(packet)
        for packet in stream.encode():
            target.mux(packet)
    return {"frames": count}


def _palette(movie: Movie) -> av.VideoFrame:
    graph = av.filter.Graph()
    source = _buffer(graph, movie.size, movie)
    clear = f"reserve_transparent={int(movie.clear)}"
    made = graph.add("palettegen", clear)
    end = graph.add("buffersink")
    source.link_to(made)
    made.link_to(end)
    graph.configure()
    every = -(-movie.frames // _SAMPLES)
    for number, picture in enumerate(movie.pictures()):
        if number % every == 0:
            source.push(_frame(movie.rgba(picture), number, movie))
    source.push(None)
    palette: Any = end.pull()
    return palette  # type: ignore[no-any-return]


def _reduced(movie: Movie, palette: av.VideoFrame) -> Iterator[av.VideoFrame]:
    """Yield the frames in the colours of a palette."""
    graph = av.filter.Graph()
    source, colors = _buffer(graph, movie.size, movie), _buffer(graph, (16, 16), movie)
    use = graph.add("paletteuse", "dither=bayer:bayer_scale=4:diff_mode=rectangle")
    end = graph.add("buffersink")
    source.link_to(use, 0, 0)
    colors.link_to(use, 0, 1)
    use.link_to(end)
    graph.configure()
    palette.pts, palette.time_base = 0, 1 / movie.fps
    colors.push(palette)
    colors.push(None)
    for number, picture in enumerate(movie.pictures()):
        source.push(_frame(movie.rgba(picture), number, movie))
        yield from _pulled(end)
    source.push(None)
    yield from _pulled(end)


def _pulled(end: Any) -> Iterator[av.VideoFrame]:
    while True:
        try:
            yield end.pull()
        except (av.BlockingIOError, av.EOFError):
            return


def _buffer(graph: Any, size: tuple[int, int], movie: Movie) -> Any:
    return graph.add_buffer(width=size[0], height=size[1], format="bgra", time_base=1 / movie.fps)


def _frame(pixels: np.ndarray[Any, np.dtype[np.uint8]], index: int, movie: Movie) -> av.VideoFrame:
    swapped = np.ascontiguousarray(pixels[..., [2, 1, 0, 3]])
    frame = av.VideoFrame.from_ndarray(swapped, format="bgra")
    frame.pts, frame.time_base = index, 1 / movie.fps
    return frame
