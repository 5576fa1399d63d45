"""A language model behind any OpenAI-compatible address, on this machine or elsewhere.

It fills a small plan that is checked; beats, templates and the spec are made of that by us. A model
that fails is an error with its address, its name and the reason, never a sentence of the film.
"""

from __future__ import annotations

import re
from typing import Any

from openai import AsyncOpenAI, OpenAIError
from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, ToolOutput
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from reelspec.author.drafts import Draft, Task, WriterError
from reelspec.author.plain import without_thoughts
from reelspec.author.request import Model
from reelspec.author.writers._plan import Plan, beats_of, problem_of
from reelspec.author.writers._prompt import INSTRUCTIONS, prompt
from renderer.errors import Problem

PARAMS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["url", "name"],
    "properties": {
        "url": {
            "title": "Address",
            "description": "OpenAI-compatible, up to `/v1`.",
            "type": "string",
        },
        "name": {"title": "Model", "description": "Its name there.", "type": "string"},
        "key": {"title": "Key", "description": "A secret; never written.", "type": "string"},
    },
}
EXAMPLE: dict[str, Any] = {"url": "http://localhost:11434/v1", "name": "qwen3:8b"}

_RETRIES = 2
_OUTPUTS = {"prompted": PromptedOutput, "native": NativeOutput, "tool": ToolOutput}
_SECRETS = re.compile(r"(?i)(bearer\s+)\S+|(//[^/\s:@]+:)[^/\s@]+(?=@)|\bsk-[\w-]{6,}")
_LONGEST = 300


def write(task: Task) -> Draft:
    """Return the script that the model plans; raises WriterError where it cannot."""
    model = task.request.model
    if not model.url or not model.name:
        hint = "give --llm-url and --llm-model, or REELSPEC_LLM_URL and REELSPEC_LLM_MODEL"
        raise WriterError(Problem("no-model", "the writer `llm` needs a model", hint=hint))
    plan = _asked(prompt(task), model)
    beats, problems = beats_of(plan, task.research)
    return Draft(without_thoughts(plan.title), beats, problems)


def _asked(message: str, model: Model) -> Plan:
    try:
        result = _agent(model).run_sync(message, model_settings={"temperature": 0.0})
    except (AgentRunError, UserError, OpenAIError, ValueError, OSError) as error:
        raise WriterError(_failure(error, model)) from error
    return result.output


def _agent(model: Model) -> Agent[None, Plan]:
    client = AsyncOpenAI(
        base_url=model.url,
        api_key=model.key or "none",
        timeout=model.patience,
        max_retries=_RETRIES,
    )
    chat = OpenAIChatModel(model.name, provider=OpenAIProvider(openai_client=client))
    output: Any = _OUTPUTS[model.output](Plan)
    agent: Agent[None, Plan] = Agent(
        chat, output_type=output, instructions=INSTRUCTIONS, retries=_RETRIES
    )

    @agent.output_validator
    def useful(plan: Plan) -> Plan:
        if wrong := problem_of(plan):
            raise ModelRetry(wrong)
        return plan

    return agent


def _failure(error: Exception, model: Model) -> Problem:
    """Return why the model gave no plan, without what is secret."""
    causes = [error, *filter(None, (error.__cause__,))]
    detail = "; ".join(dict.fromkeys(_redacted(str(each), model) for each in causes))
    says = f"the model '{model.name}' at {_redacted(model.url, model)} gave no script: {detail}"
    hint = "try again, another model, `--llm-output tool`, or `--writer outline`"
    return Problem("writer-failed", says, hint=hint)


def _redacted(text: str, model: Model) -> str:
    line = " ".join(text.split())
    line = line.replace(model.key, "***") if model.key else line
    return _SECRETS.sub(lambda found: f"{found[1] or found[2] or ''}***", line)[:_LONGEST]
