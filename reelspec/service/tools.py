"""The verbs as tools for agents, and the prompts that explain the way of working (MCP)."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import partial
from typing import Any

import anyio.to_thread
from mcp import types
from mcp.server.lowlevel import Server

from reelspec.service import logs
from reelspec.service.answers import Sent, Text
from reelspec.service.desk import Desk
from reelspec.service.refusals import Refused
from reelspec.service.verbs import VERBS, Answer, Verb
from renderer import __version__

TOOLS = {verb.name: verb for verb in VERBS if verb.tool}

_INSTRUCTIONS = (
    "Films are text files. Write a spec (write_spec) or compose one (list_templates), check it "
    "(check_spec) until it has no problems, look at it (render_spec with generation_mode 'mock', "
    "then contact_sheet), change it (revise_spec, or edit the text), and only then make the film "
    "(render_spec with 'real', then job_status until it is done)."
)
_PROMPTS = {
    "make_film": (
        "Make a film on a topic, step by step.",
        (("topic", "What the film is about.", True), ("seconds", "How long it is.", False)),
        "Make a film on “{topic}” of about {seconds} seconds.\n"
        "1. research: read the sources; say what they support and what is missing.\n"
        "2. write_spec with the same prompt; show me the spec's scenes and wait for my word.\n"
        "3. check_spec; mend every problem by its line.\n"
        "4. contact_sheet of the job; look at it and judge it as a designer would.\n"
        "5. revise_spec or edit until I am content; never state what no source supports.\n"
        "6. render_spec with generation_mode 'real'; job_status until it is done; give me the "
        "address of the film.",
    ),
    "mend_spec": (
        "Mend a spec until it has no problems.",
        (("spec", "The spec.", True),),
        "check_spec this text, mend each problem at its line as its hint says, change nothing "
        "else, and check again until there are none:\n\n{spec}",
    ),
}


def tools(desk: Desk) -> Server[Any]:
    """Return the server that answers agents for a desk."""
    return Server(
        "reelspec",
        version=__version__,
        title="Reelspec",
        instructions=_INSTRUCTIONS,
        on_list_tools=_listed,
        on_call_tool=partial(_called, desk),
        on_list_prompts=_prompts,
        on_get_prompt=_prompt,
    )


async def _listed(context: Any, params: Any) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[_tool(verb) for verb in TOOLS.values()])


def _tool(verb: Verb) -> types.Tool:
    hints = types.ToolAnnotations(
        title=verb.name.replace("_", " "),
        read_only_hint=verb.reads,
        destructive_hint=False,
        idempotent_hint=verb.reads,
        open_world_hint=verb.name in ("research", "write_spec"),
    )
    return types.Tool(
        name=verb.name, description=verb.about, input_schema=verb.takes, annotations=hints
    )


async def _called(
    desk: Desk, context: Any, params: types.CallToolRequestParams
) -> types.CallToolResult:
    """Return a tool's answer; what is refused is an answer too, with how to mend it."""
    verb = TOOLS.get(params.name)
    if verb is None:
        return _result(f"there is no tool '{params.name[:60]}'; there are {', '.join(TOOLS)}", True)
    try:
        answer = await anyio.to_thread.run_sync(verb.answer, desk, params.arguments or {})
        return await anyio.to_thread.run_sync(_answered, answer)
    except Refused as refused:
        return _result(_json(refused.told()), True)
    except Exception as error:
        logs.fault("a tool failed", error, tool=verb.name)
        return _result("the service failed; its log says more", True)


def _answered(answer: Answer) -> types.CallToolResult:
    if isinstance(answer, Sent) and answer.media_type == "image/png":
        data = base64.b64encode(answer.path.read_bytes()).decode()
        picture = types.ImageContent(type="image", data=data, mime_type=answer.media_type)
        return types.CallToolResult(content=[picture])
    if isinstance(answer, Sent):
        return _result(answer.path.read_text(encoding="utf-8"))
    if isinstance(answer, Text):
        return _result(answer.text)
    assert isinstance(answer, Mapping)
    return _result(_json(answer))


def _result(text: str, failed: bool = False) -> types.CallToolResult:
    content = types.TextContent(type="text", text=text)
    return types.CallToolResult(content=[content], is_error=failed)


def _json(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1)


async def _prompts(context: Any, params: Any) -> types.ListPromptsResult:
    found = []
    for name, (about, arguments, _) in _PROMPTS.items():
        taken = [
            types.PromptArgument(name=key, description=says, required=needed)
            for key, says, needed in arguments
        ]
        found.append(types.Prompt(name=name, description=about, arguments=taken))
    return types.ListPromptsResult(prompts=found)


async def _prompt(context: Any, params: types.GetPromptRequestParams) -> types.GetPromptResult:
    if params.name not in _PROMPTS:
        raise ValueError(f"there is no prompt '{params.name[:60]}'")
    about, arguments, text = _PROMPTS[params.name]
    given = {"seconds": "60"} | dict(params.arguments or {})
    missing = [key for key, _, needed in arguments if needed and key not in given]
    if missing:
        raise ValueError(f"the prompt needs {', '.join(missing)}")
    content = types.TextContent(type="text", text=text.format(**given))
    message = types.PromptMessage(role="user", content=content)
    return types.GetPromptResult(description=about, messages=[message])
