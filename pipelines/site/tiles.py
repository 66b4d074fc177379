"""Where each province stands on the tile map: one square a province, near its neighbours, none larger than another."""

from collections.abc import Callable

from pipelines.site.blocks import Tile
from pipelines.site.words import english_places

# name: (column, row) of a grid of 11 by 8
GRID = {
    "黑龙江省": (10, 0), "内蒙古自治区": (7, 1), "吉林省": (10, 1), "新疆维吾尔自治区": (1, 2), "甘肃省": (4, 2),
    "宁夏回族自治区": (5, 2), "山西省": (7, 2), "河北省": (8, 2), "北京市": (9, 2), "辽宁省": (10, 2),
    "青海省": (3, 3), "陕西省": (6, 3), "河南省": (7, 3), "山东省": (8, 3), "天津市": (9, 3),
    "西藏自治区": (2, 4), "四川省": (5, 4), "重庆市": (6, 4), "湖北省": (7, 4), "安徽省": (8, 4), "江苏省": (9, 4),
    "上海市": (10, 4), "云南省": (4, 5), "贵州省": (5, 5), "湖南省": (6, 5), "江西省": (7, 5), "浙江省": (9, 5),
    "广西壮族自治区": (5, 6), "广东省": (7, 6), "福建省": (8, 6), "台湾省": (10, 6), "海南省": (6, 7),
    "澳门特别行政区": (7, 7), "香港特别行政区": (8, 7),
}  # fmt: skip
SHORT = {"Inner Mongolia": "I. Mongolia", "Heilongjiang": "Heilongj."}


def tiles(
    value: Callable[[str], float | None], title: Callable[[str], str], steps: tuple[float, ...]
) -> list[Tile]:
    """A tile for every province; `steps` are the lower bounds of the shades."""
    out = []
    for name, (column, row) in GRID.items():
        found = value(name)
        level = 0 if not found else sum(found >= step for step in steps)
        english = english_places().get(name, name)
        out.append(
            Tile(
                SHORT.get(english, english), name, column + 1, row + 1, level,
                f"{found:,.0f}" if found else "", title(name),
            )
        )  # fmt: skip
    return out
