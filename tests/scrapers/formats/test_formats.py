"""Files to documents."""

import io
import zipfile

import pytest

from scrapers import formats
from scrapers.formats import UnreadableFile

PAGE = """<!DOCTYPE html><html><head><META NAME="ArticleTitle" CONTENT="示例市算力券管理办法">
<meta name="PUBDATE" content="2025-03-04 09:10"><title>示例市算力券管理办法-示例市人民政府</title></head><body>
<div class="nav"><a href="/index.html">首页</a> <a href="javascript:;">无障碍</a></div>
<div class="Article-Content TRS_UEDITOR"><p>第一条　每年安排不超过１０００万元，用于发放
算力券。</p><p>第二条　对租用<a href="zn.html">智能算力</a>的企业，按合同额的３０％给予补助，每家每年不超过５０万元，<span>不含存储</span>。</p>
<table><tr><th>企业类型</th><th>比例</th></tr><tr><td rowspan="2">初创</td><td>40%</td></tr><tr><td>30%</td></tr></table>
<p><a href="./P020250304.docx">附件：申请表</a></p><p style="display: none">隐藏的词</p><script>var a='算力券';</script></div>
<div class="footer">版权所有</div></body></html>"""


def read(text: str, **known: str) -> formats.Document:
    return formats.read(text.encode(), **known)


def test_page_of_a_government_system() -> None:
    document = read(PAGE, url="https://www.example.gov.cn/a/t20250304_1.html")
    assert document.title == "示例市算力券管理办法"
    assert document.meta["pubdate"] == "2025-03-04 09:10"
    assert document.text.startswith("第一条 每年安排不超过1000万元，用于发放算力券。")
    assert "对租用智能算力的企业，按合同额的30%" in document.text
    assert "首页" not in document.text
    assert "首页" in document.raw_text
    assert "隐藏" not in document.text
    assert "var a" not in document.raw_text
    assert document.tables[0].rows == [["企业类型", "比例"], ["初创", "40%"], ["初创", "30%"]]
    assert document.tables[0].row_locators[2] == "table 1 row 3"
    urls = {link.text: link.url for link in document.links}
    assert urls["附件：申请表"] == "https://www.example.gov.cn/a/P020250304.docx"
    assert "无障碍" not in urls


def test_the_links_of_a_page_without_its_text() -> None:
    url = "https://www.example.gov.cn/a/t20250304_1.html"
    assert formats.links(PAGE.encode(), url=url) == read(PAGE, url=url).links
    assert formats.links(b"[a list](b.html)", name="a.md") == []


def test_ucap_tag_wins_over_a_wider_container() -> None:
    body = "支持企业租用智能算力，按不超过合同金额的三成给予补助，单家每年最高二百万元，资金由市级财政安排并按季度拨付到位，另行公布细则与清单。"
    page = f"<html><body><div id='zoom'><p>浏览次数 1</p><UCAPCONTENT><p>{body}</p></UCAPCONTENT></div></body></html>"
    assert read(page).text == body


def test_page_without_a_known_container_falls_back() -> None:
    paragraphs = "".join(
        f"<p>第{n}段：各区应当组织企业申报算力券，并在规定期限内完成兑付和绩效评价工作。</p>"
        for n in range(9)
    )
    page = f"<html><body><ul><li><a href='/'>首页</a></li></ul><section class='x'>{paragraphs}</section></body></html>"
    text = read(page).text
    assert "第8段" in text
    assert "首页" not in text


def test_layout_tables_are_no_tables_and_depth_is_harmless() -> None:
    nested = "<table><tr><td>" * 200 + "算力券" + "</td></tr></table>" * 200
    document = read(f"<html><body>{nested}</body></html>")
    assert document.tables == []
    deep = "<div>" * 20_000 + "算力券" + "</div>" * 20_000
    assert read(f"<html><body>{deep}</body></html>").media_type == "text/html"


@pytest.mark.parametrize(
    ("content", "known", "media_type"),
    [
        (b"<html><body>x</body></html>", {}, "text/html"),
        (b"plain words", {}, "text/plain"),
        (b"# Title\n\nwords", {"name": "a.md"}, "text/markdown"),
        (b'{"a": 1}', {}, "application/json"),
        (b"[1, 2", {}, "text/plain"),
        (b"a,b\n1,2\n", {"content_type": "text/csv; charset=utf-8"}, "text/csv"),
        (b"a\tb\n1\t2\n", {"name": "x.tsv"}, "text/csv"),
        (b"<p>half a page</p>", {"content_type": "text/plain"}, "text/html"),
        ("<!-- 注 --><div>页</div>".encode("gbk"), {}, "text/html"),
    ],
)
def test_sniffing(content: bytes, known: dict[str, str], media_type: str) -> None:
    assert formats.read(content, **known).media_type == media_type


def test_unreadable_files_say_which_and_why() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "x")
    for content, reason in [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 jpeg", "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "old binary"),
        (b"PK\x03\x04 broken", "damaged zip"),
        (other.getvalue(), "neither"),
        (bytes(range(128, 256)) * 9, "not text"),
    ]:
        with pytest.raises(UnreadableFile, match=f"^notice\\.doc: .*{reason}") as caught:
            formats.read(content, name="notice.doc")
        assert "\n" not in str(caught.value)


def test_a_name_that_lies_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="named pdf"):
        formats.read(b"words", name="notice.pdf")


def test_page_encoded_twice_is_undone() -> None:
    twice = ("算力券" * 20).encode().decode("latin-1")
    document = read(f"<html><body><p>{twice}</p></body></html>")
    assert document.text == "算力券" * 20


def test_markdown() -> None:
    document = read(
        "# 算力券 *通知*\n\n> 按**30%**补助，见[细则](b.html)。\n\n- 第一\n\n补助表\n\n| 档 | 比例 |\n|---|:--:|\n| A | 30% |\n",
        name="n.md",
        url="https://e.cn/a/n.md",
    )
    assert document.title == "算力券 通知"
    assert "按30%补助，见细则。" in document.text
    assert document.links[0].url == "https://e.cn/a/b.html"
    assert document.tables[0].rows == [["档", "比例"], ["A", "30%"]]
    assert document.tables[0].context == "补助表"


def test_csv_rows() -> None:
    table = read('name,price\n"H100, 8 cards",12\n', name="a.csv").tables[0]
    assert table.rows == [["name", "price"], ["H100, 8 cards", "12"]]
    assert table.row_locators == ["row 1", "row 2"]


def test_traditional_page_has_simplified_cells() -> None:
    page = "<html><body><div class='article'>發放算力券，支援企業購買算力服務，按實際結算費用的百分之三十給予補貼，最高貳佰萬元。對購買資訊服務的人工智慧企業另行規定。</div><table><tr><td>補貼</td><td>比例</td></tr><tr><td>企業</td><td>30%</td></tr></table></body></html>"
    document = read(page)
    assert document.text.startswith("发放算力券，支持企业购买算力服务")
    assert document.tables[0].rows[0] == ["补贴", "比例"]
    assert set(document.repairs) >= {"traditional", "taiwan"}


def test_a_table_written_in_html_inside_markdown() -> None:
    text = "## 价格\n\n::: 计算型\\sGN8\n<table>\n<thead>\n<tr>\n<th>实例规格</th>\n<th>GPU（Tesla P40）</th>\n<th>元/月</th>\n</tr>\n</thead>\n<tbody><tr>\n<td>GN8.LARGE56</td>\n<td>1颗</td>\n<td>3520 - 4400</td>\n</tr>\n</tbody></table>\n:::\n尾。\n"
    document = formats.read(text.encode(), name="p.md")
    (table,) = document.tables
    assert table.rows == [["实例规格", "GPU（Tesla P40）", "元/月"], ["GN8.LARGE56", "1颗", "3520 - 4400"]]
    assert (table.context, table.row_locators[1]) == ("计算型 GN8", "table 1 row 2")
    assert "GN8.LARGE56 | 1颗 | 3520 - 4400" in document.text
    assert "<" not in document.text
