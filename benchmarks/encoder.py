"""The settings that every encoder is given: those of our own moving pictures, on all cores."""

from __future__ import annotations

import os

THREADS = os.cpu_count() or 1
_X264 = "keyint=90:min-keyint=1:scenecut=0:bframes=2:b-pyramid=none:ref=2:aq-mode=3"
_COLOURS = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p"
_TAGS = ["-colorspace", "bt709", "-color_range", "tv"]

PICTURE = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-x264-params", _X264]
PICTURE += ["-pix_fmt", "yuv420p", "-threads", str(THREADS), *_TAGS]
SOUND = ["-c:a", "aac", "-b:a", "192k"]
CONVERT = _COLOURS
"""The filter that makes BT.709 planes of RGB."""

MOVIEPY = {
    "codec": "libx264",
    "preset": "veryfast",
    "audio_codec": "aac",
    "audio_fps": 48000,
    "audio_bitrate": "192k",
    "threads": THREADS,
    "logger": None,
    "ffmpeg_params": ["-crf", "20", "-x264-params", _X264, "-vf", _COLOURS, *_TAGS],
}
"""The same as arguments of `write_videofile`."""
