"""Services a text names outside of tables: what holds of every text, and how much work a text may make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers import formats
from scrapers.documents import Context
from scrapers.extract.filings import items, read
from scrapers.lexicon import models
from scrapers.records import Filing
from tests.scrapers import model_names

WORDS = [
    *(
        "文心一言",
        "豆包",
        "云杉大模型",
        "“雪松写作”",
        "云杉公司",
        "杭州云杉科技有限公司",
        "百度",
        "北京",
        "上海",
    ),
    *(
        "已",
        "均",
        "未",
        "通过",
        "完成",
        "获批",
        "备案",
        "登记",
        "国家网信办",
        "生成式人工智能服务",
        "算法",
        "首批",
    ),
    *(
        "包括",
        "分别为",
        "名单",
        "如下",
        "其中",
        "等",
        "的",
        "是",
        "和",
        "3款",
        "5家",
        "2025年3月2日",
        "作为",
        "这",
    ),
    *(
        "、",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "(",
        "“",
        "”",
        '"',
        "\n",
        "- ",
        "1. ",
        "**",
        " ",
        "|",
        "AI",
        "A",
    ),
]
"""What texts on approvals are made of."""


def filings(text: str) -> tuple[str, list[Filing]]:
    document = formats.read(text.encode(), name="news.txt")
    found = [f for f in read(document, Context(document_key="n")) if isinstance(f, Filing)]
    return document.text, found


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40))
def test_a_service_stands_in_the_text_where_its_quote_says(words: list[str]) -> None:
    text, found = filings("备案" + "".join(words))
    for filing in found:
        start, end = filing.ground.start, filing.ground.end
        if start is not None:
            assert text[start:end] == filing.ground.quote
        unquoted = text.translate(str.maketrans("", "", '“”"'))  # `“天工”大模型` names 天工大模型
        assert filing.model_name in text or filing.model_name in unquoted
        assert filing.entity_name is None or filing.entity_name in text


@given(st.text(max_size=60))
def test_any_words_are_cut_and_read(words: str) -> None:
    inside = items.groups(words, 0, len(words))
    last = 0
    for part in items.parts(words, 0, len(words), inside):
        assert last <= part.start < part.end <= len(words), "parts stand in order and hold something"
        last = part.end
        found = items.reading(words[part.start : part.end])
        assert found is None or found.sure in (1, 2, 3)


@pytest.mark.parametrize(
    ("piece", "lead"),
    [
        ("云杉大模型已通过备案，", ""),
        ("云杉一号、", "通过备案的服务包括"),
        ("新增3款（云杉、雪松、红松）备案，", ""),
        ("，包括云杉为雪松是红松", "已备案的服务有"),
        ("（“云杉", "备案："),
        ("首批通过备案的大模型文心一言、豆包", ""),
        ("云杉和", "备案的有"),
        ("\n云杉大模型（云杉公司）", "备案名单如下："),
    ],
)
def test_the_work_grows_with_the_text(piece: str, lead: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts read and letters looked at for a text four times as long: at most about four times as many."""
    work = 0
    reading, groups = items.reading, items.groups

    def counted_reading(words: str) -> items.Reading | None:
        nonlocal work
        work += len(words)
        return reading(words)

    def counted_groups(text: str, start: int, end: int) -> dict[int, int]:
        nonlocal work
        work += end - start
        return groups(text, start, end)

    monkeypatch.setattr(items, "reading", counted_reading)
    monkeypatch.setattr(items, "groups", counted_groups)
    amounts = []
    for times in (150, 600):
        work = 0
        filings(lead + piece * times)
        amounts.append(work)
    assert amounts[1] <= 4.6 * amounts[0] + 2000


def test_the_lexicon_holds_the_names_of_the_official_lists() -> None:
    """`python -m tests.scrapers.model_names` makes it anew."""
    assert models.NAMES.read_text(encoding="utf-8").splitlines() == model_names.official()


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("文心一言", 3),
        ("讯飞星火认知大模型V3.5", 3),
        ("Kimi 智能助手", 3),
        ("天工", 2),
        ("天问", 2),
        ("智能客服", 0),
        ("云杉大模型", 0),
    ],
)
def test_names_are_known_by_the_lists_and_the_press(words: str, sure: int) -> None:
    assert models.sureness(words) == sure


@pytest.mark.parametrize(
    ("words", "maker", "model"),
    [
        ("百度（文心一言）", "百度", "文心一言"),
        ("文心一言（百度）", "百度", "文心一言"),
        ("百度文心一言", "百度", "文心一言"),
        ("百度旗下的文心一言", "百度", "文心一言"),
        ("云杉公司“云杉大模型”", "云杉公司", "云杉大模型"),
        ("“云杉大模型”（杭州云杉科技有限公司）", "杭州云杉科技有限公司", "云杉大模型"),
        ("杭州云杉科技有限公司（云杉大模型）", "杭州云杉科技有限公司", "云杉大模型"),
        ("智鑫数创（重庆）科技有限公司的凤凰大模型", "智鑫数创（重庆）科技有限公司", "凤凰大模型"),
        ("云杉科技云杉法律大模型", "云杉科技", "云杉法律大模型"),
        ("AI助手豆包", None, "豆包"),
        ("北京大学牵头研发的**云杉**医学大模型", "北京大学", "云杉"),
    ],
)
def test_one_part_of_a_list(words: str, maker: str | None, model: str) -> None:
    found = items.reading(words)
    assert found is not None
    assert (found.maker, found.model) == (maker, model)


@pytest.mark.parametrize(
    "words",
    ["国产大模型", "12款大模型", "北京", "《暂行办法》", "杭州云杉科技有限公司", "“人工智能+”", "行业大模型"],
)
def test_classes_places_and_firms_are_no_service(words: str) -> None:
    assert items.reading(words) is None
