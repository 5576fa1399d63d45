"""The agent tools: with the official client over both transports, and over raw pipes."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.service.serving import BAD, GOOD, PATIENCE, REELSPEC, running

WANTED = {
    *("list_templates", "check_spec", "research", "write_spec", "render_spec", "job_status"),
    *("contact_sheet", "still", "revise_spec"),
}
PICTURE = Path(__file__).resolve().parents[1] / "golden" / "shapes.png"
WITH = GOOD.replace("text: Hello", "layers: [{image: a.png}]")
SOURCE = Path(__file__).resolve().parents[1] / "author" / "documents" / "en" / "solar.md"


async def told(client: Client, name: str, **arguments: Any) -> Any:
    """Return what a tool answers as JSON."""
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


async def finished(client: Client, job: str) -> dict[str, Any]:
    for _ in range(int(PATIENCE / 0.1)):
        said = await told(client, "job_status", session_id=job)
        if said["state"] in ("done", "failed"):
            return said
        await asyncio.sleep(0.1)
    raise AssertionError(said)


async def worked(client: Client) -> dict[str, Any]:
    """Go the whole way with a client and return what it has seen."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    prompts = [prompt.name for prompt in (await client.list_prompts()).prompts]
    prompt = await client.get_prompt("make_film", {"topic": "Tea"})
    bad = await told(client, "check_spec", spec=BAD)
    refused = await client.call_tool("render_spec", {"spec": BAD})
    nonsense = await client.call_tool("job_status", {"session_id": "../../etc/passwd"})
    picture = base64.b64encode(PICTURE.read_bytes()).decode()
    asset = await told(client, "upload_asset", data=picture)
    broken = await client.call_tool("upload_asset", {"data": "?"})
    wanted = {"spec": WITH, "assets": {"a.png": asset["asset"]}, "generation_mode": "mock"}
    asked = await told(client, "render_spec", **wanted)
    said = await finished(client, asked["session_id"])
    sheet = await client.call_tool("contact_sheet", {"session_id": asked["session_id"]})
    still = await client.call_tool("still", {"session_id": asked["session_id"], "at": "500ms"})
    return {
        "tools": tools,
        "prompts": prompts,
        "prompt": prompt.messages[0].content.text,
        "bad": bad["problems"][0]["line"],
        "refused": (refused.is_error, nonsense.is_error, broken.is_error),
        "state": said["state"],
        "pictures": [base64.b64decode(each.content[0].data)[:4] for each in (sheet, still)],
    }


def test_an_agent_goes_the_whole_way_over_pipes(tmp_path: Path) -> None:
    async def run() -> dict[str, Any]:
        arguments = ["mcp", "--folder", str(tmp_path / "data")]
        pipes = stdio_client(StdioServerParameters(command=REELSPEC, args=arguments))
        async with Client(pipes) as client:
            return await worked(client)

    seen = asyncio.run(run())

    assert WANTED <= set(seen["tools"])
    assert all(tool.description and tool.input_schema for tool in seen["tools"].values())
    assert True is seen["tools"]["check_spec"].annotations.read_only_hint
    assert ["make_film", "mend_spec"] == seen["prompts"]
    assert "“Tea”" in seen["prompt"]
    assert (4, (True, True, True), "done") == (seen["bad"], seen["refused"], seen["state"])
    assert [b"\x89PNG"] * 2 == seen["pictures"]


def over_http(folder: Path, asks: Any, *options: str) -> Any:
    """Return what a client of the tools at /mcp is told."""

    async def run(address: str) -> Any:
        async with Client(address) as client:
            return await asks(client)

    with running(folder / "data", *options) as client:
        return asyncio.run(run(f"{client.base_url}mcp"))


def test_an_agent_has_the_same_tools_over_http(tmp_path: Path) -> None:
    spec = "version: 1\ntitle: A\nscenes:\n  - id: one\n    text: Hello\n  - text: There\n"

    async def asks(client: Client) -> tuple[set[str], dict[str, Any]]:
        names = {tool.name for tool in (await client.list_tools()).tools}
        return names, await told(client, "revise_spec", spec=spec, instruction="remove scene 2")

    names, revised = over_http(tmp_path, asks)

    assert names >= WANTED
    assert (True, ["one"]) == (revised["ok"], [scene["id"] for scene in revised["scenes"]])


@pytest.mark.soak  # two specs are written
def test_an_agent_finds_sources_and_writes_from_them(tmp_path: Path) -> None:
    async def asks(client: Client) -> tuple[dict[str, Any], dict[str, Any]]:
        wanted = {"prompt": "Solar power", "duration_preference": 20}
        own = {**wanted, "text": SOURCE.read_text(encoding="utf-8"), "theme": "paper"}
        return await told(client, "research", **wanted), await told(client, "write_spec", **own)

    found, written = over_http(tmp_path, asks, "--source", str(SOURCE))

    assert "done" == found["state"] and found["sources"]
    assert "theme: paper" in written["spec"]


def test_nothing_but_the_protocol_is_written_to_the_pipe(tmp_path: Path) -> None:
    client = {"name": "raw", "version": "1"}
    about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": about},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": CHECK},
    ]
    process = subprocess.Popen(
        [REELSPEC, "mcp", "--folder", str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout
    process.stdin.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    process.stdin.flush()
    heard = [json.loads(process.stdout.readline()) for _ in range(3)]
    rest, log = process.communicate(timeout=60)

    assert {1, 2, 3} == {said["id"] for said in heard}
    assert (b"", 0) == (rest, process.returncode)
    assert all(json.loads(line) for line in log.splitlines())


CHECK = {"name": "check_spec", "arguments": {"spec": GOOD}}
