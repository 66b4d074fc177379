"""Registers read from every form they come in: official PDFs with their defects, tables, JSON, prose."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any, Literal, get_args

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import NUMBER, province_of, read
from scrapers.formats import UnreadableFile
from scrapers.issues import Issue
from scrapers.records import Filing, FilingCount
from tests.bench import approvals
from tests.scrapers import official_pdf
from tests.scrapers.official_pdf import FILED, REGISTERED, made_rows


def facts(rows: list[list[str]]) -> list[tuple[object, ...]]:
    return [(int(r[0]), r[1], r[2], r[3], r[4], dt.date(*map(int, r[5].split("/")))) for r in rows]


def filings(path: Path, **context: object) -> list[Filing]:
    document = formats.read(path.read_bytes(), name=path.name)
    return [x for x in read(document, Context(document_key=path.name, **context)) if isinstance(x, Filing)]  # type: ignore[arg-type]


def got(found: list[Filing]) -> list[tuple[object, ...]]:
    return [
        (f.serial, f.province, f.model_name, full_width(f.entity_name or ""), f.filing_number, f.filed_date)
        for f in found
    ]


def full_width(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


@pytest.mark.parametrize("repeat_header", [True, False])
def test_an_official_pdf_gives_every_row(tmp_path: Path, repeat_header: bool) -> None:
    filed, registered = made_rows(160), made_rows(90, registered=True)
    path = tmp_path / "list.pdf"
    official_pdf.write(
        path,
        [
            ("生成式人工智能服务已备案信息", FILED, filed),
            ("生成式人工智能服务已登记信息", REGISTERED, registered),
        ],
        repeat_header=repeat_header,
    )
    found = filings(path)
    assert got([f for f in found if f.kind == "filing"]) == facts(filed)
    assert got([f for f in found if f.kind == "registration"]) == facts(registered)
    assert len(found) == 250


@pytest.mark.parametrize("seed", [3, 11, 29])
def test_defects_of_official_lists_are_put_right(tmp_path: Path, seed: int) -> None:
    """Headers missing, repeated or inside, columns moved or swapped, numbers broken, rows cut by a page's end, merged
    places, late marks: at least 99 of 100 rows right, and none invented."""
    filed, registered = made_rows(130), made_rows(90, registered=True)
    path = tmp_path / "list.pdf"
    made = official_pdf.write_with_defects(
        path,
        [
            ("生成式人工智能服务已备案信息", FILED, filed),
            ("生成式人工智能服务已登记信息", REGISTERED, registered),
        ],
        seed,
    )
    found = filings(path)
    assert len(found) == 220, "no row lost, none invented"
    for kind, rows in (("filing", filed), ("registration", registered)):
        right = set(got([f for f in found if f.kind == kind])) & set(facts(rows))
        assert len(right) >= 0.99 * len(rows), sorted(made.named)
    assert sum(f.is_late_registration for f in found) >= len(made.late)
    assert sum(f.printed is not None for f in found) >= len(made.swapped), "the printed cells are kept"


def test_a_number_cut_at_a_line_break_is_kept_and_said(tmp_path: Path) -> None:
    rows = made_rows(12)
    rows[5][4] = rows[5][4][: rows[5][4].rindex("-") + 1]
    path = tmp_path / "list.pdf"
    official_pdf.write(path, [("生成式人工智能服务已备案信息", FILED, rows)])
    document = formats.read(path.read_bytes(), name=path.name)
    items = list(read(document, Context(document_key="x")))
    assert [i.code for i in items if isinstance(i, Issue)] == ["number-cut"]
    assert [f.filing_number for f in items if isinstance(f, Filing)][5] == rows[5][4]


@pytest.mark.parametrize("style", get_args(official_pdf.Style))
@pytest.mark.parametrize("widths", [official_pdf.WIDTHS, official_pdf.NARROW], ids=["wide", "narrow"])
def test_tables_drawn_in_other_ways(
    tmp_path: Path, style: official_pdf.Style, widths: tuple[float, ...]
) -> None:
    """In narrow columns serials break too, and the last page holds a row or two."""
    rows = made_rows(121)
    path = tmp_path / "list.pdf"
    official_pdf.draw(path, FILED, rows, style, widths=widths)
    assert got(filings(path)) == facts(rows)


def test_a_pdf_whose_header_is_lost(tmp_path: Path) -> None:
    rows = made_rows(60)
    path = tmp_path / "list.pdf"
    official_pdf.draw(path, rows[0], rows[1:], "cell boxes")
    assert got(filings(path)) == facts(rows)


@pytest.mark.parametrize("align", ["top", "bottom"])
@pytest.mark.parametrize("style", ["no rules", "stripes", "rules above and below", "rules between columns"])
def test_cells_of_a_row_share_their_first_or_their_last_line(
    tmp_path: Path, style: official_pdf.Style, align: Literal["top", "bottom"]
) -> None:
    rows = made_rows(121)
    path = tmp_path / "list.pdf"
    official_pdf.draw(path, FILED, rows, style, widths=official_pdf.NARROW, align=align)
    assert got(filings(path)) == facts(rows)


def test_docx_xlsx_html_and_json_give_the_same_rows(tmp_path: Path) -> None:
    rows = made_rows(12)
    document = docx.Document()
    table = document.add_table(rows=0, cols=6)
    for row in [FILED, *rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "list.docx"))
    book = xlsxwriter.Workbook(str(tmp_path / "list.xlsx"))
    sheet = book.add_worksheet("备案")
    sheet.merge_range(0, 0, 0, 5, "生成式人工智能服务已备案信息")
    for number, row in enumerate([FILED, *rows], start=1):
        sheet.write_row(number, 0, row)
    book.close()
    body = "".join(f"<tr>{''.join(f'<td><p>{c}</p></td>' for c in row)}</tr>" for row in [FILED, *rows])
    (tmp_path / "list.html").write_text(
        f"<html><body><div class='TRS_Editor'><table>{body}</table></div></body></html>", "utf-8"
    )
    (tmp_path / "list.json").write_text(
        json.dumps({"data": [dict(zip(FILED, row, strict=True)) for row in rows]}, ensure_ascii=False),
        "utf-8",
    )
    for name in ("list.docx", "list.xlsx", "list.html", "list.json"):
        assert got(filings(tmp_path / name)) == facts(rows), name


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (
            "截至2025年3月31日，共346款生成式人工智能服务完成备案，其中新增44款；159款应用或功能在地方网信办完成登记。",
            None,
            {("2025-03-31", "national"): (346, 44, 159, None, "exact")},
        ),
        (
            "2025年，共有446款生成式人工智能服务完成备案，330款应用完成登记。截至2025年12月31日，累计有748款完成备案，435款完成登记。",
            None,
            {("2025-12-31", "national"): (748, 446, 435, 330, "exact")},
        ),
        (
            "上海新增12款已完成备案的生成式人工智能服务，截至6月8日，上海累计已备案128款。",
            dt.date(2025, 6, 9),
            {("2025-06-08", "上海市"): (128, 12, None, None, "exact")},
        ),
        (
            "目前全国已有490余款生成式人工智能服务完成备案。",
            dt.date(2025, 7, 30),
            {("2025-07-30", "national"): (490, None, None, None, "at_least")},
        ),
        (
            "江苏省累计48款，新增2款大模型通过备案。",
            dt.date(2025, 5, 1),
            {("2025-05-01", "江苏省"): (48, 2, None, None, "exact")},
        ),
        (
            "《办法》施行后，海滨市属企业忙着上线。2026-03-05 山东省政府新闻发布会披露：数据标注基地12家；88款大模型通过备案。",
            dt.date(2026, 3, 9),
            {("2026-03-05", "山东省"): (88, None, None, None, "exact")},
        ),
        (
            "山东省新增4款登记\n• 截至2026年3月2日\n• 全省累计已完成41款生成式人工智能服务登记",
            dt.date(2026, 3, 4),
            {("2026-03-02", "山东省"): (None, None, 41, 4, "exact")},
        ),
        (
            "2025年累计748款大模型备案、435款应用登记。",
            dt.date(2026, 5, 1),
            {("2025-12-31", "national"): (748, None, 435, None, "exact")},
        ),
        ("海淀区有123款备案大模型（占全市60%）。", dt.date(2026, 8, 8), {}),
        ("丙公司是8家首批通过备案的大模型公司之一。", dt.date(2023, 11, 1), {}),
        (
            "Chatbots must register with the regulator. As of November 2025, over 600 services had completed this process.",
            None,
            {("2025-11-30", "national"): (600, None, None, None, "at_least")},
        ),
        (
            "As of 30 June 2026, 988 services had completed filing, up from 346 filed services in March 2025.",
            None,
            {
                ("2026-06-30", "national"): (988, None, None, None, "exact"),
                ("2025-03-31", "national"): (346, None, None, None, "exact"),
            },
        ),
        (
            "At least 40 large language models have been approved for public use.",
            dt.date(2024, 3, 4),
            {("2024-03-04", "national"): (40, None, None, None, "at_least")},
        ),
    ],
)
def test_totals_in_prose(
    text: str, day: dt.date | None, expected: dict[tuple[str, str], tuple[object, ...]]
) -> None:
    document = formats.read(text.encode(), name="news.txt")
    found = {
        (str(c.as_of), c.scope): (
            c.total_filed,
            c.new_in_period,
            c.total_registered,
            c.new_registered,
            c.qualifier,
        )
        for c in read(document, Context(document_key="news", date=day))
        if isinstance(c, FilingCount)
    }
    assert found == expected


def test_a_day_without_year_and_without_page_date_stays_unknown() -> None:
    document = formats.read("截至6月8日，累计备案128款大模型。".encode(), name="news.txt")
    items = list(read(document, Context(document_key="news")))
    assert [i.code for i in items if isinstance(i, Issue)] == ["no-year"]
    assert [c.as_of for c in items if isinstance(c, FilingCount)] == [None]


def scored(cases: list[dict[str, Any]]) -> tuple[approvals.Score, approvals.Score]:
    totals, services = approvals.Score(), approvals.Score()
    for case in cases:
        counts, named = approvals.read_case(case)
        totals.add(case["counts"], counts, approvals.same_count, case["also_right"])
        services.add(approvals.named_services(case), named, approvals.same_filing, [])
    return totals, services


def test_labelled_tables_are_read_as_labelled() -> None:
    """What is missed stands in the prose around a table."""
    totals, services = scored([case for case in approvals.cases() if approvals.is_list(case)])
    assert totals.f1 > 0.96, totals
    assert services.f1 > 0.98, services


def test_labelled_prose_is_read_as_learned() -> None:
    """Every eighth text: weights that do not fit the features or the texts any more are found out."""
    totals, services = scored([case for case in approvals.cases() if not approvals.is_list(case)][::8])
    assert totals.f1 > 0.9, totals
    assert services.f1 > 0.9, services


def test_what_is_kept_unseen_is_not_worked_on() -> None:
    worked_on = {case["text"] for case in approvals.cases()}
    unseen = approvals.cases(approvals.UNSEEN)
    assert unseen
    assert not [case["id"] for case in unseen if case["text"] in worked_on]


def test_names_listed_in_a_sentence() -> None:
    text = "首批通过备案的大模型包括百度（文心一言）、抖音（云雀大模型）、智谱AI（GLM大模型）和百川智能（百川大模型）。"
    document = formats.read(text.encode(), name="news.txt")
    found = [
        (f.entity_name, f.model_name)
        for f in read(document, Context(document_key="n"))
        if isinstance(f, Filing)
    ]
    assert found == [
        ("百度", "文心一言"),
        ("抖音", "云雀大模型"),
        ("智谱AI", "GLM大模型"),
        ("百川智能", "百川大模型"),
    ]


def named(text: str, name: str = "news.txt") -> list[tuple[str, str | None, str]]:
    document = formats.read(text.encode(), name=name)
    return [
        (f.kind, f.entity_name, f.model_name)
        for f in read(document, Context(document_key="n"))
        if isinstance(f, Filing)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "近日，云杉科技自主研发的“云杉大模型”正式通过国家网信办备案。",
            [("filing", "云杉科技", "云杉大模型")],
        ),
        (
            "3月2日，云杉科技宣布，其自研的云杉法律大模型已完成生成式人工智能服务备案。",
            [("filing", "云杉科技", "云杉法律大模型")],
        ),
        (
            "云杉大学牵头研发的青囊医学大模型通过生成式人工智能服务备案。",
            [("filing", "云杉大学", "青囊医学大模型")],
        ),
        (
            "云杉公司的“云杉文本生成算法”通过深度合成服务算法备案。",
            [("deep_synthesis_algorithm", "云杉公司", "云杉文本生成算法")],
        ),
        ("云杉助手已于2025年7月15日完成登记。", [("registration", None, "云杉助手")]),
        ("云杉威胁检测大模型是国内首个通过网信办备案的安全算法。", [("filing", None, "云杉威胁检测大模型")]),
        ("作为国内首批通过备案的大模型产品，AI助手“云杉清言”正式上线。", [("filing", None, "云杉清言")]),
        (
            "云杉大模型\n厂商：杭州云杉科技有限公司\n已完成生成式人工智能服务备案（首批名单）",
            [("filing", "杭州云杉科技有限公司", "云杉大模型")],
        ),
        (
            "8款大模型通过备案，清单见下方名单。\n\n- 百度 (文心一言)：yiyan.example.com\n- 抖音 (云雀大模型)：www.example.com/chat",
            [("filing", "百度", "文心一言"), ("filing", "抖音", "云雀大模型")],
        ),
        (
            "本应用使用云杉公司的Cedar Chat（已通过生成式人工智能服务备案，备案号：Beijing-CedarChat-202404280016）。",
            [("filing", "云杉公司", "Cedar Chat")],
        ),
    ],
)
def test_one_service_named_by_a_clause(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert named(text) == expected


def test_an_algorithm_list_that_names_the_model_too_is_read_by_its_algorithms() -> None:
    table = "| 模型 | 算法名称 | 算法备案号 |\n|---|---|---|\n| 云杉 | 云杉合成算法 | 网信算备330110507206401230035号 |\n"
    assert named(table, "list.md") == [("deep_synthesis_algorithm", None, "云杉合成算法")]


@pytest.mark.parametrize(
    "text",
    [
        "商用大模型应当通过备案。",
        "Do not offer unregistered services in China. Partners: Alibaba Cloud (Qwen), Baidu (ERNIE), Acme (Spruce).",
        "海外模型无法完成网信办备案。",
        "另有一批大模型完成国家备案，还有若干产品通过登记。",
        "自研模型通过备案后，每个模型可获50万元奖励。",
        "国产大模型均已通过备案，该模型尚未完成登记。",
        "云杉医学大模型已通过信通院可信AI认证，云杉公司完成ICP备案。",
        "截至目前备案大模型数量超过180个，实际对外提供服务的模型约120个。",
        "已有611款服务完成备案。\n竞争格局：文心一言(百度)、通义千问(阿里)、Kimi(月之暗面)。",
        "大模型通过备案。云杉智能是云杉公司独立开发的个人智能系统，为用户带来个性化的智能体验。",
    ],
)
def test_classes_duties_and_other_topics_name_no_service(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["2023年投资40个项目，新增产值3亿元。", "算法备案清单共110项。"])
def test_other_counts_are_not_totals_of_filings(text: str) -> None:
    document = formats.read(text.encode(), name="news.txt")
    assert not [c for c in read(document, Context(document_key="n")) if isinstance(c, FilingCount)]


@given(
    st.sampled_from(["Beijing", "ZheJiang", "ShanXi"]),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.·’-]{0,30}[A-Za-z0-9]", fullmatch=True),
    st.dates(dt.date(2023, 1, 1), dt.date(2027, 1, 1)),
    st.booleans(),
    st.integers(0, 9999),
)
def test_numbers_parse_back(prefix: str, slug: str, day: dt.date, registered: bool, running: int) -> None:
    match = NUMBER.match(f"{prefix}-{slug}-{day:%Y%m%d}{'S' if registered else ''}{running:04d}")
    assert match is not None
    assert (match[1], match[2], match[3], bool(match[4])) == (prefix, slug, f"{day:%Y%m%d}", registered)


PIECES = [
    piece
    for case in approvals.cases()[::9]
    for piece in re.split(r"(?<=[。；，,;\n|])", case["text"])
    if piece
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join).filter(str.strip),
    st.sampled_from(["txt", "md", "html", "csv", "json"]),
)
def test_any_mixture_of_texts_is_read_without_a_failure(text: str, ending: str) -> None:
    try:
        document = formats.read(text.encode(), name=f"x.{ending}")
    except UnreadableFile:
        return
    for item in read(document, Context(document_key="x", date=dt.date(2026, 1, 1))):
        if isinstance(item, Filing | FilingCount) and item.ground.start is not None:
            assert document.text[item.ground.start : item.ground.end]


@pytest.mark.parametrize(
    ("text", "name"),
    [("北京", "北京市"), ("内蒙古", "内蒙古自治区"), ("国资委", "国资委"), ("火星", None), ("", None)],
)
def test_provinces(text: str, name: str | None) -> None:
    assert province_of(text) == name
