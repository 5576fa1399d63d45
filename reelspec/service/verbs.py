"""The table of verbs. The HTTP routes, the agent tools and their documentation all walk it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reelspec.service import facts, videos, writing
from reelspec.service.answers import Followed, Sent, Text
from reelspec.service.desk import Desk
from reelspec.service.shapes import (
    ASSETS,
    BASE,
    KEY,
    MODE,
    PROMPT,
    SESSION,
    SPEC,
    WEBHOOK,
    Schema,
    completed,
    shape,
    text,
)
from renderer.schema import Checker

Answer = Mapping[str, Any] | Sent | Followed | Text


@dataclass(frozen=True)
class Verb:
    """One thing that can be asked for.

    `about` is one line for people and agents; `takes` is the schema of its arguments; `route` its
    method and path, where it has one; `status` what a good answer has; `gives` the media type of
    the answer. `tool` says that agents have it, `reads` that it changes nothing, `yaml` that its
    body may be a spec as it stands, `files` the argument that a form's files go to.
    """

    name: str
    about: str
    run: Callable[[Desk, Mapping[str, Any]], Answer]
    takes: Schema = field(default_factory=shape)
    route: tuple[str, str] = ("", "")
    status: int = 200
    gives: str = "application/json"
    tool: bool = False
    reads: bool = True
    yaml: bool = False
    files: str = ""

    @cached_property
    def checker(self) -> Checker:
        """Return the checker of its arguments."""
        return Checker(self.takes)

    def answer(self, desk: Desk, given: Mapping[str, Any]) -> Answer:
        """Return the answer to some arguments; raises Refused."""
        return self.run(desk, completed(self.checker, given))


_ONE = shape(("session_id",), session_id=SESSION)
_RENDER = shape(
    ("spec",), spec=SPEC, assets=ASSETS, base=BASE, generation_mode=MODE, webhook=WEBHOOK, key=KEY
)
_PROMPT = shape(("prompt",), **PROMPT, generation_mode=MODE, webhook=WEBHOOK, key=KEY)
_WRITE = shape(("prompt",), **PROMPT, key=KEY)
_REVISE = shape(
    ("spec", "instruction"),
    spec=SPEC,
    instruction=text(
        "What to change, such as `shorter scene 2`, in English or Arabic.", 500, minLength=1
    ),
)
_LIST = shape(
    limit={"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
    before={"type": "number", "description": "Only those asked for before this time."},
)
_AT = text("A time of the film: 3.5s, 1:10, 90f.", 20, default="0")
_STILL = shape(("session_id",), session_id=SESSION, at=_AT)
_FILE = shape(("session_id", "name"), session_id=SESSION, name=text("A name.", 120))

VERBS = (
    Verb(
        "generate_video",
        "Make a film of a topic: research, script, spec, pictures, voice, MP4.",
        videos.generate,
        _PROMPT,
        ("POST", "/videos/generate"),
        status=202,
        reads=False,
        files="sources",
    ),
    Verb(
        "render_spec",
        "Make a film of a spec; returns a job at once, whose problems job_status tells.",
        videos.render,
        _RENDER,
        ("POST", "/videos/render"),
        status=202,
        tool=True,
        reads=False,
        yaml=True,
        files="assets",
    ),
    Verb(
        "upload_asset",
        "Send a file that a spec or a script rests on; its id goes into `assets` or `sources`.",
        videos.upload,
        shape(("data",), data=text("The file as base64.", 8 << 20, minLength=1)),
        tool=True,
        reads=False,
    ),
    Verb("list_videos", "List the videos, newest first.", videos.listed, _LIST, ("GET", "/videos")),
    Verb(
        "job_status",
        "Say how a video stands: state, stage, progress, seconds left, what there is, problems.",
        videos.status,
        _ONE,
        ("GET", "/videos/{session_id}/status"),
        tool=True,
    ),
    Verb(
        "video_events",
        "Follow a video: its status whenever it changes, until it has ended.",
        videos.follow,
        _ONE,
        ("GET", "/videos/{session_id}/events"),
        gives="text/event-stream",
    ),
    Verb(
        "download_video",
        "Fetch a video's film.",
        videos.download,
        _ONE,
        ("GET", "/videos/{session_id}/download"),
        gives="video/mp4",
    ),
    Verb(
        "video_spec",
        "Fetch a video's spec.",
        videos.spec,
        _ONE,
        ("GET", "/videos/{session_id}/spec"),
        gives="application/yaml",
        tool=True,
    ),
    Verb(
        "contact_sheet",
        "Show a video at a glance: two stills of each scene, as one picture.",
        videos.sheet,
        _ONE,
        ("GET", "/videos/{session_id}/sheet"),
        gives="image/png",
        tool=True,
    ),
    Verb(
        "still",
        "Show the picture at a time of a video.",
        videos.still,
        _STILL,
        ("GET", "/videos/{session_id}/still"),
        gives="image/png",
        tool=True,
    ),
    Verb(
        "video_captions",
        "Fetch a video's captions.",
        videos.captions,
        _ONE,
        ("GET", "/videos/{session_id}/captions"),
        gives="text/vtt",
    ),
    Verb(
        "video_file",
        "Fetch one of a video's stills, or its narration.",
        videos.kept,
        _FILE,
        ("GET", "/videos/{session_id}/files/{name}"),
        gives="application/octet-stream",
    ),
    Verb(
        "remove_video",
        "Cancel a video, and forget it with all its files.",
        videos.remove,
        _ONE,
        ("DELETE", "/videos/{session_id}"),
        reads=False,
    ),
    Verb(
        "check_spec",
        "Check a spec: every problem with line, column and hint; its scenes and their lengths.",
        videos.check_spec,
        shape(("spec",), spec=SPEC, assets=ASSETS, base=BASE),
        ("POST", "/specs/check"),
        tool=True,
        yaml=True,
        files="assets",
    ),
    Verb(
        "research",
        "Find sources on a topic: what a script on it rests on, with the words quoted.",
        writing.research,
        _WRITE,
        ("POST", "/specs/research"),
        tool=True,
        reads=False,
        files="sources",
    ),
    Verb(
        "write_spec",
        "Write the spec of a film on a topic from sources; the job also has a contact sheet.",
        writing.write,
        _WRITE,
        ("POST", "/specs/write"),
        tool=True,
        reads=False,
        files="sources",
    ),
    Verb(
        "revise_spec",
        "Change a spec as an instruction says: shorter, longer, remove, move or retitle a scene, "
        "another theme. Comments and all other lines stay.",
        writing.revise,
        _REVISE,
        ("POST", "/specs/revise"),
        tool=True,
    ),
    Verb(
        "spec_schema",
        "The JSON Schema of the spec language.",
        facts.schema,
        shape(),
        ("GET", "/schema"),
        gives="application/schema+json",
    ),
    Verb(
        "list_templates",
        "List the scene templates, with the parameters and an example of each, and the themes.",
        facts.templates,
        shape(),
        ("GET", "/templates"),
        tool=True,
    ),
    Verb(
        "health",
        "Say whether films can be made here: each part, its version, what would mend it.",
        facts.health,
        shape(),
        ("GET", "/health"),
    ),
)
