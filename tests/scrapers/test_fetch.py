"""The polite client against servers on this machine that misbehave."""

import datetime as dt
import gzip
import json
import socketserver
import threading
import time
from email.utils import format_datetime

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from scrapers.captures import Capture, Request
from scrapers.collect import Answer
from scrapers.content import challenge
from scrapers.fetch import AGENT, LiveClient
from scrapers.source import Source
from tests.scrapers.conftest import MakeSource

PAGE = "<html><body><p>关于发放算力券的通知</p></body></html>".encode()


@pytest.fixture
def bare(make_source: MakeSource, httpserver: HTTPServer) -> Source:
    return make_source(lists=(httpserver.url_for("/list"),))


@pytest.fixture
def source(bare: Source, httpserver: HTTPServer) -> Source:
    """A site without robots.txt."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return bare


def ask(source: Source, url: str, known: Capture | None = None, **client: object) -> Answer:
    settings: dict[str, object] = {
        "allow_private": True,
        "delay_seconds": 0.0,
        "timeout_seconds": 2.0,
    } | client
    (answer,) = LiveClient(**settings).ask(source, Request(url=url), known)  # type: ignore[arg-type]
    return answer


def test_content_comes_with_its_type_and_our_name(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list", headers={"User-Agent": AGENT}).respond_with_data(
        PAGE, content_type="text/html"
    )
    answer = ask(source, httpserver.url_for("/list"))
    assert answer.outcome == "new"
    assert answer.capture is not None
    assert (answer.capture.content, answer.capture.capture_kind) == (PAGE, "live")


def test_a_parameter_may_be_sent_more_than_once(source: Source, httpserver: HTTPServer) -> None:
    sent: list[str] = []

    def answer(asked: Asked) -> Response:
        sent.append(asked.query_string.decode())
        return Response(PAGE, content_type="text/html")

    httpserver.expect_request("/list").respond_with_handler(answer)
    request = Request(
        url=httpserver.url_for("/list"),
        params=(("fields[]", "title"), ("fields[]", "dates"), ("q", "算力券 2025")),
    )
    (found,) = LiveClient(allow_private=True, delay_seconds=0.0).ask(source, request, None)
    assert found.outcome == "new"
    assert sent == ["fields%5B%5D=title&fields%5B%5D=dates&q=%E7%AE%97%E5%8A%9B%E5%88%B8+2025"]


def test_a_passing_500_is_asked_again(bare: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_ordered_request("/list").respond_with_data("oops", status=500)
    httpserver.expect_ordered_request("/list").respond_with_data(PAGE)
    assert ask(bare, httpserver.url_for("/list")).outcome == "new"


def test_a_lasting_500_is_an_error_that_says_so(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list").respond_with_data("oops", status=500)
    answer = ask(source, httpserver.url_for("/list"))
    assert (answer.outcome, answer.status, answer.reason) == ("error", 500, "HTTP 500, 4 tries")


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_obeyed_in_both_forms(
    make_source: MakeSource, httpserver: HTTPServer, form: str
) -> None:
    source = make_source(lists=(httpserver.url_for("/list"),))
    wait = (
        "1"
        if form == "seconds"
        else format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2), usegmt=True)
    )
    httpserver.expect_ordered_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_ordered_request("/list").respond_with_data(
        "", status=429, headers={"Retry-After": wait}
    )
    httpserver.expect_ordered_request("/list").respond_with_data(PAGE)
    started = time.monotonic()
    assert ask(source, httpserver.url_for("/list"), delay_seconds=None).outcome == "new"
    assert time.monotonic() - started >= 0.9


def test_a_pause_longer_than_we_wait_is_left_for_the_next_run(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list").respond_with_data("", status=429, headers={"Retry-After": "4000"})
    answer = ask(source, httpserver.url_for("/list"))
    assert answer.outcome == "blocked"
    assert answer.reason == "HTTP 429, retry after 4000 s, 1 tries"


def test_robots_is_obeyed(bare: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /list\n")
    httpserver.expect_request("/list").respond_with_data(PAGE)
    assert ask(bare, httpserver.url_for("/list")).outcome == "disallowed"
    assert [str(r.path) for r, _ in httpserver.log] == ["/robots.txt"]


def test_an_unreachable_robots_forbids_all(bare: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=503)
    answer = ask(bare, httpserver.url_for("/list"))
    assert answer.outcome == "disallowed"
    assert "robots.txt cannot be read" in str(answer.reason)


def test_unchanged_is_asked_for_and_believed(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list", headers={"If-None-Match": '"v1"'}).respond_with_data("", status=304)
    known = Capture(
        source_id=source.id, url=httpserver.url_for("/list"), role="document", fetched_at=dt.datetime.now(dt.UTC),
        content=PAGE, capture_kind="live", headers={"etag": '"v1"'},
    )  # fmt: skip
    assert ask(source, httpserver.url_for("/list"), known).outcome == "unchanged"


@pytest.mark.parametrize(
    ("body", "kind", "outcome", "reason"),
    [
        (
            b"<html><title>Just a moment...</title>" + b" " * 99,
            "text/html",
            "blocked",
            "Cloudflare challenge",
        ),
        (
            "<html><body>请完成安全验证后继续访问</body></html>".encode("gb18030"),
            "text/html",
            "blocked",
            "verification page",
        ),
        (
            b"<html><head><script src='x.js'></script></head><body></body></html>",
            "text/html",
            "blocked",
            "page without text",
        ),
        (b'{"results": [{"a": 1}, {"a"', "application/json", "error", "not whole JSON"),
        (b"", "text/html", "empty", "the answer is empty"),
    ],
)
def test_what_is_no_content(
    source: Source, httpserver: HTTPServer, body: bytes, kind: str, outcome: str, reason: str
) -> None:
    httpserver.expect_request("/list").respond_with_data(body, content_type=kind)
    answer = ask(source, httpserver.url_for("/list"))
    assert answer.outcome == outcome
    assert reason in str(answer.reason)
    assert answer.capture is None


def test_a_policy_text_that_speaks_of_verification_is_content() -> None:
    text = "第十条 申请人登录平台，完成手机验证码校验后提交材料。"
    assert challenge(f"<html><body>{'通知' * 5000}{text}安全验证</body></html>".encode()) is None


def test_an_answer_that_unpacks_to_too_much_is_cut_off(source: Source, httpserver: HTTPServer) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    httpserver.expect_request("/list").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    answer = ask(source, httpserver.url_for("/list"), max_bytes=1_000_000)
    assert (answer.outcome, answer.reason) == ("error", "larger than 1,000,000 bytes")


class _Torn(socketserver.StreamRequestHandler):
    """Promises 99,999 bytes, sends 20 and hangs up; has no robots.txt."""

    def handle(self) -> None:
        asked = self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        if b"robots" in asked:
            self.wfile.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n<html><body>cut here")


def test_a_body_shorter_than_it_says_is_an_error(make_source: MakeSource) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Torn) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/list"
        answer = ask(make_source(lists=(url,)), url)
        server.shutdown()
    assert answer.outcome == "error"
    assert "without sending complete message body" in str(answer.reason)


def test_a_server_that_never_answers_is_given_up(source: Source, httpserver: HTTPServer) -> None:
    def slow(_: Asked) -> Response:
        time.sleep(0.6)
        return Response(PAGE)

    httpserver.expect_request("/list").respond_with_handler(slow)
    answer = ask(source, httpserver.url_for("/list"), timeout_seconds=0.15)
    assert answer.outcome == "error"
    assert "no answer within" in str(answer.reason)


@pytest.mark.parametrize("target", ["https://evil.test/", "file:///etc/passwd", "ftp://example.org/x"])
def test_redirects_stay_with_hosts_the_source_names(
    source: Source, httpserver: HTTPServer, target: str
) -> None:
    httpserver.expect_request("/list").respond_with_data("", status=302, headers={"Location": target})
    assert ask(source, httpserver.url_for("/list")).outcome == "disallowed"


def test_private_addresses_are_never_asked(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list").respond_with_data(PAGE)
    answer = ask(source, httpserver.url_for("/list"), allow_private=False)
    assert answer.outcome == "disallowed"
    assert "private address" in str(answer.reason)
    assert not httpserver.log


def test_endless_redirects_end(source: Source, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/list").respond_with_data("", status=302, headers={"Location": "/list"})
    assert ask(source, httpserver.url_for("/list")).reason == "more than 5 redirects"


def test_one_host_is_asked_with_a_pause(make_source: MakeSource, httpserver: HTTPServer) -> None:
    source = make_source(lists=(httpserver.url_for("/list"),), delay_seconds=0.3)
    times: list[float] = []

    def note(_: Asked) -> Response:
        times.append(time.monotonic())
        return Response(json.dumps({}), content_type="application/json")

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/list").respond_with_handler(note)
    client = LiveClient(allow_private=True)
    for _ in range(2):
        list(client.ask(source, Request(url=httpserver.url_for("/list")), None))
    assert times[1] - times[0] >= 0.3
