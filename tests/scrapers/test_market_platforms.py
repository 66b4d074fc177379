"""Market platforms: what is asked, what is refused, and how a page's readings become a history."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request as WebRequest
from werkzeug import Response

from scrapers import platforms
from scrapers.archive import Archive
from scrapers.captures import Capture
from scrapers.collect import Outcome, ReplayClient, bundled_records, collect
from scrapers.fetch import LiveClient
from scrapers.issues import Issue
from scrapers.platforms import exchange_notices, market_api, market_page
from scrapers.records import Fact, Offer
from scrapers.source import Source, discover
from tests.scrapers.conftest import MakeSource
from warehouse.normalise import Landing, market

SOURCES = {source.id: source for source in discover() if source.domain == "market"}
PAGES = [s for s in SOURCES.values() if s.platform in ("market_page", "market_api", "exchange_notices")]


def offers(outcome: Outcome) -> list[Offer]:
    return [landed.record for landed in outcome.records if isinstance(landed.record, Offer)]


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.folder.name)
def test_bundled_pages_are_led_to_and_read(source: Source, tmp_path: Path) -> None:
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r")
    assert outcome.ok, outcome.reason
    assert not [issue for issue in outcome.issues if issue.level == "error"]
    assert len(outcome.records) <= source.expect.max


def test_markets_are_many_and_tell_what_they_rest_on() -> None:
    named = {s.options.get("platform_id", s.folder.name) for s in PAGES}
    assert len(named) >= 35
    for source in PAGES:
        text = (source.folder / "source.yml").read_text(encoding="utf-8")
        assert "\nconfidence: " in text
        assert text.split("\nconfidence: ")[1].partition("\n")[0][1:].strip().startswith("#"), source.id


def test_every_offer_of_a_page_has_an_address_and_a_channel() -> None:
    for source in PAGES:
        for record in bundled_records(source):
            if isinstance(record, Offer):
                assert record.channel, source.id
                assert (record.ground.url or source.list_urls()[0]).startswith("http")
                assert record.currency == "CNY" or record.price_cny_per_gpu_hour is None


def test_a_page_is_asked_for_as_it_is() -> None:
    source = SOURCES["market/omniyq"]
    assert [(r.method, r.address, r.role) for r in market_page.requests(source)] == [
        ("GET", "https://www.omniyq.com/h-col-104.html", "list")
    ]


def test_a_post_is_asked_with_its_body_and_without_a_token_that_nobody_gave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AUTODL_TOKEN", raising=False)
    (request,) = market_api.requests(SOURCES["market/autodl_machines"])
    assert (request.method, request.url) == ("POST", "https://api.autodl.com/api/v1/user/machine/list")
    assert json.loads(request.body or b"") == {
        "charge_type": "payg", "gpu_idle_num": 1, "gpu_type_name": [], "page_index": 1, "page_size": 20,
        "region_sign_list": [],
    }  # fmt: skip
    assert dict(request.headers) == {"Content-Type": "application/json"}
    monkeypatch.setenv("AUTODL_TOKEN", "abc")
    (request,) = market_api.requests(SOURCES["market/autodl_machines"])
    assert dict(request.headers)["Authorization"] == "abc"
    assert "abc" not in request.address


def test_a_get_carries_parameters_and_the_fixed_header() -> None:
    (request,) = market_api.requests(SOURCES["market/suanli"])
    assert request.address == (
        "https://openapi.suanli.cn/api/deployment/resource/search?task_type=Deployment&device_type=GpuDevice"
    )
    assert ("version", "1.0.0") in request.headers


def test_notices_follow_a_list_only_to_what_is_kept(make_source: MakeSource) -> None:
    source = make_source("market/hub", platform="exchange_notices", lists=("https://x.test/",), keep=["算力"])
    page = b"<html><body><a href='/a.html'>\xe7\xae\x97\xe5\x8a\x9b\xe5\xb9\xb3\xe5\x8f\xb0</a><a href='/b.html'>x</a></body></html>"
    capture = Capture(source_id=source.id, url="https://x.test/", role="list", content=page, capture_kind="live",
                      fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))  # fmt: skip
    assert [r.url for r in exchange_notices.links(source, capture)] == ["https://x.test/a.html"]


SHOP: dict[str, Any] = {
    "ask": {"method": "POST", "body": {"page_index": 1}, "paging": {"field": "page_index", "last": "data.max_page"},
            "token": {"env": "SHOP_TOKEN"}},
    "success": {"path": "code", "values": ["Success"], "message": "msg"},
    "offers": {
        "channel": "retail",
        "records": {
            "items": "data.list[]", "chip": "gpu", "idle": "idle", "key": ["id"],
            "prices": [{"path": "price", "unit": "CNY/gpu-hour", "divisor": 1000}],
        },
    },
}  # fmt: skip


def test_every_page_of_a_list_is_asked_for_and_a_log_in_wall_keeps_the_last_good_data(
    make_source: MakeSource, tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOP_TOKEN", raising=False)
    asked: list[int] = []

    def answer(request: WebRequest) -> Response:
        page = json.loads(request.data)["page_index"]
        asked.append(page)
        items = [{"id": f"m{page}", "gpu": "RTX 4090", "idle": 3, "price": 2000 + page * 100}]
        return Response(json.dumps({"code": "Success", "data": {"list": items, "max_page": 7}}),
                        content_type="application/json")  # fmt: skip

    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/list", method="POST").respond_with_handler(answer)
    source = make_source(
        "market/shop", platform="market_api", lists=(httpserver.url_for("/list"),), options=SHOP
    )
    archive = Archive(tmp_path / "archive")
    client = LiveClient(allow_private=True, delay_seconds=0)
    first = collect(source, client, archive, run_id="day1")
    assert first.ok, first.reason
    assert sorted(asked) == [1, 2, 3, 4, 5, 6, 7]
    assert [o.price_value for o in offers(first)] == [2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7]
    assert len({landed.origin.source_url for landed in first.records}) == 7

    httpserver.clear_all_handlers()
    httpserver.expect_request("/list", method="POST").respond_with_json(
        {"code": "AuthorizeFailed", "msg": "登录超时"}
    )
    second = collect(source, client, archive, run_id="day2")
    assert not second.ok
    assert "blocked" in str(second.reason)
    assert "code is 'AuthorizeFailed' (登录超时); needs a log-in: SHOP_TOKEN is not set" in str(second.reason)
    assert len(offers(second)) == 7, "the last good data stay"


@pytest.mark.parametrize(
    ("paging", "start", "answer", "expected"),
    [
        ({"field": "page", "last": "pages"}, {"page": 1}, {"pages": 3}, [2, 3]),
        ({"field": "page", "last": "pages"}, {"page": 0}, {"pages": 2}, [1, 2]),
        ({"field": "page", "total": "count", "size": 20}, {"page": 1}, {"count": 41}, [2, 3]),
        ({"field": "offset", "total": "count", "size": 20, "is_offset": True}, {"offset": 0}, {"count": 41}, [20, 40]),
        ({"field": "page", "last": "pages"}, {"page": 1}, {"pages": 1}, []),
        ({"field": "page", "last": "pages"}, {"page": 1}, {}, []),
    ],
)  # fmt: skip
def test_pages_are_counted_as_the_first_answer_says(
    make_source: MakeSource, paging: dict[str, Any], start: dict[str, int], answer: Any, expected: list[int]
) -> None:
    options = {"ask": {"params": start, "paging": paging}, "offers": {"records": {"chip": "gpu"}}}
    source = make_source(
        "market/shop", platform="market_api", lists=("https://x.test/list",), options=options
    )
    (request,) = market_api.requests(source)
    capture = Capture(source_id=source.id, url=request.address, role="list", content=json.dumps(answer).encode(),
                      capture_kind="live", fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))  # fmt: skip
    found = list(market_api.links(source, capture))
    assert [int(dict(r.params)[paging["field"]]) for r in found] == expected
    assert not [
        link for r in found for link in market_api.links(source, _as_capture(source, r.address, r.context))
    ]


def _as_capture(source: Source, url: str, context: tuple[tuple[str, str], ...]) -> Capture:
    return Capture(source_id=source.id, url=url, role="list", content=b'{"pages": 9}', capture_kind="live",
                   fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), context=dict(context))  # fmt: skip


@pytest.mark.parametrize(
    ("platform", "options"),
    [
        ("market_page", {"offers": {"unit": "CNY/card-hour"}}),
        ("market_page", {"offer": {}}),
        ("market_api", {"ask": {"paging": {"field": "page"}}}),
    ],
)
def test_wrong_options_are_refused(make_source: MakeSource, platform: str, options: dict[str, Any]) -> None:
    source = make_source("market/shop", platform=platform, options=options)
    with pytest.raises(ValueError, match=r"unit|offer|name one of"):
        list(platforms.load(platform).parse(source, _as_capture(source, "https://x.test/", ())))


def page_of(*rows: tuple[str, str, str]) -> bytes:
    body = "".join(f"<tr><td>{gpu}</td><td>{price}</td><td>{stock}</td></tr>" for gpu, price, stock in rows)
    return f"<html><body><table><tr><th>显卡型号</th><th>价格（元/卡时）</th><th>状态</th></tr>{body}</table></body></html>".encode()


def test_a_page_over_five_days(make_source: MakeSource, tmp_path: Path) -> None:
    """Price change, sold-out with its ask kept, a failing day that ends nothing, disappearance."""
    url = "https://shop.test/list"
    source = make_source("market/shop", platform="market_page", lists=(url,),
                         options={"offers": {"channel": "retail", "currency": "CNY"}})  # fmt: skip
    days = [
        page_of(("RTX 4090", "2.00", "有货"), ("A100 80GB", "6.50", "有货")),
        page_of(("RTX 4090", "1.90", "有货"), ("A100 80GB", "6.50", "售罄")),
        None,
        page_of(("RTX 4090", "1.90", "有货"), ("A100 80GB", "6.50", "售罄")),
        page_of(("RTX 4090", "1.90", "有货")),
    ]
    index = []
    for number, content in enumerate(days, 1):
        (source.folder / "pages" / f"{number}.html").write_bytes(content or b"x")
        index.append(f"- {{file: {number}.html, url: '{url}', fetched_at: '2026-08-0{number}T00:00:00Z', "
                     f"content_type: text/html, status: {200 if content else 500}}}")  # fmt: skip
    (source.folder / "pages" / "pages.yml").write_text("\n".join(index))
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r")
    assert "HTTP 500" in str(outcome.reason)
    frame = market.tables(Landing(records=outcome.records, captures=outcome.seen))["core_market__offers"]
    rows = frame.sort("chip_family", "valid_from").select(
        "chip_family", "price_value", "availability", pl.col("valid_from").dt.day().alias("from"),
        pl.col("valid_to").dt.day().alias("to"), "closed_by",
    ).rows()  # fmt: skip
    assert rows == [
        ("nvidia-a100", 6.5, "in_stock", 1, 2, "changed"),
        ("nvidia-a100", 6.5, "sold_out", 2, 5, "disappeared"),
        ("nvidia-rtx-4090", 2.0, "in_stock", 1, 2, "changed"),
        ("nvidia-rtx-4090", 1.9, "in_stock", 2, None, None),
    ]


def test_tencent_withdrew_two_types_between_the_states_of_its_page(tmp_path: Path) -> None:
    source = SOURCES["market/tencent_cloud"]
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="r")
    frame = market.tables(Landing(records=outcome.records, captures=()))["core_market__offers"]
    gone = frame.filter(closed_by="disappeared")["listing_key"].str.extract(r"^(\w+)\.").unique().sort()
    assert gone.to_list() == ["GA2", "GN2"]
    assert frame.filter(pl.col("closed_by").is_null()).height == 60


def test_what_a_bundled_page_restates_dates_and_places_its_offers() -> None:
    (ask,) = (r for r in bundled_records(SOURCES["market/omniyq"]) if isinstance(r, Offer))
    assert ask.ground.url == "https://github.com/gavinzll/compute-market-report"
    assert (ask.source_level, ask.date_basis) == ("secondary", None)
    quotes = [r for r in bundled_records(SOURCES["market/smm_feed"]) if isinstance(r, Offer)]
    assert {(q.platform_id, q.date_basis, q.page_date_to) for q in quotes} == {
        ("smm", "span", dt.date(2026, 7, 31))
    }
    assert sorted(q.offer_kind for q in quotes) == ["bid", "index", "index", "index", "index"]
    pku = [r for r in bundled_records(SOURCES["market/pku_hpc"]) if isinstance(r, Offer)]
    assert {o.date_basis for o in pku} == {"unknown"}


def test_an_undocumented_unit_gives_no_price() -> None:
    found = [r for r in bundled_records(SOURCES["market/suanli"]) if isinstance(r, Offer)]
    assert [(o.price_value, o.price_text, o.price_unit, o.availability) for o in found] == [
        (None, "16416", None, "sold_out"),
        (None, "16416", None, "sold_out"),
    ]
    assert {(o.chip_id, o.chips_per_offer, o.memory_gib) for o in found} == {("nvidia-h20-96gb", 8, 96.0)}


def statements(text: str, day: dt.date | None = None) -> list[tuple[Any, ...]]:
    return [
        (s.statement, s.value, s.unit, s.compute_kind, s.bound, s.is_target)
        for s in exchange_notices.read(text, day)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("汇聚通算近640P、智算近2.6万P、超算33.3P。", [
            ("capacity", 640.0, "PFLOPS", "general", "about", False),
            ("capacity", 26000.0, "PFLOPS", "ai", "about", False),
            ("capacity", 33.3, "PFLOPS", "hpc", "exact", False)]),
        ("到2025年，算力超过15EFLOPS，标准机架达到50万个。", [
            ("capacity", 15000.0, "PFLOPS", None, "at_least", True), ("racks", 500000.0, "racks", None, "exact", True)]),
        ("平台投资4400万元，接入34家数据中心，注册用户64.8万名。", [
            ("money", 44e6, "CNY", None, "exact", False), ("centres", 34.0, "centres", None, "exact", False),
            ("users", 648000.0, "users", None, "exact", False)]),
        ("建成1万余张智算卡。", [("cards", 10000.0, "cards", None, "at_least", False)]),
        ("目标2026年平台上线。", []),
        ("每卡时2元，5P3号楼，8卡时。", []),
    ],
)  # fmt: skip
def test_statements_of_notices(text: str, expected: list[tuple[Any, ...]]) -> None:
    assert statements(text) == expected


def test_a_launch_needs_a_day_and_an_operator_its_whole_name() -> None:
    text = "2023年4月28日，算力交易平台发布，由国家（上海）新型互联网交换中心建设运营。\n截至2022年底，机架16.2万个。"
    launch, operator, racks = exchange_notices.read(text, dt.date(2023, 4, 29))
    assert (launch.statement, launch.as_of) == ("launch", dt.date(2023, 4, 28))
    assert operator.party == "国家（上海）新型互联网交换中心"
    assert (racks.value, racks.as_of) == (162000.0, dt.date(2022, 12, 31))


def test_clusters_of_epoch_without_a_name_are_told_apart() -> None:
    source = next(s for s in discover() if s.id == "restrictions/epoch_clusters")
    facts = [r for r in bundled_records(source) if isinstance(r, Fact)]
    assert len(facts) == len({f.values["cluster_key"] for f in facts}) == 24
    assert {f.values["country"] for f in facts} == {"China"}


def test_an_unknown_chip_is_an_issue_of_its_source() -> None:
    source = SOURCES["market/akash"]
    (page,) = source.pages()
    capture = Capture(source_id=source.id, url=page.url, role="list", capture_kind="reconstructed",
                      content=(source.folder / "pages" / page.file).read_bytes().replace(b"P2000", b"P2001"),
                      content_type="text/html", fetched_at=dt.datetime(2026, 9, 20, tzinfo=dt.UTC))  # fmt: skip
    issues = [
        i for i in market_page.parse(source, capture) if isinstance(i, Issue) and i.code == "unknown-chip"
    ]
    assert [i.message.removeprefix("no one chip: ") for i in issues] == ["P2001 5GB PCIe"]


def test_pages_that_name_the_next_are_followed_on_their_host(make_source: MakeSource) -> None:
    options = {"ask": {"paging": {"next": "NextPageLink"}}, "offers": SHOP["offers"]}
    source = make_source("market/shop", platform="market_api", lists=("https://x.test/p",), options=options)

    def following(link: str | None) -> list[str]:
        content = json.dumps({"NextPageLink": link}).encode()
        capture = Capture(source_id=source.id, url="https://x.test/p", role="list", content=content,
                          capture_kind="live", fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))  # fmt: skip
        return [request.address for request in market_api.links(source, capture)]

    assert following("https://x.test/p?skip=1000") == ["https://x.test/p?skip=1000"]
    assert following("https://elsewhere.test/p?skip=1000") == following(None) == []


@pytest.mark.parametrize("paging", [{}, {"field": "page"}, {"last": "n"}, {"field": "page", "next": "link"}])
def test_paging_names_one_end(paging: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"name one of|need"):
        market_api.Paging.model_validate(paging)


def test_prices_of_a_licence_or_a_spot_meter_are_not_those_of_the_machine(make_source: MakeSource) -> None:
    options = SOURCES["market/azure"].options
    machine = {"armSkuName": "Standard_ND96isr_H100_v5", "armRegionName": "eastus", "retailPrice": 98.32,
               "productName": "Virtual Machines NDsr H100 v5 Series", "skuName": "ND96isr H100 v5"}  # fmt: skip
    others = [
        machine | {"skuName": "ND96isr H100 v5 Spot", "retailPrice": 30.0},
        machine | {"productName": "Virtual Machines NDsr H100 v5 Series Windows", "retailPrice": 102.7},
        machine | {"armSkuName": "Standard_ND999_H100_v9", "retailPrice": 400.0},
    ]
    source = make_source("market/azure", platform="market_api", options=options)
    capture = Capture(source_id=source.id, url="https://x.test/p", role="list",
                      content=json.dumps({"Items": [machine, *others]}).encode(), capture_kind="live",
                      fetched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))  # fmt: skip
    (offer,) = [item for item in market_api.parse(source, capture) if isinstance(item, Offer)]
    assert (offer.price_value, offer.chips_per_offer, offer.chip_id) == (98.32, 8, "nvidia-h100-sxm5-80gb")
