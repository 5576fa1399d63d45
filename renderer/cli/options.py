"""What several verbs take: specs, the root, the store, variables; and how they become `Options`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import click

from renderer.errors import Problem, UsageError
from renderer.forms import form, form_for
from renderer.media.standing import WAY, Way
from renderer.paths import plain_name
from renderer.profile import TRUSTED, UNTRUSTED
from renderer.render import Options
from renderer.schema import plugins
from renderer.spec import cut_names, format_of
from renderer.work import cores

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_FOLDER = click.Path(file_okay=False, path_type=Path)

spec_argument: Decorator = click.argument("spec", type=click.Path(path_type=Path))
specs_argument: Decorator = click.argument(
    "specs", nargs=-1, required=True, type=click.Path(path_type=Path)
)

all_option: Decorator = click.option(
    "--all", "all_cuts", is_flag=True, help="The film and every one of its cuts."
)
still_option: Decorator = click.option(
    "--still",
    type=click.Choice(get_args(Way)),
    default=WAY,
    show_default=True,
    help="How karaoke and other runs of stills are coded: gop is what x264 writes of every frame; "
    "skip has headers of its own, takes a fifth less time and was tried with no hardware decoder.",
)
strict_option: Decorator = click.option("--strict", is_flag=True, help="Warnings fail too.")


def film_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a film, from `--output` to `--still`, to a verb."""
    for option in reversed(_FILM):
        command = option(command)
    return command


def project_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a project, from `--root` to `--untrusted`, to a verb."""
    for option in reversed(_PROJECT):
        command = option(command)
    return command


_FILM: list[Decorator] = [
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help="The film; with several specs a folder; - is standard output.",
    ),
    click.option(
        "--scene", "scenes", multiple=True, metavar="ID", help="Only this scene; may be repeated."
    ),
    click.option("--from", "begin", default="", metavar="TIME", help="Only from this time on."),
    click.option("--to", "end", default="", metavar="TIME", help="Only up to this time."),
    click.option(
        "--format", metavar="NAME", default="", help="mp4, webm, gif …: the spec's if not given."
    ),
    click.option("--draft", is_flag=True, help="Half the size, 12 frames a second, no new speech."),
    still_option,
]

_PROJECT: list[Decorator] = [
    click.option("--root", type=_FOLDER, help="Files outside this folder are refused."),
    click.option("--store", type=_FOLDER, help="The cache.  [default: .render in the root]"),
    click.option("--no-cache", is_flag=True, help="Make everything anew."),
    click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes.  [default: cores]"),
    click.option("--var", "variables", multiple=True, metavar="NAME=VALUE", help="Set a variable."),
    click.option("--cut", default="", metavar="NAME", help="This cut of the film."),
    click.option("--takes", type=_FOLDER, help="Recordings by name; see the verb `lines`."),
    click.option("--untrusted", is_flag=True, help="Lower limits, for a spec of a stranger."),
]


def options(
    root: Path | None = None,
    store: Path | None = None,
    no_cache: bool = False,
    jobs: int | None = None,
    variables: tuple[str, ...] = (),
    untrusted: bool = False,
    **how: Any,
) -> Options:
    """Return the options that the command line means; raises UsageError for bad ones.

    `how` are fields of Options by their own names.
    """
    if how.get("format"):
        form(how["format"])
    return Options(
        root=root,
        store=store,
        cache=not no_cache,
        variables=dict(map(_variable, variables)),
        processes=jobs or cores(),
        limits=UNTRUSTED if untrusted else TRUSTED,
        **how,
    )


def _variable(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name.isidentifier():
        hint = "write --var name=value"
        raise UsageError(Problem("usage", f"--var {written} sets no variable", hint=hint))
    return name, value


def variants(specs: Sequence[Path], chosen: Options, every: bool) -> list[tuple[Path, Options]]:
    """Return each spec with its options; with `every` its film's, and those of each of its cuts."""
    if every and chosen.cut:
        says = "--cut names one cut, --all means every one"
        raise UsageError(Problem("usage", says, hint="keep one of them"))
    return [
        (spec, replace(chosen, cut=cut))
        for spec in specs
        for cut in (("", *cut_names(spec)) if every else (chosen.cut,))
    ]


def outputs(
    films: Sequence[tuple[Path, Options]], output: Path | None
) -> list[tuple[Path, Options, Path]]:
    """Return each film with its format and where it goes; UsageError where two would collide.

    A file that is named by `-o` has the format of its suffix, unless `--format` names another.
    """
    known = [
        (spec, how if how.format else replace(how, format=format_of(spec, how.cut)))
        for spec, how in films
    ]
    if len(known) == 1 and output and not output.is_dir():
        return [_named(*known[0], output, bool(films[0][1].format))]
    folder = output or Path("output")
    found = [(spec, how, folder / f"{stem(spec, how)}{_suffix(how)}") for spec, how in known]
    if len({str(out).casefold() for _, _, out in found}) < len(found):
        says = "two specs of the same name would write the same film"
        raise UsageError(Problem("usage", says, hint="render them one by one, each with its -o"))
    return found


def _named(spec: Path, how: Options, out: Path, chosen: bool) -> tuple[Path, Options, Path]:
    if not out.suffix:
        return spec, how, out.with_suffix(_suffix(how))
    return spec, how if chosen else replace(how, format=form_for(out.suffix, how.format)), out


def _suffix(how: Options) -> str:
    """Return the suffix of a film; where the spec names no format that there is, that of MP4."""
    known = plugins("formats")
    return known.get(how.format, known["mp4"]).suffix


def stem(spec: Path, how: Options) -> str:
    """Return the name of a film without its ending: of the spec, the cut, the part that is made."""
    part = f"-{plain_name(how.cut)}" if how.cut else ""
    part += "".join(f"-{scene}" for scene in how.scenes)
    part += "-draft" if how.draft else ""
    return spec.stem + part + ("-part" if how.begin or how.end else "")
