"""A language model behind any OpenAI-compatible address, on this machine or elsewhere.

It fills a small plan that is checked; beats, templates and the spec are made of that by us. A model
that fails is an error with its address, its name and the reason, never a sentence of the film.
"""

from __future__ import annotations

from typing import Any

from reelspec.author.drafts import Draft, Task
from reelspec.author.orders import Order, Revision
from reelspec.author.plain import without_thoughts
from reelspec.author.writers import _changes
from reelspec.author.writers._asking import asked
from reelspec.author.writers._plan import Plan, beats_of, problem_of
from reelspec.author.writers._prompt import INSTRUCTIONS, prompt

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


def write(task: Task) -> Draft:
    """Return the script that the model plans; raises WriterError where it cannot."""
    plan = asked(prompt(task), task.request.model, Plan, INSTRUCTIONS, problem_of)
    beats, problems = beats_of(plan, task.research)
    return Draft(without_thoughts(plan.title), beats, problems)


def revise(revision: Revision) -> tuple[Order, ...]:
    """Return the orders that the model makes of a wish; raises WriterError where it cannot."""

    def wrong(plan: _changes.Changes) -> str:
        return _changes.problem_of(plan, revision)

    told = _changes.message(revision)
    plan = asked(told, revision.model, _changes.Changes, _changes.INSTRUCTIONS, wrong)
    return _changes.orders_of(plan, revision)
