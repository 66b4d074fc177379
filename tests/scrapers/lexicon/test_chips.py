import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.lexicon import chips

LEXICON = Path(chips.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (LEXICON / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SPELLINGS = rows("chip_spellings.csv")
HIDDEN = chips.UNNAMED | {"ambiguous"}


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row["spelling"])
def test_every_listed_spelling_resolves_to_its_family(row: dict[str, str]) -> None:
    match = chips.resolve(row["spelling"])
    assert match is not None
    assert match.family == (None if row["chip_family"] in HIDDEN else row["chip_family"])


def test_each_variant_belongs_to_a_family_that_has_a_name() -> None:
    named = {row["chip_family"] for row in rows("chip_models.csv")}
    unnamed = {r["chip_family"] for r in rows("chip_variants.csv")} - named
    # One name covers both: the page says 950PR or Atlas 300I Duo, the list of chips splits by memory and board.
    assert unnamed == {"huawei-ascend-950pr-128", "huawei-atlas-300i-duo"}


def test_every_chip_id_of_the_models_is_a_chip() -> None:
    known = {r["chip_id"] for r in rows("chip_variants.csv")}
    assert {r["chip_id"] for r in rows("chip_models.csv")} - {""} <= known


@pytest.mark.parametrize(
    ("text", "family", "chip_id", "memory", "form", "count"),
    [
        ("8×H100 SXM5 80GB", "nvidia-h100", "nvidia-h100-sxm5-80gb", 80, "SXM", 8),
        ("８卡Ｈ１００", "nvidia-h100", None, None, None, None),
        ("H100x8", "nvidia-h100", None, None, None, 8),
        ("8xA100-80G", "nvidia-a100", None, 80, None, 8),
        ("A100 X 8", "nvidia-a100", None, None, None, 8),
        ("A100X", "nvidia-a100x", "nvidia-a100x", None, None, None),
        ("80G A100 PCIe", "nvidia-a100", "nvidia-a100-pcie-80gb", 80, "PCIe", None),
        ("A100（80G 显存）SXM4", "nvidia-a100", "nvidia-a100-sxm4-80gb", 80, "SXM", None),
        ("A100-40G*8", "nvidia-a100", None, 40, None, 8),
        ("A800 40G", "nvidia-a800", "nvidia-a800-pcie-40gb", 40, None, None),
        ("H20 141G", "nvidia-h20", "nvidia-h20-141gb", 141, None, None),
        ("H20-3e", "nvidia-h20", "nvidia-h20-141gb", 141, None, None),
        ("H20（96GB）", "nvidia-h20", "nvidia-h20-96gb", 96, None, None),
        ("H20", "nvidia-h20", None, None, None, None),
        ("H100 NVL", "nvidia-h100", "nvidia-h100-nvl-94gb", None, "NVL", None),
        ("H100 PCIe/NVL", "nvidia-h100", None, None, None, None),
        ("DGX A100 640GB", "nvidia-a100", "nvidia-a100-sxm4-80gb", 80, "SXM", 8),
        ("NVIDIA H100 80GB HBM3", "nvidia-h100", "nvidia-h100-sxm5-80gb", 80, "SXM", None),
        ("V100-SXM2-32G", "nvidia-v100", "nvidia-v100-sxm2-32gb", 32, "SXM", None),
        ("RTX_4090 (49140MiB)", "nvidia-rtx-4090", None, 48, None, None),
        ("4090 48G 魔改", "nvidia-rtx-4090", None, 48, None, None),
        ("RTX 3080x2", "nvidia-rtx-3080", None, 20, None, None),
        (
            "RTX PRO 6000 Blackwell Server Edition",
            "nvidia-rtx-pro-6000",
            "nvidia-rtx-pro-6000-server",
            None,
            None,
            None,
        ),
        ("昇腾 910 B", "huawei-ascend-910b", "huawei-ascend-910b", None, None, None),
        ("升腾910B3 64G", "huawei-ascend-910b3", "huawei-ascend-910b3", 64, None, None),
        ("寒武纪370-X8", "cambricon-mlu370", "cambricon-mlu370-x8", None, None, None),
        ("MLU370X8", "cambricon-mlu370", "cambricon-mlu370-x8", None, None, None),
        ("百度昆仑 P800", "kunlunxin-p800", "kunlunxin-p800", None, None, None),
        ("MI 300X", "amd-mi300x", "amd-mi300x", None, None, None),
    ],
)
def test_unlisted_spellings(
    text: str, family: str, chip_id: str | None, memory: float | None, form: str | None, count: int | None
) -> None:
    match = chips.resolve(text)
    assert match is not None
    assert (match.family, match.chip_id, match.memory_gib, match.form_factor, match.chips) == (
        family,
        chip_id,
        memory,
        form,
        count,
    )


@pytest.mark.parametrize(
    ("look_alikes"),
    [
        ["4090", "4090D", "4090 Ti"],
        ["RTX 5090", "RTX 5090 D", "RTX 5090D V2"],
        ["A6000", "RTX 6000 Ada", "RTX PRO 6000", "RTX 6000D", "RTX 6000"],
        ["A40", "A4000", "A400M"],
        ["A10", "A10G", "A100", "A100X", "A16"],
        ["L4", "L40", "L40S", "L20", "英伟达 L2"],
        ["910", "910B", "910B3", "910C"],
        ["V100", "V100S", "BI-V100", "MR-V100"],
        ["K100", "K100-AI"],
        ["P40", "P4000", "RTX A4000", "RTX 4000", "RTX 4000 Ada", "RTX 4000 SFF Ada", "Quadro M4000"],
        ["GTX 1080", "GTX 1080 Ti", "GTX 1070", "GTX 1070 Ti", "GTX 1060"],
        ["Tesla T4", "T4G", "Tesla T10", "燧原 T10", "K80", "M60"],
        ["Titan V", "Titan X", "Titan Xp", "Titan RTX"],
        ["沐曦 C500", "沐曦 C550", "沐曦 C588", "瀚博 VA10", "瀚博 VA1", "太初 T100", "曦望 S2"],
    ],
)
def test_look_alikes_stay_apart(look_alikes: list[str]) -> None:
    read = [chips.resolve(text) for text in look_alikes]
    known = [m.family for m in read if m is not None]
    assert len(set(known)) == len(known)


def test_cards_of_older_and_newer_makers_are_known() -> None:
    named = [
        "Quadro P2000",
        "M4000 8GB",
        "GTX 1660 Ti",
        "Tesla K80",
        "昇腾 910B2C",
        "摩尔线程 S2000",
        "Radeon Pro V520",
    ]
    assert [m.family if (m := chips.resolve(name)) else None for name in named] == [
        "nvidia-quadro-p2000", "nvidia-quadro-m4000", "nvidia-gtx-1660-ti", "nvidia-k80", "huawei-ascend-910b2",
        "mthreads-s2000", "amd-v520",
    ]  # fmt: skip
    assert [chips.resolve(name) for name in ("T100", "S2", "VA1", "M10", "1080")] == [None] * 5


@pytest.mark.parametrize("maker", ["壁仞", "英伟达 ", "华为"])
def test_model_beats_maker(maker: str) -> None:
    match = chips.resolve(f"{maker}天垓100")
    assert match is not None
    assert match.family == "iluvatar-bi-v100"


@pytest.mark.parametrize(
    "text",
    [
        "4090元/月",
        "月租 ￥3090",
        "3,090",
        "共 4090 台",
        "L2 缓存 40MB",
        "RTX 4090 Laptop",
        "4090m",
        "Intel Xeon Platinum 8255C",
        "海光7285",
        "R200",
        "MI300",
        "DDR4 64G",
    ],
)
def test_what_is_not_a_chip_stays_unknown(text: str) -> None:
    assert chips.find(text) == []


@pytest.mark.parametrize("text", ["vGPU-48GB", "v-48g-350w", "v-24g-p", "vGPU", "GPU80G", "GPU(ACD)"])
def test_hidden_chips_have_no_family(text: str) -> None:
    match = chips.resolve(text)
    assert match is not None
    assert match.family is None
    assert match.chip_text


def test_fraction_of_a_card_is_said() -> None:
    match = chips.resolve("1/4 * T4")
    assert match is not None
    assert (match.family, match.fraction) == ("nvidia-t4", 0.25)


def test_two_chips_behind_one_price_are_ambiguous() -> None:
    assert [m.ambiguous for m in chips.find("A100/H100 2.5万")] == [True, True]
    both = chips.resolve("A10/4090（24G）")
    assert both is not None
    assert (both.family, both.ambiguous) == (None, True)


def test_columns_of_the_row_refine_but_the_name_wins() -> None:
    by_row = chips.resolve("A100", memory_gib=80, form_factor="NVLink")
    assert by_row is not None
    assert by_row.chip_id == "nvidia-a100-sxm4-80gb"
    named = chips.resolve("A100 40G", memory_gib=80)
    assert named is not None
    assert named.memory_gib == 40


def test_host_memory_is_not_card_memory() -> None:
    (match,) = chips.find("内存 96G H20")
    assert match.memory_gib is None


def test_same_instance_name_of_two_clouds() -> None:
    tencent, alibaba = chips.resolve("GN7.2XLARGE32"), chips.resolve("ecs.gn7i-c8g1.2xlarge")
    assert tencent is not None
    assert alibaba is not None
    assert (tencent.family, alibaba.family) == ("nvidia-t4", "nvidia-a10")


@pytest.mark.parametrize(
    ("total", "cards", "each"), [(640, 8, 80), (80, 8, 80), (786432 / 1024, 8, 96), (49140 / 1024, 1, 48)]
)
def test_memory_of_one_card(total: float, cards: int, each: float) -> None:
    assert (
        chips.per_card_memory(
            "nvidia-h20" if each == 96 else "nvidia-h100" if each == 80 else None, total, cards
        )
        == each
    )


SEPARATORS = st.sampled_from(["", " ", "-", "_", "  "])
WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}


@given(
    model=st.sampled_from(
        [
            "RTX|4090",
            "RTX|4090|D",
            "RTX|5090|D|V2",
            "A100|SXM4|80GB",
            "H20|141G",
            "PRO|6000",
            "昇腾|910B",
            "天垓|100",
        ]
    ),
    gaps=st.lists(SEPARATORS, min_size=4, max_size=4),
    upper=st.booleans(),
    wide=st.booleans(),
)
def test_separators_case_and_width_do_not_matter(
    model: str, gaps: list[str], upper: bool, wide: bool
) -> None:
    parts = model.split("|")
    plain = chips.resolve(" ".join(parts))
    # Two numbers written together are one number: keep them apart.
    glue = [
        g if not (a[-1].isalnum() and b[0].isdigit() and a[-1].isdigit() and not g) else " "
        for g, a, b in zip(gaps, parts, parts[1:], strict=False)
    ]
    text = parts[0] + "".join(g + p for g, p in zip(glue, parts[1:], strict=True))
    text = text.upper() if upper else text.lower()
    varied = chips.resolve(text.translate(WIDE) if wide else text)
    assert plain is not None
    assert varied is not None
    assert (varied.family, varied.chip_id) == (plain.family, plain.chip_id)


@given(st.text(alphabet="A4019085HRTX ×*/卡元万0.GB-昇腾", max_size=40))
def test_offsets_point_at_the_words_and_never_overlap(text: str) -> None:
    end = 0
    for match in chips.find(text):
        assert text[match.start : match.end] == match.chip_text
        assert match.start >= end
        end = match.end


@pytest.mark.parametrize(
    ("family", "total", "cards", "each"),
    [
        ("nvidia-rtx-4090", 49140 / 1024, 1, 48.0),
        ("nvidia-rtx-4090", 24564 / 1024, 1, 24.0),
        ("huawei-ascend-910b", 64, 1, 64.0),
        ("nvidia-a40", 46068 / 1024, 1, 48.0),
        ("nvidia-l40s", 92136 / 1024, 2, 48.0),
    ],
)
def test_memory_of_one_card_is_not_divided_and_snaps_to_what_is_sold(
    family: str, total: float, cards: int, each: float
) -> None:
    assert chips.per_card_memory(family, total, cards) == each
