"""The forms in which copies of the registers come: one list written in each of them reads the same."""

import datetime as dt
import json

import pytest

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import headers, labels, read
from scrapers.records import Filing, FilingCount

HEADER = ("序号", "属地", "模型名称", "备案单位", "备案号", "备案时间")
ROWS = (
    ("1", "北京市", "甲大模型", "北京甲科技有限公司", "Beijing-JiaDaMoXing-202501150001", "2025/2/3"),
    (
        "2",
        "上海市",
        "乙助手",
        "上海乙（集团）股份有限公司",
        "Shanghai-YiZhuShou-202501160002",
        "2025年2月4日",
    ),
    ("3", "广东省", "丙GPT", "深圳丙智能有限公司", "Guangdong-BingGPT-20250117", "2025-2-5"),
)
TITLE = "生成式人工智能服务已备案信息"
FACTS = [(r[1], r[2], r[3], r[4], dt.date(2025, 2, int(r[0]) + 2)) for r in ROWS]


def lines(separator: str, *, outer: str = "") -> str:
    return "\n".join([TITLE, *(f"{outer}{separator.join(r)}{outer}" for r in (HEADER, *ROWS))])


def html_rows(rows: list[list[str]]) -> str:
    return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)


def pairs(row: tuple[str, ...]) -> list[list[str]]:
    return [[name, cell] for name, cell in zip(HEADER, row, strict=True)]


def objects(start: int = 0) -> list[dict[str, str]]:
    return [dict(zip(HEADER[start:], row[start:], strict=True)) for row in ROWS]


def dumped(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


FORMS = {
    "lines with tabs.txt": lines("\t"),
    "lines with bars.txt": lines(" | "),
    "lines with bars around.txt": lines(" | ", outer="|"),
    "lines with wide blanks.txt": lines("   "),
    "lines with blanks.txt": lines(" "),
    "lines with commas.txt": lines(","),
    "a cell a line.txt": "\n".join([TITLE, *(cell for row in (HEADER, *ROWS) for cell in row)]),
    "a cell a line, wide.txt": "\n\n".join([TITLE, *(cell for row in (HEADER, *ROWS) for cell in row)]),
    "no header.csv": "\n".join(",".join(row) for row in ROWS),
    "no header.html": f"<p>{TITLE}</p><table>{html_rows([list(row) for row in ROWS])}</table>",
    "keys that say nothing.json": dumped(
        {"rows": [dict(zip(("xh", "sd", "mc", "dw", "bh", "sj"), row, strict=True)) for row in ROWS]}
    ),
    "rows without a header.json": dumped({"data": [list(row) for row in ROWS]}),
    "commas.csv": "\n".join(",".join(row) for row in (HEADER, *ROWS)),
    "semicolons.csv": "\ufeff" + "\n".join(";".join(row) for row in (HEADER, *ROWS)),
    "a table a record.html": f"<h1>{TITLE}</h1>" + "".join(f"<table>{html_rows(pairs(r))}</table>" for r in ROWS),
    "records below each other.html": f"<h1>{TITLE}</h1><table>{html_rows([p for r in ROWS for p in pairs(r)])}</table>",
    "records side by side.html": f"<h1>{TITLE}</h1><table>{html_rows([list(c) for c in zip(HEADER, *ROWS, strict=True)])}</table>",
    "fields.txt": "\n\n".join([TITLE, *("\n".join(f"{a}：{b}" for a, b in pairs(r)[1:]) for r in ROWS)]),
    "objects.json": dumped({"data": {"filings": objects()}}),
    "objects under their number.json": dumped({row[4]: o for row, o in zip(ROWS, objects(), strict=True)}),
    "objects under their place.json": dumped({row[1]: [o] for row, o in zip(ROWS, objects(2), strict=True)}),
    "an object a line.txt": "\n".join(map(dumped, objects())),
}  # fmt: skip


def records(name: str, content: str, day: dt.date | None = None) -> list[object]:
    document = formats.read(content.encode(), name=name)
    return list(read(document, Context(document_key="x", date=day)))


@pytest.mark.parametrize("name", FORMS)
def test_a_list_reads_the_same_in_every_form(name: str) -> None:
    found = [r for r in records(name, FORMS[name]) if isinstance(r, Filing)]
    assert [(f.province, f.model_name, f.entity_name, f.filing_number, f.filed_date) for f in found] == FACTS


def test_a_service_with_a_number_in_two_registers_gives_two_rows() -> None:
    page = (
        "| 模型 | 算法备案号 | 大模型备案号 |\n|---|---|---|\n"
        "| 丁大模型 | 网信算备330110507206401240035号 | ZheJiang-DingDaMoXing-20230901 |\n"
        "| 戊图像 | 网信算备110108645502801240027号 | — |\n"
    )
    found = [r for r in records("x.md", page) if isinstance(r, Filing)]
    assert {(f.model_name, f.kind, f.province) for f in found} == {
        ("丁大模型", "filing", "浙江省"),
        ("丁大模型", "deep_synthesis_algorithm", "浙江省"),
        ("戊图像", "deep_synthesis_algorithm", "北京市"),
    }


TOTALS = (("地区", "备案数", "登记数"), ("北京", "158", "73"), ("上海", "92", "105"))
TALLIES = {
    "bars.txt": "截至2025年8月31日各地备案情况\n" + "\n".join(" | ".join(r) for r in TOTALS),
    "blanks.txt": "截至2025年8月31日各地备案情况\n" + "\n".join(" ".join(r) for r in TOTALS),
    "upright.html": f"<p>截至2025年8月31日备案与登记数</p><table>{html_rows([list(r) for r in TOTALS])}</table>",
    "turned.html": "<p>截至2025年8月31日备案与登记数</p><table>"
    + html_rows([["", "北京", "上海"], ["备案数", "158", "92"], ["登记数", "73", "105"]])
    + "</table>",
    "under their place.json": dumped(
        {"as_of": "2025-08-31", "by_province": {"北京市": {"filed": 158, "registered": 73}, "上海": {"filed": 92, "registered": 105}}}
    ),
    "a map each.json": dumped(
        {"date": "2025-08-31", "filings": {"北京": 158, "上海": 92}, "registrations": {"北京": 73, "上海": 105}}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TALLIES)
def test_totals_read_the_same_in_every_form(name: str) -> None:
    day = dt.date(2025, 8, 31)
    found: dict[tuple[dt.date | None, str], list[int]] = {}
    for r in records(name, TALLIES[name], dt.date(2025, 9, 20)):
        if isinstance(r, FilingCount):
            found.setdefault((r.as_of, r.scope), []).extend(
                n for n in (r.total_filed, r.total_registered) if n
            )
    assert found == {(day, "北京市"): [158, 73], (day, "上海市"): [92, 105]}


def test_a_table_about_something_else_is_not_turned() -> None:
    page = f"<p>大模型备案指南</p><table>{html_rows([['名称', '某产品'], ['价格', '3元'], ['说明', '见备案公告']])}</table>"
    assert not [r for r in records("x.html", page) if isinstance(r, Filing | FilingCount)]


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("filingNo", "number"), ("beianNo", "number"), ("onlineNo", "number"), ("recordTime", "date"), ("Date approved", "date"),
        ("companyName", "entity"), ("badw", "entity"), ("mingcheng", "model"), ("modelName", "model"), ("serviceName", "model"),
        ("shudi", "province"), ("类别", "kind"), ("登记单位", "entity"), ("生成式人工智能服务备案编号", "number"), ("运营方", "entity"),
        ("updateTime", None), ("ICP备案号", None), ("联系人", None),
    ],
)  # fmt: skip
def test_the_name_of_a_column_is_understood(name: str, register: str | None) -> None:
    assert headers.column_named(name) == register


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("累计备案（款）", labels.Label(register="filed", is_new=False, is_number=True)),
        ("其中新增", labels.Label(is_new=True, is_number=True)),
        ("北京登记数", labels.Label(place="北京市", register="registered", is_number=True)),
        ("2025年6月底", labels.Label(day=dt.date(2025, 6, 30))),
        ("2025年1—2月", labels.Label(day=dt.date(2025, 2, 28))),
        ("newFilings", labels.Label(register="filed", is_new=True, is_number=True)),
        ("全国", labels.Label(place="national")),
        ("算法备案数", None),
        ("登记企业数", None),
        ("registered users", None),
    ],
)
def test_a_label_is_understood_whole_or_not_at_all(text: str, said: labels.Label | None) -> None:
    assert labels.read(text, dt.date(2025, 10, 1)) == said


def test_the_sum_of_a_few_provinces_is_not_of_the_country() -> None:
    page = "截至2025年8月31日各地累计备案\n\n| 地区 | 备案数 |\n|---|---|\n| 湖北 | 14 |\n| 陕西 | 12 |\n| 合计 | {} |\n"
    scopes = [
        [r.scope for r in records("x.md", page.format(number)) if isinstance(r, FilingCount)]
        for number in (26, 538)
    ]
    assert scopes == [["湖北省", "陕西省"], ["湖北省", "陕西省", "national"]]
