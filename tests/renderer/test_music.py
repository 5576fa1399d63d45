"""Music under a film and sounds in it: levels, seams, ducking, places, and what stays as it was."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from renderer.bed import ATTACK, QUIET, RELEASE, Bed
from renderer.errors import AssetError, SpecError
from renderer.loudness import amplitude, loudness, true_peak
from renderer.mastering import mastered
from renderer.media.pcm import Pcm, Sound, opened, write
from renderer.mix import Mix, Placed, blocks
from renderer.music import MOODS, composed
from renderer.render import Options, compile_spec, render
from renderer.sound import mixed
from renderer.store import Store
from renderer.timeline import Timeline

SECOND = 48_000


def tone(seconds: float, level: float, hertz: float = 220) -> Sound:
    time = np.arange(int(seconds * SECOND)) / SECOND
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def stereo(seconds: float, level: float) -> Sound:
    pair = tone(seconds, level, 196), tone(seconds, level, 311)
    return np.stack(pair, axis=1)


def kept(folder: Path, sound: Sound, name: str = "a.wav") -> Pcm:
    write(folder / name, [sound], stereo=sound.ndim == 2)
    return opened(folder / name)


def jumps(sound: Sound) -> npt.NDArray[np.float64]:
    """Return how far each sample is from what its neighbours lead to expect."""
    line = sound.reshape(len(sound), -1).astype(np.float64)
    return np.abs(np.diff(line, 3, axis=0)).max(axis=1)


def bed(loop: Pcm, seconds: float, **given: object) -> Bed:
    settings = {"cross": 0, "gain": 0.0, "duck": 12.0, "fade": SECOND, "begin": 0}
    return Bed(loop, end=int(seconds * SECOND), **{**settings, **given})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def moods(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pcm]:
    folder = tmp_path_factory.mktemp("moods")
    for mood in MOODS:
        composed(mood, folder / f"{mood}.wav")
    return {mood: opened(folder / f"{mood}.wav") for mood in MOODS}


@pytest.mark.parametrize("mood", MOODS)
def test_composed_music_moves_is_wide_and_keeps_its_level(moods: dict[str, Pcm], mood: str) -> None:
    loop = moods[mood]
    sound = loop.stretch(0, loop.samples)
    levels = [loudness(part) for part in np.array_split(sound, 20)]
    assert loop.samples > 60 * SECOND
    assert max(levels) - min(levels) < 6
    assert np.corrcoef(sound.T)[0, 1] < 0.9
    halves = sound[: 8 * SECOND, 0], sound[16 * SECOND : 24 * SECOND, 0]
    assert np.corrcoef(*halves)[0, 1] < 0.9


@pytest.mark.parametrize("mood", MOODS)
def test_composed_music_has_no_seam(moods: dict[str, Pcm], mood: str) -> None:
    music = bed(moods[mood], 200, fade=0)
    seam = QUIET + moods[mood].samples
    around = music.stretch(seam - SECOND, seam + SECOND)
    assert jumps(around)[SECOND - 10 : SECOND + 10].max() <= jumps(around).max()
    assert float(np.abs(around[SECOND] - around[SECOND - 1]).max()) < 0.1
    before, after = around[:SECOND], around[SECOND:]
    assert abs(loudness(before) - loudness(after)) < 6


def test_the_same_music_is_composed_every_time(moods: dict[str, Pcm], tmp_path: Path) -> None:
    facts = composed("upbeat", tmp_path / "again.wav")
    assert moods["upbeat"].samples == facts["samples"]
    assert moods["upbeat"].path.read_bytes() == (tmp_path / "again.wav").read_bytes()


def test_a_loop_runs_into_itself_without_a_click_or_a_hole(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    sound = np.cumsum(rng.standard_normal((4 * SECOND, 2)), axis=0)
    smooth = np.diff(sound - sound.mean(axis=0), axis=0).astype(np.float32)
    kernel = np.ones(48) / 48
    noise = np.stack([np.convolve(side, kernel, "same") for side in smooth.T], axis=1)
    loop = kept(tmp_path, (noise * 0.5).astype(np.float32))
    music = bed(loop, 30, cross=SECOND, fade=0, duck=0.0).stretch(QUIET, 29 * SECOND)
    levels = [loudness(music[at : at + SECOND // 2]) for at in range(0, 27 * SECOND, SECOND // 2)]
    assert max(levels[1:]) - min(levels[1:]) < 2.5
    assert jumps(music).max() < 1.5 * jumps(music[: 2 * SECOND]).max()


def test_music_is_silent_at_the_ends_and_comes_and_goes_smoothly(tmp_path: Path) -> None:
    music = bed(kept(tmp_path, stereo(3, 0.5)), 10).stretch(0, 10 * SECOND)
    assert 0 == np.count_nonzero(music[:QUIET]) == np.count_nonzero(music[-QUIET:])
    assert loudness(music[QUIET : QUIET + SECOND]) < loudness(music[2 * SECOND : 3 * SECOND]) - 3
    assert np.abs(np.diff(music, axis=0)).max() < 0.03


def test_music_is_down_when_speech_begins_and_back_400_ms_after_it(tmp_path: Path) -> None:
    loop = kept(tmp_path, tone(30, 0.5, 1000))
    speech = ((4 * SECOND, 6 * SECOND), (6 * SECOND + 9600, 8 * SECOND))
    music = bed(loop, 20, speech=speech).stretch(0, 20 * SECOND)

    def level(second: float) -> float:
        at = int(second * SECOND)
        return 20 * float(np.log10(np.abs(music[at : at + 480]).max() / 0.5))

    assert pytest.approx([level(3), level(8.41), level(12)], abs=0.05) == [0, 0, 0]
    assert pytest.approx([level(4), level(6.1), level(7.98)], abs=0.05) == [-12] * 3
    assert -11 < level(3.86) < -1
    assert -11 < level(8.19) < -1


def test_a_stretch_is_the_same_wherever_it_is_cut(tmp_path: Path) -> None:
    loop = kept(tmp_path, stereo(3, 0.9))
    placed = [Placed(kept(tmp_path, tone(2, 1.0), "b.wav"), 5 * SECOND, 6.0)]
    music = bed(loop, 12, cross=SECOND, speech=((5 * SECOND, 7 * SECOND),))
    mix = Mix(placed, 12 * SECOND, music, gain=6.0)
    whole = mix.pcm(0, 12 * SECOND)
    parts = [mix.pcm(at, at + 10_007) for at in range(0, 12 * SECOND, 10_007)]
    assert np.array_equal(whole, np.concatenate(parts))
    assert true_peak(whole) <= -1.5


def test_an_excerpt_sounds_as_it_does_in_the_film(tmp_path: Path) -> None:
    loop = kept(tmp_path, stereo(3, 0.3))
    film = bed(loop, 12, speech=((5 * SECOND, 7 * SECOND),)).stretch(0, 12 * SECOND)
    shift = 4 * SECOND + 123
    part = Bed(
        loop,
        0,
        0.0,
        12.0,
        SECOND,
        -shift,
        12 * SECOND - shift,
        ((5 * SECOND - shift, 7 * SECOND - shift),),
    )
    assert np.array_equal(film[shift : shift + SECOND], part.stretch(0, SECOND))


def test_a_sound_has_soft_edges_its_gain_and_its_place(tmp_path: Path) -> None:
    sound = kept(tmp_path, np.full(SECOND, 0.5, np.float32))
    mix = Mix([Placed(sound, 1000, -6.0, rise=480, fall=480)], 2 * SECOND)
    heard = mix.pcm(0, 2 * SECOND)[:, 0]
    assert np.abs(np.diff(heard)).max() < 0.002
    assert pytest.approx(heard[1000 + 480 : SECOND], abs=1e-4) == 0.5 * amplitude(-6.0)
    assert (0, 0) == (np.count_nonzero(heard[:1000]), np.count_nonzero(heard[1000 + SECOND :]))


FILM = """
version: 1
size: 320x180
fps: 12
voice: {engine: espeak}
music: {MUSIC}
scenes:
  - id: one
    say: In one hour the Earth receives about as much energy as the world needs in a year.
    tail: 3s
  - id: two
    say: A panel [[now]] on the roof runs a fridge, and twenty panels run a house.
    sounds: [{src: ding.wav, at: now, gain: -12dB}]
  - id: three
    duration: 4s
"""


def film(folder: Path, music: str = "generate: calm", text: str = FILM) -> Path:
    kept(folder, stereo(7, 0.4), "music.wav")
    kept(folder, tone(1, 0.5, 880), "ding.wav")
    (folder / "film.yaml").write_text(text.replace("MUSIC", music), encoding="utf-8")
    return folder / "film.yaml"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


def compiled(spec: Path, store: Store) -> Timeline:
    return compile_spec(spec, Options(), store).timeline


def made(spec: Path, store: Store) -> Path:
    render(spec, spec.with_suffix(".mp4"), Options(store=store.folder, processes=1))
    return spec.with_suffix(".mp4")


def sound_of(path: Path) -> Sound:
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(frames, axis=1).T


@pytest.mark.parametrize("music", ["generate: calm", "generate: tense", "src: music.wav"])
def test_a_film_with_music_is_at_its_loudness_and_speech_stands_out(
    tmp_path: Path, store: Store, music: str
) -> None:
    spec = film(tmp_path, music)
    timeline = compiled(spec, store)
    whole = mixed(timeline.soundtrack, store)
    sound = whole.pcm(0, whole.samples)
    assert pytest.approx(loudness(sound), abs=0.5) == -16.0
    assert true_peak(sound) <= -1.5
    assert 0 == np.count_nonzero(sound[: QUIET - 1])

    under = Mix([], whole.samples, whole.bed, whole.gain).pcm(0, whole.samples)
    spans = [(said.start, said.start + said.cue.samples) for said in timeline.cues]
    spoken = np.concatenate([sound[first:last] for first, last in spans])
    beneath = np.concatenate([under[first:last] for first, last in spans])
    assert 12 <= loudness(spoken) - loudness(beneath) <= 18
    free = under[spans[0][1] + RELEASE : spans[1][0] - ATTACK]
    assert loudness(free) - loudness(beneath) == pytest.approx(12, abs=4)


def test_the_film_itself_is_as_loud_as_its_mix_and_has_no_click(
    tmp_path: Path, store: Store
) -> None:
    spec = film(tmp_path)
    timeline = compiled(spec, store)
    heard = sound_of(made(spec, store))
    mix = mixed(timeline.soundtrack, store)
    meant = mix.pcm(0, mix.samples)
    error = np.abs(heard[: mix.samples] - meant[: len(heard)])
    assert pytest.approx(loudness(heard), abs=0.5) == -16.0
    assert float(error.max()) < 0.1
    assert np.abs(heard[:4800]).max() < 0.01


def test_a_sound_begins_at_its_mark_to_the_sample(tmp_path: Path, store: Store) -> None:
    timeline = compiled(film(tmp_path), store)
    (said,) = timeline.shots[1].cues
    (ding,) = timeline.shots[1].sounds
    word = next(word for word in said.cue.words if said.cue.text[word.first :].startswith("on"))
    assert ding.start == said.start + word.start * 48
    assert -12.0 == ding.gain


def test_a_sound_that_outlasts_its_scene_goes_while_the_next_enters(
    tmp_path: Path, store: Store
) -> None:
    text = FILM.replace("at: now", "at: end - 500ms").replace(
        "id: three", "id: three\n    transition: {kind: dissolve, over: 750ms}"
    )
    (ding,) = compiled(film(tmp_path, text=text), store).shots[1].sounds
    assert (36_000, 24_000 + 36_000) == (ding.fade, ding.most)


def test_an_edit_leaves_the_blocks_of_the_rest_as_they_were(tmp_path: Path, store: Store) -> None:
    text = FILM.replace("fps: 12", "fps: 12\ncaptions: 'off'")
    long = text + "".join(f"  - {{id: more{n}, duration: 12s}}\n" for n in range(4))
    before, after = (
        compiled(film(tmp_path, text=each), store)
        for each in (long, long.replace("gain: -12dB", "gain: -10dB"))
    )
    mixes = [mixed(each.soundtrack, store) for each in (before, after)]
    digests = [[block.digest for block in blocks(mix.samples, mix.pcm)] for mix in mixes]
    assert mixes[0].gain == mixes[1].gain
    assert 1 <= sum(a != b for a, b in zip(*digests, strict=True)) <= 2
    assert len(digests[0]) >= 6


@pytest.mark.parametrize(
    ("music", "code"),
    [
        ("generate: calm, src: music.wav", "conflict"),
        ("gain: -18dB", "missing"),
        ("generate: jolly", "unknown-name"),
        ("src: gone.wav", "missing-file"),
        ("generate: calm, duck: -3dB", "bad-gain"),
        ("generate: calm, gain: loud", "bad-gain"),
    ],
)
def test_wrong_music_is_a_problem_with_its_place(
    tmp_path: Path, store: Store, music: str, code: str
) -> None:
    with pytest.raises(SpecError) as stopped:
        compiled(film(tmp_path, music), store)
    (problem,) = stopped.value.problems
    assert (code, 6) == (problem.code, problem.place.line)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "content",
    [b"", b"no sound", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n", b"RIFF....WAVE"],
)
def test_a_file_that_is_no_sound_is_told_with_its_place(
    tmp_path: Path, store: Store, content: bytes
) -> None:
    spec = film(tmp_path)
    (tmp_path / "ding.wav").write_bytes(content)
    with pytest.raises(AssetError) as stopped:
        made(spec, store)
    (problem,) = stopped.value.problems
    assert ("bad-sound", 13) == (problem.code, problem.place.line)  # type: ignore[union-attr]


def test_a_mix_of_many_lines_is_mastered_at_its_target(tmp_path: Path) -> None:
    sound = kept(tmp_path, tone(1, 0.05, 600))
    placed = [Placed(sound, at * 2 * SECOND) for at in range(60)]
    done = mastered(Mix(placed, 120 * SECOND), -23.0)
    assert pytest.approx(loudness(done.stretch(0, 120 * SECOND)), abs=0.3) == -23.0
