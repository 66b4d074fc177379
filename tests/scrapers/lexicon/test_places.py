"""Names of places to codes."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.lexicon.places import all_places, by_code, by_name, city_of, find, province_of


def test_table_is_whole() -> None:
    places = all_places()
    levels = [place.level for place in places]
    assert (levels.count("province"), levels.count("city")) == (34, 333)
    codes = [place.code for place in places if place.level != "zone"]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    for place in places:
        if place.level != "national":
            assert province_of(place.code) is not None, place
        if place.level == "zone":
            assert by_code(place.code) is not None, place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("深圳市南山区与北京经开区", ["深圳市", "南山区", "北京经济技术开发区"]),
        ("杭州市余杭区人民政府", ["杭州市", "余杭区"]),
        ("内蒙古自治区呼和浩特市和林格尔新区", ["内蒙古自治区", "呼和浩特市", "和林格尔新区"]),
        ("各位来宾在日照下", []),
        ("成都高新区人工智能", ["成都高新区"]),
        ("Shanghai, Inner Mongolia and Xi'an", ["上海市", "内蒙古自治区", "西安市"]),
        ("The Henan Provincial Government", ["河南省"]),
    ],
)
def test_find(text: str, names: list[str]) -> None:
    mentions = find(text)
    assert [mention.place.name for mention in mentions] == names


def test_longest_name_wins() -> None:
    (mention,) = find("吉林省")
    assert mention.place.code == "220000"
    assert find("吉林市")[0].place.code == "220200"
    assert find("海南藏族自治州")[0].place.code == "632500"


def test_english_districts_that_share_their_name_with_a_city() -> None:
    assert [m.place.name for m in find("Chaoyang District and Chaoyang")] == ["朝阳区", "朝阳市"]


def test_ways_up() -> None:
    assert by_name("余杭区").code == "330110"  # type: ignore[union-attr]
    assert province_of("330110").name == "浙江省"  # type: ignore[union-attr]
    assert city_of("330110").name == "杭州市"  # type: ignore[union-attr]
    assert city_of("110108") is None
    assert by_name("全国").code == "000000"  # type: ignore[union-attr]
    assert by_name("无此地") is None
    assert province_of("000000") is None


@given(st.text(alphabet="杭州市余区北京经开区南山临港新片Shanghai ", max_size=60))
def test_spans_are_the_words(text: str) -> None:
    mentions = find(text)
    for mention in mentions:
        words = text[mention.start : mention.end]
        assert by_name(words) is not None
    for before, after in itertools.pairwise(mentions):
        assert before.end <= after.start


def test_counties_by_their_full_name_only() -> None:
    assert [mention.place.code for mention in find("海宁市人民政府与天门市")] == ["330481", "429006"]
    assert by_name("海宁市").name_en == ""  # type: ignore[union-attr]
    assert find("海宁的中原区域和各县区") == []
    assert [m.place.name for m in find("目前海南有2款")] == ["海南省"]
