"""The description of the ways in for systems (OpenAPI 3.1), put together from the views and the models they answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import current_app
from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

import lms
from lms.core.web.api import BASE, CSV, JSON, PROBLEM, only

View = TypeVar("View", bound=Callable[..., Any])
_PART = re.compile(r"<(?:[^:<>]+:)?([a-z_]+)>")


class ProblemAnswer(BaseModel):
    """What is the matter (RFC 9457). `type` names it for programs; `detail` says it for people."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str


@dataclass(frozen=True)
class Parameter:
    """A part of the address (`path`), something after the question mark (`query`), or a header."""

    name: str
    where: str
    about: str
    schema: Mapping[str, Any]
    example: object = None


@dataclass(frozen=True)
class Described:
    """What a way in does: one sentence, more words, what it takes, what it answers, and which problems there are.

    `scope` is what a token needs for it; None is open to everybody.
    """

    summary: str
    about: str
    answer: type[BaseModel] | None
    scope: str | None = None
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    also_csv: bool = False
    tagged: bool = False


_PROBLEMS = {
    400: "Something in the address cannot be used; the detail names it.",
    401: "No token, or one that opens nothing any more.",
    403: "The token is good, but not for this.",
    404: "Nothing here for this token.",
    406: "Neither of the forms there are is wanted.",
    409: "Asked from ahead of the feed.",
    410: "Asked from so far back that entries are no longer kept: start with the list.",
    429: "Many wrong tokens from here. Wait as long as Retry-After says.",
    503: "The service is busy. Ask again in a minute.",
}
_ALWAYS = (503,)
_WITH_TOKEN = (401, 403, 404, 429)


def described(said: Described) -> Callable[[View], View]:
    """Give a view its description, from which the document is made, and refuse what stands in an address besides.

    It stands closest to the view, so that whoever may not enter hears of that first.
    """
    known = frozenset(one.name for one in said.parameters if one.where == "query")

    def mark(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            only(known)
            return view(*args, **kwargs)

        checked.described = said  # type: ignore[attr-defined]  # read by `document`
        return cast(View, checked)

    return mark


def document(*, server: str) -> dict[str, Any]:
    """The whole description; `server` is the address of /api/v1 as the asker sees it."""
    found = sorted(_ways(), key=lambda way: way[0].rule)
    models = [said.answer for _rule, said in found if said.answer] + [ProblemAnswer]
    unique = [(model, "serialization") for model in dict.fromkeys(models)]
    _names, schemas = models_json_schema(unique, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "PALMS",
            "version": "1",
            "summary": "What systems of an authority may read of its register.",
            "description": f"Answered by PALMS {lms.__version__}. Every address but this one needs a token.",
        },
        "servers": [{"url": server}],
        "paths": {_path(rule): {"get": _operation(rule, said)} for rule, said in found},
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _ways() -> Iterator[tuple[Rule, Described]]:
    for rule in current_app.url_map.iter_rules():
        said = getattr(current_app.view_functions[rule.endpoint], "described", None)
        if said is not None:
            yield rule, said


def _path(rule: Rule) -> str:
    return _PART.sub(r"{\1}", rule.rule[rule.rule.index(BASE) + len(BASE) :])


def _operation(rule: Rule, said: Described) -> dict[str, Any]:
    named = _PART.findall(rule.rule)
    csv_only = rule.rule.endswith(".csv")
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2] + ("_csv" if csv_only else ""),
        "summary": said.summary,
        "description": said.about,
        "parameters": [_parameter(one) for one in said.parameters if one.where != "path" or one.name in named],
        "responses": {"200": _good(said, csv_only=csv_only), **_problems(said)},
    }
    if said.tagged:
        operation["responses"]["304"] = {"description": "Nothing has changed since the tag in If-None-Match."}
    operation["security"] = [{"token": []}] if said.scope else []
    if said.scope:
        operation["x-scope"] = said.scope
    return operation


def _parameter(one: Parameter) -> dict[str, Any]:
    said = {
        "name": one.name,
        "in": one.where,
        "required": one.where == "path",
        "description": one.about,
        "schema": dict(one.schema),
    }
    return said | ({"example": one.example} if one.example is not None else {})


def _good(said: Described, *, csv_only: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object"}
    if said.answer is not None:
        schema = {"$ref": f"#/components/schemas/{said.answer.__name__}"}
    content: dict[str, Any] = {} if csv_only else {JSON: {"schema": schema}}
    if said.also_csv:
        content[CSV] = {"schema": {"type": "string"}}
    headers = {"ETag": {"schema": {"type": "string"}}} if said.tagged else {}
    return {"description": said.summary, "content": content, "headers": headers}


def _problems(said: Described) -> dict[str, Any]:
    codes: Sequence[int] = (*said.problems, *(_WITH_TOKEN if said.scope else ()), *_ALWAYS)
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
    return {str(code): {"description": _PROBLEMS[code], "content": content} for code in sorted(set(codes))}
