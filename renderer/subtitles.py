"""Captions as text files: SubRip (`srt`) and WebVTT (`vtt`), and the language of their track.

WebVTT is https://www.w3.org/TR/webvtt1/; SubRip has no standard: numbers, times, lines, a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from renderer.timeline import Caption, Timeline
from renderer.times import half_up

_EMBEDDED = "\u202b{}\u202c"
"""Right-to-left embedding; else players take a line's direction from its first letter, or none."""

_CODES = """
aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis
bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu
dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry
gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina
idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz
klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao
ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde
nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol
pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv
smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk
tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln
wowol xhxho yiyid yoyor zazha zhzho zuzul iwheb inind jiyid moron shhbs
"""
_THREE = {code[:2]: code[2:] for code in _CODES.split()}


def language(lang: str) -> str:
    """Return the ISO 639-2/T code of a BCP 47 tag's language; `und` where there is none."""
    first = re.split("[-_]", lang.lower())[0]
    return first if len(first) == 3 else _THREE.get(first, "und")


def srt(captions: Sequence[Caption], fps: Fraction, rtl: bool) -> str:
    """Return captions, their frames at so many a second, as SubRip."""
    blocks = []
    for number, caption in enumerate(captions, 1):
        first, last = (_clock(frame, fps, ",") for frame in (caption.first, caption.last))
        blocks.append(f"{number}\n{first} --> {last}\n{text(caption, rtl)}\n")
    return "\n".join(blocks)


def vtt(captions: Sequence[Caption], fps: Fraction, rtl: bool) -> str:
    """Return captions, their frames at so many a second, as WebVTT."""
    blocks = ["WEBVTT\n"]
    for caption in captions:
        first, last = (_clock(frame, fps, ".") for frame in (caption.first, caption.last))
        escaped = text(caption, rtl).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{first} --> {last}\n{escaped}\n")
    return "\n".join(blocks)


WRITERS: dict[str, Callable[[Sequence[Caption], Fraction, bool], str]] = {"srt": srt, "vtt": vtt}
"""Name of a format, which is its file's suffix → what writes it."""


def files(timeline: Timeline) -> dict[str, str]:
    """Return suffix → text of each file that the film's captions are exported to."""
    fps, rtl = timeline.canvas.fps, timeline.canvas.rtl
    return {
        f".{kind}": WRITERS[kind](timeline.subtitles(kind), fps, rtl) for kind in timeline.exports
    }


def text(caption: Caption, rtl: bool) -> str:
    """Return the lines of a caption, each set from right to left where the film is."""
    return "\n".join(_EMBEDDED.format(line) if rtl else line for line in caption.lines)


def _clock(frame: int, fps: Fraction, point: str) -> str:
    milliseconds = half_up(Fraction(frame * 1000) / fps)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
