"""The best plain ffmpeg command that was found for each work."""

from __future__ import annotations

import json
from pathlib import Path

import imageio_ffmpeg
from encoder import CONVERT, PICTURE, SOUND
from works import COMES, OVER, PAN, SCENE, SCENES, ZOOM

FINER = 4
"""How much larger zoompan is given a picture, so that whole pixels of it are parts of one seen."""


def command(folder: Path, out: Path, finer: int = FINER) -> list[str]:
    """Return the command that makes the film of what is given in a folder."""
    told = json.loads((folder / "given.json").read_text(encoding="utf-8"))
    if "texts" in told:
        inputs, graph = _motion(folder, told["texts"], finer)
    elif len(told["pictures"]) > 10:
        inputs, graph = _listed(folder, told["pictures"])
    else:
        inputs, graph = _looped(folder, told["pictures"])
    sound = ["-i", str(folder / "narration.wav")]
    chosen = ["-map", "[v]", "-map", f"{inputs.count('-i')}:a", "-frames:v", str(told["frames"])]
    begin = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-nostdin"]
    end = [*PICTURE, *SOUND, "-movflags", "+faststart", str(out)]
    return [*begin, *inputs, *sound, "-filter_complex", graph, *chosen, *end]


def _looped(folder: Path, pictures: list[tuple[str, int]]) -> tuple[list[str], str]:
    """Return inputs and filters that read each picture once and repeat it as planes."""
    inputs, parts = [], []
    for number, (name, frames) in enumerate(pictures):
        inputs += ["-framerate", "30", "-i", str(folder / name)]
        parts.append(f"[{number}]{CONVERT},loop={frames - 1}:1[p{number}]")
    names = "".join(f"[p{number}]" for number in range(len(pictures)))
    return inputs, ";".join([*parts, f"{names}concat=n={len(pictures)}[v]"])


def _listed(folder: Path, pictures: list[tuple[str, int]]) -> tuple[list[str], str]:
    """Return the list of many pictures for the concat demuxer; frames are repeated as planes."""
    lines = [f"file '{folder / name}'\nduration {frames / 30:.6f}" for name, frames in pictures]
    lines.append(f"file '{folder / pictures[-1][0]}'")
    listed = folder / "pictures.txt"
    listed.write_text("\n".join(lines), encoding="utf-8")
    return ["-f", "concat", "-safe", "0", "-i", str(listed)], f"[0]{CONVERT},fps=30[v]"


def _motion(folder: Path, texts: list[tuple[str, int, int]], finer: int) -> tuple[list[str], str]:
    """Return inputs and filters of scenes that zoom by zoompan and dissolve by xfade.

    zoompan cuts on whole pixels, or even ones where chroma is halved. The usual remedy is to give
    it pictures made larger; they are cut nearest to where they should be, not before it. xfade
    begins with nothing of what enters, so that a scene enters a frame before it is to be seen.
    """
    inputs, parts = [], []
    for number, (name, left, top) in enumerate(texts):
        inputs += ["-framerate", "30", "-i", str(folder / f"photo-{number}.png")]
        inputs += ["-framerate", "30", "-i", str(folder / name)]
        parts += _scene(number, left, top, finer)
    last = "s0"
    for number in range(1, len(texts)):
        last, before = "v" if number + 1 == len(texts) else f"x{number}", last
        faded = f"xfade=fade:duration={OVER + 1 / 30:.6f}:offset={number * SCENE - 1 / 30:.6f}"
        parts.append(f"[{before}][s{number}]{faded}[{last}]")
    return inputs, ";".join(parts)


def _scene(number: int, left: int, top: int, finer: int) -> list[str]:
    early = 1 if number else 0
    frames = early + round(30 * (SCENE + (OVER if number + 1 < SCENES else 0)))
    share = f"(on-{early})/{SCENE * 30}"
    zoom = f"max(1,{ZOOM[0]}+{ZOOM[1] - ZOOM[0]:.4f}*{share})"
    across = f"0.5+(iw-iw/zoom)*({PAN[0]}+{PAN[1] - PAN[0]:.4f}*{share})"
    window = f"z='{zoom}':x='{across}':y='0.5+(ih-ih/zoom)/2':d={frames}:s=1920x1080:fps=30"
    planes = CONVERT.replace("yuv420p", "yuv444p")
    large = f"scale=iw*{finer}:ih*{finer}:flags=bilinear,{planes}"
    rising = f"{top}+54*max(0,1-(n+1-{early})/{COMES * 30 + 1})"
    return [
        f"[{2 * number}]{large},zoompan={window},format=yuv420p[b{number}]",
        f"[{2 * number + 1}]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,"
        f"loop={frames - 1}:1,fade=in:d={COMES}:alpha=1[t{number}]",
        f"[b{number}][t{number}]overlay=x={left}:y='{rising}':shortest=1,settb=1/30[s{number}]",
    ]
