"""The publishing systems of governments: the requests sent, the lists read, notices and their attachments as one."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pytest_httpserver import HTTPServer

from scrapers import platforms
from scrapers.archive import Archive
from scrapers.captures import Capture, Request
from scrapers.collect import ReplayClient, collect
from scrapers.fetch import LiveClient
from scrapers.issues import Issue
from scrapers.platforms import gov_notice
from scrapers.records import SupportClause
from scrapers.source import SOURCES, Source, load
from tests.scrapers.conftest import MakeSource
from tests.scrapers.official_files import as_docx

KEEP = ["算力", "模型券"]


@pytest.fixture
def place(make_source: MakeSource) -> Callable[..., Source]:
    def make(platform: str, url: str, **options: Any) -> Source:
        return make_source(
            "policy/test",
            platform=platform,
            lists=(url,),
            keep=KEEP,
            options=options,
            publisher={"name": "测试局", "name_en": "Test", "url": "https://www.x.gov.cn/", "official": True},
        )

    return make


def asked(source: Source) -> list[Request]:
    return list(platforms.load(source.platform).requests(source))


def query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def answer(
    content: str | bytes | object, url: str = "https://www.x.gov.cn/tzgg/", role: Any = "list"
) -> Capture:
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False)
    return Capture(
        source_id="policy/test",
        url=url,
        role=role,
        fetched_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
        content=content.encode() if isinstance(content, str) else content,
        capture_kind="live",
    )


def followed(source: Source, capture: Capture) -> list[tuple[str, str | None, str | None]]:
    """Address, title and day of what a list leads to."""
    links = platforms.load(source.platform).links  # type: ignore[attr-defined]
    found = []
    for request in links(source, capture):
        context = dict(request.context)
        found.append((request.address, context.get("title"), context.get("listed")))
    return found


def reported(source: Source, capture: Capture) -> list[tuple[str, str]]:
    items = platforms.load(source.platform).parse(source, capture)
    return [(item.level, item.code) for item in items if isinstance(item, Issue)]


# --- Static lists ---------------------------------------------------------------------------------------------------


def test_html_list_asks_for_the_newest_page_only(place: Callable[..., Source]) -> None:
    assert [r.address for r in asked(place("html_list", "https://stic.sz.gov.cn/xxgk/tzgg/"))] == [
        "https://stic.sz.gov.cn/xxgk/tzgg/"
    ]


def test_html_list_names_further_pages_as_the_system_does(place: Callable[..., Source]) -> None:
    trs = place("html_list", "https://jxj.wuhan.gov.cn/xwzx_9/tztg/", pages=3)
    assert [r.address.rsplit("/", 1)[-1] for r in asked(trs)] == ["", "index_1.html", "index_2.html"]
    other = place(
        "html_list", "https://x.gov.cn/list/index.html", pages=2, page_name="index_{n}.shtml", second=2
    )
    assert [r.address for r in asked(other)][1] == "https://x.gov.cn/list/index_2.shtml"


LIST = """<html><body><div class="nav"><a href="/">网站首页</a><a href="javascript:void(0)">关于算力的专栏入口</a></div>
<ul class="list">
<li><a href="./202508/t20250801_2628402.html" title="关于印发支持人工智能产业发展专项资金算力服务券实施细则的通知">关于印发支持人工智能产业发展…</a><span>08-01</span></li>
<li><a href="../art/2026/2/13/art_15_900.html">一人公司支持措施中的算力服务券</a></li>
<li><span class="date">2024-11-05</span><a href="/zwgk/content/post_900.html">模型券申领公告（第二批）</a></li>
<li><a href="/202507/t20250702_11.html">关于开展节能诊断的通知</a><span>2025-07-02</span></li>
<li><a href="https://mp.weixin.qq.com/s/abc">算力券政策一图读懂：点此查看</a></li>
<li><a href="./202508/t20250801_2628402.html">关于印发支持人工智能产业发展专项资金算力服务券实施细则的通知</a></li>
</ul></body></html>"""


def test_html_list_keeps_titles_whole_and_days_from_row_or_address(place: Callable[..., Source]) -> None:
    source = place("html_list", "https://www.x.gov.cn/tzgg/")
    assert followed(source, answer(LIST)) == [
        ("https://www.x.gov.cn/tzgg/202508/t20250801_2628402.html", "关于印发支持人工智能产业发展专项资金算力服务券实施细则的通知", "2025-08-01"),
        ("https://www.x.gov.cn/art/2026/2/13/art_15_900.html", "一人公司支持措施中的算力服务券", "2026-02-13"),
        ("https://www.x.gov.cn/zwgk/content/post_900.html", "模型券申领公告（第二批）", "2024-11-05"),
    ]  # fmt: skip


def test_a_notice_elsewhere_is_reported_not_followed(place: Callable[..., Source]) -> None:
    assert reported(place("html_list", "https://www.x.gov.cn/tzgg/"), answer(LIST)) == [
        ("info", "leads-away")
    ]


@pytest.mark.parametrize("page", ["<html><body><div id='app'></div></body></html>", "<p>404</p>"])
def test_a_list_without_notices_is_an_error(place: Callable[..., Source], page: str) -> None:
    assert reported(place("html_list", "https://www.x.gov.cn/tzgg/"), answer(page)) == [
        ("error", "empty-list")
    ]


def test_only_addresses_of_notices_where_the_source_names_their_form(place: Callable[..., Source]) -> None:
    source = place("html_list", "https://www.x.gov.cn/tzgg/", notices=r"/t\d{8}_\d+\.html$")
    assert [address.rsplit("/", 1)[-1] for address, _, _ in followed(source, answer(LIST))] == [
        "t20250801_2628402.html"
    ]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://jxj.beijing.gov.cn/zwgk/2024zcwj/202602/t20260214_4516700.html", "2026-02-14"),
        ("http://www.zj.gov.cn/art/2022/7/2/art_1229603977_59730598.html", "2022-07-02"),
        ("http://x.gov.cn/tzgg/20250306/4ad35d01.html", "2025-03-06"),
        ("https://www.bjtzh.gov.cn/bjtz/xxfb/202606/1792736.shtml", None),
        ("https://x.gov.cn/202613/t20261399_1.html", None),
        ("https://www.x.gov.cn/content/post_12764271.html", None),
    ],
)
def test_day_in_url(url: str, day: str | None) -> None:
    found = gov_notice.day_in_url(url)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://www.x.gov.cn/a", True),
        ("https://gxj.x.gov.cn/a", True),
        ("https://evilx.gov.cn/a", False),
        ("https://x.gov.cn.evil.com/a", False),
        ("https://y.gov.cn/a", False),
        ("https://mp.weixin.qq.com/s", False),
    ],
)
def test_hosts_of_the_publisher(place: Callable[..., Source], url: str, home: bool) -> None:
    assert gov_notice.is_at_home(place("html_list", "https://sub.x.gov.cn/tzgg/"), url) is home


# --- gkmlpt ---------------------------------------------------------------------------------------------------------


def test_gkmlpt_request(place: Callable[..., Source]) -> None:
    source = place("gkmlpt_api", "https://im.dg.gov.cn/gkmlpt/api/all/368", sid="769033")
    assert [(r.method, r.address) for r in asked(source)] == [
        ("GET", "https://im.dg.gov.cn/gkmlpt/api/all/368?page=1&sid=769033")
    ]


def test_gkmlpt_finds_the_site_id_itself(place: Callable[..., Source]) -> None:
    source = place("gkmlpt_api", "http://www.x.gov.cn/gkmlpt/api/all/0", pages=2)
    assert [r.address for r in asked(source)] == ["http://www.x.gov.cn/gkmlpt/index"]
    index = answer(
        "<html><script>window._CONFIG = {SID: '755325', TREE: []}</script></html>",
        "http://www.x.gov.cn/gkmlpt/index",
    )
    assert [address for address, _, _ in followed(source, index)] == [
        "http://www.x.gov.cn/gkmlpt/api/all/0?page=1&sid=755325",
        "http://www.x.gov.cn/gkmlpt/api/all/0?page=2&sid=755325",
    ]
    assert reported(source, index) == []
    assert reported(source, answer("<html></html>", "http://www.x.gov.cn/gkmlpt/index")) == [
        ("error", "no-site-id")
    ]


def test_gkmlpt_articles(place: Callable[..., Source]) -> None:
    source = place("gkmlpt_api", "https://www.x.gov.cn/gkmlpt/api/all/0", sid="1")
    articles = [
        {"title": "关于印发<em>算力</em>券管理办法的通知", "url": "https://www.x.gov.cn/gkmlpt/content/1/102/post_102.html", "post_url": "",
         "date": 1738684800, "publisher": "某局", "document_number": "某府〔2025〕1号", "is_abolished": 1},
        {"title": "人事任免公告", "url": "https://www.x.gov.cn/gkmlpt/content/1/103/post_103.html", "create_time": 1722441600},
    ]  # fmt: skip
    capture = answer({"articles": articles, "total": 2}, "https://www.x.gov.cn/gkmlpt/api/all/0?page=1&sid=1")
    (request,) = platforms.load("gkmlpt_api").links(source, capture)  # type: ignore[attr-defined]
    assert request.url == "https://www.x.gov.cn/gkmlpt/content/1/102/post_102.html"
    # 2025-02-04 16:00 UTC is the fifth in China
    assert dict(request.context) == {
        "title": "关于印发算力券管理办法的通知", "number": "某府〔2025〕1号", "issuer": "某局", "status": "abolished", "listed": "2025-02-05",
    }  # fmt: skip
    assert reported(source, answer({"articles": [], "total": 0})) == [("error", "empty-list")]


# --- jcms and jpaas -------------------------------------------------------------------------------------------------


def test_jpage_request(place: Callable[..., Source]) -> None:
    source = place(
        "jpage_api",
        "http://www.x.gov.cn/module/web/jpage/dataproxy.jsp",
        columnid="76705",
        unitid="297999",
        webid="1",
        webname="某省",
    )
    (request,) = asked(source)
    assert (request.method, request.target) == (
        "POST",
        "http://www.x.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15",
    )
    assert parse_qsl((request.body or b"").decode()) == [
        ("col", "1"), ("appid", "1"), ("webid", "1"), ("path", "/"), ("columnid", "76705"), ("sourceContentType", "1"),
        ("unitid", "297999"), ("webname", "某省"), ("permissiontype", "0"),
    ]  # fmt: skip
    assert dict(request.headers) == {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "Referer": "http://www.x.gov.cn/col/col76705/index.html",
    }


def test_jpage_records(place: Callable[..., Source]) -> None:
    source = place(
        "jpage_api", "http://www.x.gov.cn/module/web/jpage/dataproxy.jsp", columnid="1", unitid="2", webid="3"
    )
    xml = """<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1"></a>]]></nextgroup><recordset>
    <record><![CDATA[<li><a href="/art/2024/4/13/art_9_1.html" title="市政府办公室关于印发人工智能算力券管理办法的通知" target="_blank">市政府办公室关于印发人工智能算…</a><span>2024-04-13</span></li>]]></record>
    <record><![CDATA[<li><a href="/art/2024/4/12/art_9_2.html" title="春季植树活动的通知">春季植树活动的通知</a><span>2024-04-12</span></li>]]></record>
    </recordset></datastore>"""
    capture = answer(xml, "http://www.x.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=1#col=1")
    assert followed(source, capture) == [
        (
            "http://www.x.gov.cn/art/2024/4/13/art_9_1.html",
            "市政府办公室关于印发人工智能算力券管理办法的通知",
            "2024-04-13",
        )
    ]
    assert reported(source, answer("<datastore><recordset></recordset></datastore>")) == [
        ("error", "empty-list")
    ]


UNIT = "https://www.x.gov.cn/api-gateway/jpaas-publish-server/front/page/build/unit"


def test_jpaas_request(place: Callable[..., Source]) -> None:
    source = place("jpaas_api", UNIT, webId="2210", tplSetId="ELW", pageId="1229535302", tagId="栏目list")
    (request,) = asked(source)
    assert (request.method, request.url) == ("GET", UNIT)
    assert query(request.address) == [
        ("parseType", "bulidstatic"), ("webId", "2210"), ("tplSetId", "ELW"), ("pageType", "column"), ("tagId", "栏目list"),
        ("editType", "null"), ("pageId", "1229535302"), ("paramJson", '{"pageNo":1,"pageSize":15}'),
    ]  # fmt: skip


def test_jpaas_html(place: Callable[..., Source]) -> None:
    source = place("jpaas_api", UNIT, webId="1", tplSetId="2", pageId="3", tagId="4")
    html = '<ul><li class="cf"><a class="fl" href="/col/col1/art/2026/art_99f2.html" title="关于算力补贴的实施意见">关于算力补贴…</a><span class="fr">2026-09-02</span></li></ul>'
    assert followed(source, answer({"success": True, "data": {"html": html}}, UNIT)) == [
        ("https://www.x.gov.cn/col/col1/art/2026/art_99f2.html", "关于算力补贴的实施意见", "2026-09-02")
    ]
    assert reported(source, answer({"success": False, "data": None}, UNIT)) == [("error", "empty-list")]


# --- Searches -------------------------------------------------------------------------------------------------------

GATEWAY = "https://search.zj.gov.cn/api-gateway/jpaas-jsearch-web-server/interface/search/info"


def test_jsearch_request(place: Callable[..., Source]) -> None:
    source = place("jsearch_api", GATEWAY, websiteid="330100000000000", serviceId="e3ef", cateid="071f")
    first, second = asked(source)
    assert query(first.address) == [
        ("websiteid", "330100000000000"), ("q", "算力"), ("pg", ""), ("cateid", "071f"), ("serviceId", "e3ef"), ("p", "1"),
    ]  # fmt: skip
    assert ("q", "模型券") in query(second.address)


def test_jsearch_hits(place: Callable[..., Source]) -> None:
    source = place("jsearch_api", GATEWAY, serviceId="a", cateid="b")
    hits = [
        '<div class="jcse-result-box"><div class="titleWrapper"><a href="https://search.zj.gov.cn/jsearchfront/visit/link.do?url=https%3A%2F%2Fwww.x.gov.cn%2Fart%2F2025%2F6%2F13%2Fart_1_2.html&q=x" data-title="关于印发若干<em>措施</em>的通知">关于…</a></div><div class="sourceTime"><span>来源:某市</span><span>时间:2025-06-13</span></div></div>',
        '<div class="titleWrapper"><a href="https://www.x.gov.cn/art/2025/6/14/art_1_3.html" data-title="市长调研某企业">x</a></div>',
    ]
    capture = answer({"data": {"searchResult": {"total": 2, "result": hits}}}, GATEWAY)
    assert followed(source, capture) == [
        ("https://www.x.gov.cn/art/2025/6/13/art_1_2.html", "关于印发若干措施的通知", "2025-06-13")
    ]
    assert reported(source, answer({"data": {"searchResult": {"total": 0, "result": []}}}, GATEWAY)) == []
    assert reported(source, answer({"success": False}, GATEWAY)) == [("error", "unknown-answer")]


def test_beijing_search_request(place: Callable[..., Source]) -> None:
    source = place("beijing_search", "https://www.beijing.gov.cn/so/ss/query/s", siteCode="1100000092")
    first, second = asked(source)
    assert (first.method, first.target) == ("POST", "https://www.beijing.gov.cn/so/ss/query/s")
    assert parse_qsl((first.body or b"").decode()) == [
        ("qt", "算力"), ("page", "1"), ("pageSize", "20"), ("siteCode", "1100000092"),
    ]  # fmt: skip
    assert dict(first.headers)["Referer"] == "https://www.beijing.gov.cn/so/s"
    assert first.address != second.address


def test_beijing_search_hits(place: Callable[..., Source]) -> None:
    source = place("beijing_search", "https://www.x.gov.cn/so/ss/query/s", siteCode="1")
    docs = [
        {"data": {"title": "关于<em>算力</em>券的通知", "url": "https://jxj.x.gov.cn/zwgk/202602/t20260214_1.html", "docDate": "2026-02-14 10:00"}},
        {"data": {"titleO": "领导参观算力中心", "url": "https://www.y.gov.cn/a.html", "docDate": ""}},
    ]  # fmt: skip
    capture = answer(
        {"ok": True, "totalHits": 2, "resultDocs": docs}, "https://www.x.gov.cn/so/ss/query/s#qt=x"
    )
    assert followed(source, capture) == [
        ("https://jxj.x.gov.cn/zwgk/202602/t20260214_1.html", "关于算力券的通知", "2026-02-14")
    ]
    assert reported(source, capture) == [("info", "leads-away")]
    assert reported(source, answer({"ok": False, "code": -101, "msg": "请求过于频繁"})) == [
        ("error", "refused")
    ]


def test_options_are_strict(place: Callable[..., Source]) -> None:
    for platform, options in [
        ("html_list", {"pages": 0}),
        ("html_list", {"page": 1}),
        ("html_list", {"page_name": "index.html"}),
        ("gkmlpt_api", {"sid": "x"}),
        ("jpage_api", {"columnid": "1"}),
        ("jpaas_api", {}),
        ("jsearch_api", {"serviceId": "1"}),
        ("beijing_search", {"siteCode": ""}),
    ]:
        with pytest.raises(ValueError, match=next(iter(options), "Field required")):
            asked(place(platform, "https://www.x.gov.cn/a", **options))


# --- Attachments ----------------------------------------------------------------------------------------------------

NOTICE = """<html><head><meta name="ArticleTitle" content="关于申领算力券的通知"></head><body><div class="TRS_Editor">
<p>各有关单位：现将算力券申领指南发给你们，请按附件要求办理，并于规定时间内完成网上填报，逾期不予受理。咨询电话见附件所列名单，特此通知。</p>
<p><a href="./P020250801.docx">附件1：算力券申领指南.docx</a></p>
<p><a href="/module/download/downfile.jsp?classid=0&filename=1.pdf">附件2：申领流程.pdf</a></p>
<p><a href="P020250802.doc">附件3：申请表</a><a href="P020250802.doc">（下载）</a></p>
<p><a href="https://elsewhere.example.com/x.pdf">相关文件</a><a href="/other.html">相关链接</a></p>
</div></body></html>"""


def test_attachments_are_asked_for_with_the_notice_as_referer(place: Callable[..., Source]) -> None:
    url = "https://www.x.gov.cn/tzgg/202508/t20250801_1.html"
    notice = answer(NOTICE, url, role="document")
    found = list(platforms.load("html_list").links(place("html_list", "https://www.x.gov.cn/tzgg/"), notice))  # type: ignore[attr-defined]
    assert [request.url for request in found] == [
        "https://www.x.gov.cn/tzgg/202508/P020250801.docx",
        "https://www.x.gov.cn/module/download/downfile.jsp?classid=0&filename=1.pdf",
        "https://www.x.gov.cn/tzgg/202508/P020250802.doc",
    ]
    assert {dict(r.headers)["Referer"] for r in found} == {dict(r.context)["parent"] for r in found} == {url}
    assert {r.role for r in found} == {"attachment"}
    assert [dict(r.context)["name"] for r in found] == [
        "附件1：算力券申领指南.docx",
        "附件2：申领流程.pdf",
        "P020250802.doc",
    ]


def test_an_old_word_file_is_an_issue(place: Callable[..., Source]) -> None:
    capture = answer(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        "https://www.x.gov.cn/tzgg/P1.doc",
        role="attachment",
    )
    source = place("html_list", "https://www.x.gov.cn/tzgg/")
    (issue,) = platforms.load("html_list").parse(source, capture)
    assert isinstance(issue, Issue)
    assert (issue.level, issue.code) == ("warning", "unreadable-attachment")
    assert "old binary Office file" in issue.message


# --- The sources themselves, and the way over the network --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("beijing", "https://www.beijing.gov.cn/so/ss/query/s#qt=%E7%AE%97%E5%8A%9B%E5%88%B8&page=1&pageSize=20&siteCode=1100000092"),
        ("dongguan", "https://im.dg.gov.cn/gkmlpt/api/all/368?page=1&sid=769033"),
        ("guangdong", "https://www.gd.gov.cn/gkmlpt/api/all/5?page=1&sid=2"),
        ("zhuhai", "https://www.zhuhai.gov.cn/gkmlpt/api/all/153?page=1&sid=756001"),
        ("shenzhen", "https://stic.sz.gov.cn/xxgk/tzgg/"),
        ("shenzhen_industry", "https://gxj.sz.gov.cn/xxgk/xxgkml/qt/tzgg/"),
        ("wuhan", "https://jxj.wuhan.gov.cn/xwzx_9/tztg/"),
        ("guizhou", "https://dsj.guizhou.gov.cn/xwzx/tzgg/"),
        ("langfang", "https://www3.lf.gov.cn/Item/139657.aspx"),
    ],
)  # fmt: skip
def test_what_a_known_source_asks_first(name: str, address: str) -> None:
    assert asked(load(SOURCES / "policy" / name))[0].address == address


def test_a_list_a_notice_and_its_attachment_over_the_network(
    place: Callable[..., Source], httpserver: HTTPServer, tmp_path: Path
) -> None:
    """The form of the list's page goes out as a POST, the attachment is asked for with its notice as Referer."""
    source = place(
        "jpage_api",
        httpserver.url_for("/module/web/jpage/dataproxy.jsp"),
        columnid="7",
        unitid="8",
        webid="1",
    )
    row = '<li><a href="/art/2026/10/20/art_7_1.html" title="关于发放算力券的通知">关于发放算力券的通知</a><span>2026-10-20</span></li>'
    notice = '<html><body><div id="zoom"><p>各有关单位：现就发放算力券有关事项通知如下，申领条件和支持标准见附件，请按时提交材料，逾期不予受理，联系电话见附件。</p><a href="/files/guide.docx">申领指南.docx</a></div></body></html>'
    guide = as_docx(
        "算力券申领指南",
        ["一、企业租用智能算力的，算力券按不超过合同金额的40%给予支持，每家企业每年最高不超过300万元。"],
    )
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request(
        "/module/web/jpage/dataproxy.jsp",
        method="POST",
        query_string="startrecord=1&endrecord=45&perpage=15",
        data="col=1&appid=1&webid=1&path=%2F&columnid=7&sourceContentType=1&unitid=8&webname=&permissiontype=0",
    ).respond_with_data(
        f"<datastore><recordset><record><![CDATA[{row}]]></record></recordset></datastore>",
        content_type="text/xml",
    )
    httpserver.expect_request("/art/2026/10/20/art_7_1.html").respond_with_data(
        notice, content_type="text/html; charset=utf-8"
    )
    httpserver.expect_request(
        "/files/guide.docx", headers={"Referer": httpserver.url_for("/art/2026/10/20/art_7_1.html")}
    ).respond_with_data(guide, content_type="application/octet-stream")
    client = LiveClient(allow_private=True, delay_seconds=0.0, timeout_seconds=5.0)
    outcome = collect(source, client, Archive(tmp_path / "archive"), run_id="live")
    assert outcome.reason is None
    assert [attempt.outcome for attempt in outcome.attempts] == ["new", "new", "new"]
    clauses = [landed for landed in outcome.records if isinstance(landed.record, SupportClause)]
    assert {(c.record.clause_kind, c.record.value) for c in clauses} == {
        ("rate_cap", 40.0),
        ("max_amount", 3e6),
    }  # type: ignore[union-attr]
    assert {c.record.document_key for c in clauses} == {httpserver.url_for("/art/2026/10/20/art_7_1.html")}  # type: ignore[union-attr]
    assert {c.origin.source_url for c in clauses} == {httpserver.url_for("/files/guide.docx")}


def test_a_list_that_lost_its_entries_fails_the_source_and_leaves_its_records(
    make_source: MakeSource, tmp_path: Path
) -> None:
    url = "https://www.x.gov.cn/tzgg/"
    notice = '<html><head><meta name="PubDate" content="2026-10-20"></head><body><div class="TRS_Editor"><p>各有关单位：现就发放算力券有关事项通知如下，请遵照执行，联系电话另行公布。</p><p>一、企业租用智能算力的，算力券按合同金额的40%给予支持，每家企业每年最高300万元。</p></div></body></html>'
    source = make_source(
        "policy/test",
        platform="html_list",
        lists=(url,),
        keep=["算力券"],
        publisher={"name": "测试局", "name_en": "Test", "url": "https://www.x.gov.cn/", "official": True},
        pages=(
            (url, "2026-10-21T00:00:00Z", '<ul><li><a href="t20261020_1.html">关于发放算力券的通知</a></li></ul>'.encode()),
            (f"{url}t20261020_1.html", "2026-10-21T00:00:00Z", notice.encode()),
            (url, "2026-11-01T00:00:00Z", b"<html><body><div id='app'>loading, please wait a moment</div></body></html>"),
        ),
    )  # fmt: skip
    outcome = collect(source, ReplayClient(), Archive(tmp_path / "archive"), run_id="later")
    assert outcome.reason == f"error: {url}: no notice found in the list; its form may have changed"
    assert sum(isinstance(landed.record, SupportClause) for landed in outcome.records) == 2
