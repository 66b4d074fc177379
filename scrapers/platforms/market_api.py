"""Markets that answer in JSON to a request with parameters, a body, headers or pages.

The body of a POST is written with sorted keys, so that the address of a list (which holds it) is the same in every run.
Pages are asked for as far as the first answer says there are. An answer that is not a success by the platform's own word
(a log-in wall, a wrong signature) is refused before it is archived: the last good data stay.
"""

import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from scrapers.captures import Capture, Request
from scrapers.issues import Issue
from scrapers.platforms import market_page
from scrapers.records import Record
from scrapers.source import Source

VERSION = market_page.VERSION


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Paging(_Strict):
    """`field` is the member of the body (of the parameters of a GET) that numbers the pages; its given value is the first
    page. The first answer says how many there are: `last` leads to the number of the last page, `total` to the number of
    records, of which `size` stand on a page. `is_offset`: the field counts records. Or each answer gives the address of
    the one after it: `next` leads to it, and no field is named."""

    field: str | None = None
    last: str | None = None
    total: str | None = None
    next: str | None = None
    size: int = Field(default=1, ge=1)
    is_offset: bool = False

    @model_validator(mode="after")
    def _one_end(self) -> "Paging":
        if sum(end is not None for end in (self.last, self.total, self.next)) != 1:
            raise ValueError("name one of last, total and next")
        if (self.field is None) != (self.next is not None):
            raise ValueError("pages that are numbered need a field, pages that name the next need none")
        return self


class Token(_Strict):
    """A log-in that only the reader has: the environment variable `env`, sent as `header`. Nothing is sent without it."""

    env: str
    header: str = "Authorization"


class Ask(_Strict):
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, str | int] = Field(default_factory=dict)
    body: dict[str, Any] | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    paging: Paging | None = None
    token: Token | None = None


class Success(_Strict):
    """An answer counts only when the value at `path` is one of `values`; the text at `message` tells why it is not."""

    path: str
    values: tuple[str | int | bool, ...]
    message: str | None = None


class Options(market_page.Options):
    ask: Ask = Field(default_factory=Ask)
    success: Success | None = None


def requests(source: Source) -> Iterable[Request]:
    """The first page of each list."""
    ask = Options.model_validate(source.options).ask
    return [_request(url, ask, None) for url in source.list_urls()]


def links(source: Source, capture: Capture) -> Iterator[Request]:
    """The other pages of a list, as counted by its first, or the one an answer names. Another host is not followed."""
    ask = Options.model_validate(source.options).ask
    paging = ask.paging
    if paging is None:
        return
    answer = json.loads(capture.content)
    if paging.next is not None:
        following = _at(answer, paging.next)
        if isinstance(following, str) and urlsplit(following).netloc == urlsplit(capture.url).netloc:
            yield Request(url=following, role="list", headers=_headers(ask))
        return
    if paging.field is None or "page" in capture.context:
        return
    first = int(_fields(ask).get(paging.field, 0 if paging.is_offset else 1))
    if paging.last is not None:
        pages = int(_at(answer, paging.last) or first) - first + 1
    else:
        pages = math.ceil(int(_at(answer, paging.total or "") or 0) / paging.size)
    url = capture.url.partition("#")[0]
    for number in range(1, pages):
        value = first + number * (paging.size if paging.is_offset else 1)
        for base in source.list_urls():
            if url.startswith(base):
                yield _request(base, ask, value)


def refusal(source: Source, capture: Capture) -> str | None:
    """Why an answer is no content; null when it is."""
    options = Options.model_validate(source.options)
    try:
        answer = json.loads(capture.content)
    except ValueError as error:
        return f"not whole JSON: {error}"
    wanted = options.success
    if wanted is None or _at(answer, wanted.path) in wanted.values:
        return None
    said = _at(answer, wanted.message) if wanted.message else None
    token = options.ask.token
    hint = f"; needs a log-in: {token.env} is not set" if token and not os.environ.get(token.env) else ""
    return " ".join(
        f"{wanted.path} is {_at(answer, wanted.path)!r}{f' ({said})' if said else ''}{hint}".split()
    )


def parse(source: Source, capture: Capture) -> Iterator[Record | Issue]:
    """The offers of one answer."""
    options = Options.model_validate(source.options)
    yield from market_page.read(source, replace(capture, content_type="application/json"), options)


def _fields(ask: Ask) -> dict[str, Any]:
    return (ask.body or {}) if ask.method == "POST" else dict(ask.params)


def _request(url: str, ask: Ask, page: int | None) -> Request:
    fields = _fields(ask)
    if page is not None and ask.paging is not None and ask.paging.field is not None:
        fields = fields | {ask.paging.field: page}
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode() if ask.method == "POST" else None
    params = fields if ask.method == "GET" else ask.params
    return Request(
        url=url,
        method=ask.method,
        role="list",
        params=tuple((name, str(value)) for name, value in params.items()),
        headers=_headers(ask),
        body=body,
        context=() if page is None else (("page", str(page)),),
    )


def _headers(ask: Ask) -> tuple[tuple[str, str], ...]:
    headers = dict(ask.headers)
    if ask.token and (token := os.environ.get(ask.token.env)):
        headers[ask.token.header] = token
    if ask.method == "POST":
        headers.setdefault("Content-Type", "application/json")
    return tuple(headers.items())


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer.get(part) if isinstance(answer, dict) else None
    return answer
