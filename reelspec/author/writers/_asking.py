"""A language model is asked for a plan of a given shape, and asked again where it misses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from openai import AsyncOpenAI, OpenAIError
from pydantic import BaseModel
from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, ToolOutput
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from reelspec.author.drafts import WriterError
from reelspec.author.request import Model
from renderer.errors import Problem

Shape = TypeVar("Shape", bound=BaseModel)

_RETRIES = 2
_OUTPUTS = {"prompted": PromptedOutput, "native": NativeOutput, "tool": ToolOutput}
_SECRETS = re.compile(r"(?i)(bearer\s+)\S+|(//[^/\s:@]+:)[^/\s@]+(?=@)|\bsk-[\w-]{6,}")
_LONGEST = 300


def asked(
    message: str, model: Model, shape: type[Shape], instructions: str, wrong: Callable[[Shape], str]
) -> Shape:
    """Return the plan that a model fills; `wrong` says what makes one useless, or nothing.

    Raises WriterError where there is no model, or it gives no plan; the reason holds no secret.
    """
    if not model.url or not model.name:
        hint = "give --llm-url and --llm-model, or REELSPEC_LLM_URL and REELSPEC_LLM_MODEL"
        raise WriterError(Problem("no-model", "the writer `llm` needs a model", hint=hint))
    try:
        agent = _agent(model, shape, instructions, wrong)
        result = agent.run_sync(message, model_settings={"temperature": 0.0})
    except (AgentRunError, UserError, OpenAIError, ValueError, OSError) as error:
        raise WriterError(_failure(error, model)) from error
    return result.output


def _agent(
    model: Model, shape: type[Shape], instructions: str, wrong: Callable[[Shape], str]
) -> Agent[None, Shape]:
    client = AsyncOpenAI(
        base_url=model.url,
        api_key=model.key or "none",
        timeout=model.patience,
        max_retries=_RETRIES,
    )
    chat = OpenAIChatModel(model.name, provider=OpenAIProvider(openai_client=client))
    output: Any = _OUTPUTS[model.output](shape)
    agent: Agent[None, Shape] = Agent(
        chat, output_type=output, instructions=instructions, retries=_RETRIES
    )

    @agent.output_validator
    def useful(plan: Shape) -> Shape:
        if reason := wrong(plan):
            raise ModelRetry(reason)
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
