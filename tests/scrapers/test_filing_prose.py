"""The reader of prose: what holds of every text, what its parts find, and how much work a text may make."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers import formats
from scrapers.documents import Context, Document
from scrapers.extract.filings import prose, read
from scrapers.extract.filings.prose import figures, links, model, network, services, spots, tagger, times
from scrapers.extract.filings.prose.model import bundled
from scrapers.extract.filings.prose.reading import Reading, best_path
from scrapers.extract.filings.prose.words import Spot, Text, told_in, wide
from scrapers.lexicon import makers, models
from scrapers.records import Filing, FilingCount
from tests import train_filings, train_network
from tests.scrapers import model_names

PAGE = dt.date(2026, 3, 9)
WORDS = [
    *("文心一言", "豆包", "云杉大模型", "“雪松写作”", "云杉公司", "杭州云杉科技有限公司", "百度", "北京", "上海", "我省"),
    *("已", "均", "未", "通过", "完成", "获批", "备案", "登记", "国家网信办", "生成式人工智能服务", "算法", "首批", "累计", "新增"),
    *("包括", "分别为", "名单", "如下", "其中", "的", "是", "和", "3款", "5家", "117款", "2025年3月2日", "6月底", "目前", "作为", "这"),
    *("、", "，", "。", "；", "：", "（", "）", "(", "“", "”", '"', "\n", "- ", "1. ", "**", " ", "|", "AI", "A"),
    *("Larch", " filed ", "approved", "registered", " 40 services", "as of May 3", "the ", ".", "Beijing-Luming-20250302S0001"),
]  # fmt: skip
"""What texts on approvals are made of."""


def records(text: str, day: dt.date | None = PAGE) -> tuple[str, list[Filing | FilingCount]]:
    document = formats.read(text.encode(), name="news.txt")
    found = read(document, Context(document_key="n", date=day))
    return document.text, [item for item in found if isinstance(item, Filing | FilingCount)]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40))
def test_every_record_stands_in_the_text_where_its_quote_says(words: list[str]) -> None:
    text, found = records("备案" + "".join(words))
    for item in found:
        start, end = item.ground.start, item.ground.end
        if start is not None:
            assert text[start:end] == item.ground.quote
        if isinstance(item, Filing):
            assert item.model_name in text
            assert item.entity_name is None or item.entity_name in text


@pytest.mark.parametrize(
    ("text", "read"), [('的"云杉"和『雪松』,「甲」', "的“云杉”和“雪松”，“甲”"), ('a "b, c" d', "a “b, c” d")]
)
def test_a_text_is_read_with_wide_marks_and_one_sort_of_quotes(text: str, read: str) -> None:
    assert wide(text) == read


@given(st.text(max_size=80))
def test_words_and_sentences_hold_the_whole_text(words: str) -> None:
    text = Text(words)
    last = 0
    for start, end in text.words:
        assert last <= start < end
        assert not words[last:start].strip()
        last = end
    assert "".join(words[start:end] for start, end in text.sentences) == words


@pytest.mark.parametrize(
    ("text", "is_chinese", "expected"),
    [
        ("截至2025年8月31日", True, [("2025-08-31", "day")]),
        ("8月31日，", True, [("2025-08-31", "day")]),
        ("3月2日和5日", True, [("2026-03-02", "day"), ("2026-03-05", "only")]),
        ("去年12月", True, [("2025-12-31", "month")]),
        ("截至2月底", True, [("2026-02-28", "monthend")]),
        ("1至2月", True, [("2026-02-28", "span")]),
        ("2025年上半年", True, [("2025-06-30", "half")]),
        ("三季度", True, [("2025-09-30", "quarter")]),
        ("2024年末", True, [("2024-12-31", "yearend")]),
        ("二〇二五年七月一日", True, [("2025-07-01", "day")]),
        ("昨日", True, [("2026-03-08", "昨日")]),
        ("2026/3/2", True, [("2026-03-02", "iso")]),
        ("as of June 30, 2025", False, [("2025-06-30", "day")]),
        ("on 3 May", False, [("2025-05-03", "day")]),
        ("at the end of 2024", False, [("2024-12-31", "yearend")]),
        ("in the first half of 2025", False, [("2025-06-30", "half")]),
        ("in February", False, [("2026-02-28", "month")]),
        ("they may file on Friday", False, [("2026-03-06", "weekday")]),
    ],
)
def test_times(text: str, is_chinese: bool, expected: list[tuple[str, str]]) -> None:
    assert [(spot.value, spot.kind) for spot in times.times(text, PAGE, is_chinese=is_chinese)] == expected


@given(st.text("0123456789年月日号底末初至-/.去今上下半季度一二三四十 ", max_size=30), st.booleans())
def test_any_times_are_read(words: str, is_chinese: bool) -> None:
    for spot in times.times(words, PAGE, is_chinese=is_chinese):
        assert dt.date.fromisoformat(spot.value)
        assert words[spot.start : spot.end]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("本周新登记应用：\n（1）学到汇｜云杉科技有限公司｜Liaoning-XueDaoHui-20260210S0010\n登记日期均为3月2日。", ["2026-03-02"]),
        ("本周新登记应用：\n（1）学到汇｜云杉科技有限公司｜Liaoning-XueDaoHui-20260210S0010\n3月1日开会，登记日期3月2日。", [None]),
    ],
)  # fmt: skip
def test_rows_without_a_day_have_the_only_one_that_is_told(text: str, days: list[str | None]) -> None:
    found = [item for item in records(text)[1] if isinstance(item, Filing)]
    assert [item.model_name for item in found] == ["学到汇"]
    assert [item.filed_date and item.filed_date.isoformat() for item in found] == days


def test_days_without_a_year_need_the_pages() -> None:
    assert times.times("6月8日", None, is_chinese=True) == []
    assert [s.value for s in times.times("2025年6月8日", None, is_chinese=True)] == ["2025-06-08"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("新增12款，累计1,128款。", [12, 1128]),
        ("十二款产品，第3批，5%，30亿元，2025年3月2日，8月", [12]),
        ("编号Beijing-Luming-20250302S0001", []),
    ],
)
def test_numbers_that_may_count_services(text: str, values: list[int]) -> None:
    assert [figure.value for figure in figures.figures(Text(text), is_chinese=True)] == values


def test_english_numbers_in_words() -> None:
    found = figures.figures(Text("Ninety-nine services, two more and twenty"), is_chinese=False)
    assert [figure.value for figure in found] == [99, 2, 20]


@pytest.mark.parametrize(
    ("words", "bound"),
    [("490余款", "at_least"), ("超过490款", "at_least"), ("近490款", "about"), ("490款", "exact")],
)
def test_bounds_of_a_number(words: str, bound: str) -> None:
    assert [figure.bound for figure in figures.figures(Text(words), is_chinese=True)] == [bound]


def test_a_place_is_a_province_a_city_of_it_or_the_country() -> None:
    found = spots.regions(Text("全国累计，浙江省杭州市，我省"), is_chinese=True)
    assert [(spot.value, spot.kind.split(":")[0]) for spot in found] == [
        ("national", "nation"),
        ("浙江省", "province"),
        ("浙江省", "city"),
        ("浙江省", "here"),
    ]


@pytest.mark.parametrize(
    ("text", "is_chinese"),
    [("BEIJING, Nov 11 (Newswire) -- Beijing had 8", False), ("新华社北京11月11日电，北京有8款", True)],
)
def test_the_place_a_report_is_sent_from_is_told_apart(text: str, is_chinese: bool) -> None:
    assert [spot.kind for spot in spots.regions(Text(text), is_chinese=is_chinese)] == [
        "dateline",
        "province",
    ]


def test_a_firm_begins_with_its_place_and_is_no_part_of_a_service() -> None:
    text = Text("意味着西安云杉科技有限公司的“百度云杉”获批")
    named = [Spot("百度云杉", 16, 20, "service")]
    assert [spot.value for spot in spots.firms(text, [], named)] == ["西安云杉科技有限公司"]


def test_likelihoods_sum_to_one() -> None:
    text = Text("云杉公司的“云杉”3月2日在浙江完成登记，该省累计登记31款，雪松公司未申请。")
    reading = Reading(text, PAGE, is_chinese=True, by=bundled(is_chinese=True))
    for sort, scene in services.scenes_of(reading, reading.tagged).items():
        for name in {spot.value for spot in scene.names}:
            assert sum(links.probabilities(scene, name, reading.by.links[sort]).values()) == pytest.approx(1)
    rows, numbers = reading.seen()
    for one in reading.by.networks:
        for likely in one.judge(rows, numbers):
            assert likely.sum(1) == pytest.approx(np.ones(len(likely)), abs=1e-5)


def test_a_network_reads_a_text_in_pieces_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, numbers = Reading(
        Text("云杉公司的“云杉”通过备案，累计3款。" * 20), PAGE, True, bundled(is_chinese=True)
    ).seen()
    one = bundled(is_chinese=True).networks[0]
    whole = one.judge(rows, numbers)
    monkeypatch.setattr(network, "_PIECE", 50)
    for left, right in zip(whole, one.judge(rows, numbers), strict=True):
        assert left == pytest.approx(right, abs=1e-4)


def test_a_name_goes_on_only_where_it_begins() -> None:
    likely = np.full((3, len(network.LABELS)), 0.01, np.float32)
    for word, label in enumerate(("O", "I-maker", "I-maker")):
        likely[word, network.LABELS.index(label)] = 0.9
    likely[1, network.LABELS.index("B-maker")] = 0.05
    assert best_path(likely) == ["O", "B-maker", "I-maker"]


def test_a_service_that_is_not_sure_is_left_out() -> None:
    text, labels = (
        Text("云杉公司的雪松"),
        ["B-maker", "I-maker", "I-maker", "I-maker", "O", "B-service", "I-service"],
    )
    assert [spot.value for spot in tagger.tagged(text, labels, [0.4] * 7)] == ["云杉公司"]
    assert [spot.value for spot in tagger.tagged(text, labels, [0.9] * 7)] == ["云杉公司", "雪松"]


def test_a_number_may_be_the_sum_or_the_difference_of_others() -> None:
    found = figures.figures(Text("由117款增至188款，新增71款，另有5款"), is_chinese=True)
    assert [figures.sums(found, at)[:1] for at in range(len(found))] == [["part"], ["sum"], ["part"], []]


def test_what_learning_follows_is_the_slope_of_the_loss() -> None:
    """Each weight moved a little: the loss changes by what the backward pass says."""
    rows = Reading(Text("云杉备案3款，登记5款"), PAGE, True, bundled(is_chinese=True)).seen()
    one = train_network.Example(*rows, labels=["O"] * len(rows[0]), roles=["filed", "registered"])
    assert train_network.slope_error(one) < 1e-6


def test_the_words_around_an_approval_tell_what_it_is() -> None:
    assert told_in("尚未完成登记") == {"undone", "done", "registered"}
    assert told_in("has been approved") == {"approved"}


@pytest.mark.parametrize(
    "piece",
    [
        "云杉大模型已通过备案，",
        "云杉一号、",
        "（“云杉",
        "云杉和",
        "\n云杉大模型（云杉公司）",
        "Luming, Shuyu and Larch filed, ",
        "新增3款、",
    ],
)
def test_the_work_grows_with_the_text(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs looked at for a text four times as long: at most some four times as many."""
    work = 0
    pair = links._pair

    def counted(*args: object) -> list[str]:
        nonlocal work
        work += 1
        return pair(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(links, "_pair", counted)
    amounts = []
    for repeated in (60, 240):
        work = 0
        records("通过备案的服务：" + piece * repeated)
        amounts.append(work)
    assert amounts[1] <= 5 * amounts[0] + 3000


def test_the_lexicon_holds_the_names_of_the_official_lists() -> None:
    """`python -m tests.scrapers.model_names` makes it anew."""
    names, bodies = model_names.official()
    assert models.NAMES.read_text(encoding="utf-8").splitlines() == names
    assert makers.ENTITIES.read_text(encoding="utf-8").splitlines() == bodies


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("文心一言", 3),
        ("讯飞星火认知大模型V3.5", 3),
        ("Kimi 智能助手", 3),
        ("天工", 2),
        ("智能客服", 0),
        ("云杉大模型", 0),
    ],
)
def test_names_are_known_by_the_lists_and_the_press(words: str, sure: int) -> None:
    assert models.sureness(words) == sure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("北京百度网讯科技有限公司", ["北京百度网讯科技有限公司"]),
        ("百度和腾讯", ["百度", "腾讯"]),
        ("北京的公司", []),
    ],
)
def test_makers_are_known_by_the_lists_and_the_press(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in makers.find(text)] == found


def test_a_filing_that_ended_has_the_day() -> None:
    text = "云杉科技有限公司的“云杉大模型”（备案号：Beijing-YunShan-20240301）自3月1日起终止备案。"
    ended = [item for item in records(text)[1] if isinstance(item, Filing)]
    assert [(item.model_name, item.cancelled_date, item.filed_date) for item in ended] == [
        ("云杉大模型", dt.date(2026, 3, 1), None)
    ]


def test_a_string_in_traditional_letters_is_read_and_printed_as_it_is() -> None:
    text = "雲杉科技有限公司自主研發的“雲杉大模型”已通過國家網信辦備案。"
    found = prose.read(Document(text=text, raw_text=text), Context(document_key="n"), set(), has_table=False)
    assert [(item.model_name, item.entity_name) for item in found if isinstance(item, Filing)] == [
        ("雲杉大模型", "雲杉科技有限公司")
    ]


def test_the_weights_are_learned_from_the_present_texts() -> None:
    """`python -m tests.train_filings` learns them anew."""
    assert model.LEARNED_FROM.read_text(encoding="utf-8").strip() == train_filings.digest()


@pytest.mark.parametrize(
    ("text", "is_chinese"),
    [("China filed 备案", False), ("已备案", True), ("MindGPT，均已完成备案。", True)],
)
def test_the_language_of_a_text(text: str, is_chinese: bool) -> None:
    assert prose.is_chinese(text) is is_chinese
