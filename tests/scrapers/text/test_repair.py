"""Damaged text made readable."""

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.text.repair import fold, is_traditional, repair


@pytest.mark.parametrize(
    ("damaged", "whole", "name"),
    [
        (
            "每年發(fā)放總額不超過1000萬(wàn)元的算力券,對(duì)企業(yè)給予補(bǔ)貼",
            "每年发放总额不超过1000万元的算力券,对企业给予补贴",
            "pinyin",
        ),
        (
            "按實際結算費用的30%給予補貼，單個企業最高貳佰萬元",
            "按实际结算费用的30%给予补贴，单个企业最高贰佰万元",
            "traditional",
        ),
        (
            "支援人工智慧企業使用雲端算力，鼓勵演算法創新",
            "支持人工智能企业使用云端算力，鼓励算法创新",
            "taiwan",
        ),
        ("补贴２０％，最高１，０００万元", "补贴20%，最高1，000万元", "fullwidth"),
        (
            "每年发放1亿元的 算力券 ,给予最高 200 万元补贴",
            "每年发放1亿元的算力券 ,给予最高200万元补贴",
            "spacing",
        ),
        ("对算 力 券给予补贴", "对算力券给予补贴", "spacing"),
        ("发放&ldquo;算力券&rdquo;，补贴&nbsp;30%", "发放“算力券”，补贴30%", "entities"),
        ("发放算力券。<br />每家最高<em>50</em>万元。", "发放算力券。\n每家最高50万元。", "entities"),
        ("ç®\u0097å\u008a\u009bå\u0088¸ 500ä¸‡å…ƒ", "算力券500万元", "mojibake"),
        ("在线观看,无码一区二区,av天堂\n发放算力券", "发放算力券", "spam"),
        ("发放算力券ღ★◈，最高ღ★◈200万元", "发放算力券，最高200万元", "spam"),
    ],
)
def test_repairs(damaged: str, whole: str, name: str) -> None:
    result = repair(damaged)
    assert result.text == whole
    assert name in result.repairs


@pytest.mark.parametrize(
    "text",
    [
        "使用模型(maas)的企业，租用算力(gpu)",
        "著名企业李鍾硕编著的《算力券》",
        "补贴 AI 企业",
        "甲方（a）与乙方（b）",
        "澳门大学与横琴共建算力中心",
        "résumé of naïve café",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert repair(text) == (text, ())


def test_lines_of_a_pdf_are_joined_and_headings_kept() -> None:
    lines = [
        "示例市支持算力产业发展若干措施",
        "为降低企业使用智能算力的成本，根据市政府的工作部署和要求",
        "结合本市的实际情况，经过多轮研究和广泛征求意见之后，制定",
        "本项措施，自印发之日起施行，由市工业和信息化局负责解释工",
        "作，并会同有关部门组织实施，每年安排预算用于发放市级算力",
        "券，支持中小企业购买算力服务，按照实际支出给予补贴，具体",
        "比例由当年度申报指南确定。",
        "一、支持对象和范围",
    ]
    text = repair("\n".join(lines)).text
    assert "制定本项措施" in text
    assert "市级算力券，支持" in text
    assert text.startswith("示例市支持算力产业发展若干措施\n为降低")
    assert text.endswith("申报指南确定。\n一、支持对象和范围")


def test_traditional_needs_more_than_a_quoted_word() -> None:
    assert not is_traditional("他在《紅樓夢》展览中介绍了算力券政策" + "，补贴企业租用算力" * 30)
    assert is_traditional("發放算力券，鼓勵企業")
    assert is_traditional("大模型備案數增至538款")


PIECES = st.sampled_from(
    [
        "算力券",
        "發放",
        "萬(wàn)",
        "元",
        "30%",
        "３０",
        "，",
        "。",
        "\n",
        "一、",
        "(",
        ")",
        "&",
        "&lt;",
        "&amp;",
        "<br>",
        "</p>",
        "ä¸\xad",
        "\u3000",
        "\xa0",
        "\u200b",
        "人工智慧",
        "資訊",
        "無碼",
        "在线观看",
        "ღ★",
        "1,000",
        "a",
        " ",
        "条",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=120))
def test_idempotent(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@pytest.mark.parametrize(
    "text",
    [
        "| 卖家 | 显卡型号 | 租用价格 |\n|------|----------|----------|\n| 甲云 | RTX 3090 | ¥1.5/小时 |\n"
        "| 乙云 | A100 40G | ¥7.2/小时 |\n| 丙云 | RTX 4090 | ¥2.1/小时 |",
        "\n".join(
            f"RTX {n} 24G 显卡 2.{n[0]}元/小时 现货" for n in ("3090", "4090", "5090", "3080", "4080", "5080")
        ),
    ],
)
def test_rows_of_one_length_are_no_cut_lines(text: str) -> None:
    assert repair(text).text.count("\n") == text.count("\n")


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("unit", ["9", "不超过", "(", "（wàn", "算 ", "&lt;", "ä¸", "<br", "萬", "\n", "ღ★"])
def test_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        repair(text)
        return time.process_time() - start

    seconds(10_000)
    small, large = max(seconds(100_000), 0.005), min(seconds(400_000) for _ in range(3))
    assert large < small * 16


PARAGRAPHS = (
    "The city of Linhai will set aside 80 million yuan this year for computing power vouchers, officials said. "
    "Firms that rent capacity from local data centres get back 30 percent of the bill, up to 2 million yuan each.",
    "A second scheme covers model services. It pays half of the fees for application interfaces and is capped at "
    "500,000 yuan a year for one firm; universities are left out of it.",
)


@pytest.mark.parametrize("width", [56, 72, 100])
def test_english_cut_by_a_page_width_is_joined(width: int) -> None:
    cut = "\n\n".join("\n".join(textwrap.wrap(paragraph, width)) for paragraph in PARAGRAPHS)
    assert repair(cut).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "lines",
    [
        "GPU model        memory    price an hour in dollars\nA100 SXM4 80GB   80 GB     1.89 on demand by the hour\n"
        "H100 SXM5 80GB   80 GB     2.99 on demand by the hour",
        "chip,memory,price,region,seller,stock\nA100-80G,80,1.89,us-west,first-seller,in_stock_today_and_tomorrow\n"
        "H100-80G,80,2.99,us-east,other-seller,in_stock_today_and_tomorrow",
        "Our prices are listed here for all regions and terms:\n- A100 80GB from 1.89 dollars an hour on demand in all regions\n"
        "- H100 80GB from 2.99 dollars an hour on demand in all regions",
        "H100 SXM servers with eight cards are ready for rent in Oslo\nA100 PCIe servers with eight cards are ready for rent in Rome\n"
        "L40S PCIe servers with eight cards are ready for rent in Bonn",
    ],
)
def test_rows_of_english_stay_rows(lines: str) -> None:
    assert repair(lines).text.count("\n") == lines.count("\n")


def test_sentences_about_sums_are_joined_too() -> None:
    whole = (
        "每年安排5000万元算力券，对购买智能算力的企业按实际支出30%给予补贴，单个企业每年最高200万元。对租用国产算力"
        "的企业，补贴比例提高到40%，每年最高300万元；各类创新券不得重复申领，同一合同只补贴一次。"
    )
    cut = "\n".join(whole[at : at + 24] for at in range(0, len(whole), 24))
    assert repair(cut).text == repair(whole).text
