"""Expressions that want to reach the program, or to grow: each is refused, or is text."""

import time
from pathlib import Path
from typing import Any

import pytest

from renderer.templates.expressions import BadExpression, filled

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ [].__class__.__base__.__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ ''['__class__']['__mro__'] }}",
    "{{ ''|attr('__class__')|attr('__mro__') }}",
    "{{ ()|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ config.items() }}",
    "{{ config.__class__.__init__.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ url_for.__globals__ }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(x) }}",
    "{{ '{a.__class__}'.format_map({'a': x}) }}",
    "{{ x|format('{0.__class__}') }}",
    "{{ 'abc'|map('attr', '__class__')|list }}",
    "{{ rows|selectattr('__class__')|list }}",
    "{{ dict.__base__ }}",
    "{{ x.__class__ }}",
    "{{ rows.__len__ }}",
    "{{ names.__getitem__('x') }}",
    "{{ x.format }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ __import__('os').system('touch canary') }}",
    "{{ (1).__class__ }}",
    "{{ {}.__class__ }}",
    "{{ none.__class__ }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ super() }}",
    "{{ 'a'|e|safe|pprint }}",
]

STATEMENTS = [
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ '' }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% set x = cycler %}",
    "{# comment #}",
    "# for x in rows",
    "${7*7} <%= 7*7 %> #{7*7}",
]

NAMES: dict[str, Any] = {"x": "text", "rows": [1, 2], "names": {"x": 1}}


@pytest.mark.parametrize("text", ESCAPES)
def test_what_reaches_for_the_program_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadExpression):
        filled(text, NAMES)


@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_are_text(text: str) -> None:
    assert text.replace("{{ '' }}", "") == filled(text, NAMES)


BIG: dict[str, Any] = {
    "s": "s" * 20_000,
    "numbers": list(range(100_000)),
    "texts": ["t" * 20_000] * 9_000,
    "lists": [[1] * 10] * 9_000,
}
BOMBS = [
    "{{ 'a' * 50000000 }}",
    "{{ s ~ s }}",
    "{{ s + s }}",
    "{{ s }}{{ s }}",
    "{{ numbers + numbers }}",
    "{{ texts|join }}",
    "{{ texts|join(s) }}",
    "{{ texts|string }}",
    "{{ texts ~ '' }}",
    "{{ texts|upper }}",
    "{{ s|replace('', s) }}",
    "{{ s|replace('s', s) }}",
    "{{ s|center(100000000) }}",
    "{{ lists|sum }}",
    "{{ numbers" + "|sort" * 150 + " }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 99 ** 99 * 99 ** 99 }}",
    "{{ 1e308 * 10 }}",
    "{{ '%099999999d' % 1 }}",
    "{{ range(99999) }}",
    "{{ " + "9" * 900 + " }}",
    "{{ 1|round(99999999) }}",
    "{{ [" + "texts," * 100 + "] }}",
    "{{ x" + ".a" * 480 + " }}",
    "{{ " * 5000,
    "{" * 20_000,
    "{{ '" * 5000,
    "{{ " + "(" * 400 + ")" * 400 + " }}",
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_what_would_grow_or_run_long_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(BadExpression):
        filled(text, BIG)
    assert time.process_time() - began < 0.2


@pytest.mark.parametrize("word", ["not ", "x and ", "x or ", "1 if x else ", "x ~ "])
def test_a_long_chain_ends_soon_one_way_or_the_other(word: str) -> None:
    began = time.process_time()
    try:
        assert filled("{{ " + word * (960 // len(word)) + "x }}", NAMES) is not None
    except BadExpression as error:
        assert error.code == "bad-expression"
    assert time.process_time() - began < 0.2
