"""Looking for a pattern only where it can begin finds what looking everywhere finds."""

import re
from pathlib import Path

import pytest

from scrapers.extract.policy import clauses, segments, topics, trust, when
from scrapers.text import money, scan
from scrapers.text.repair import fold

CASES = Path(__file__).parents[2] / "bench" / "policy_cases"
TEXTS = [fold(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.txt"))]
# What no case says, so that no branch of a pattern goes untried.
TEXTS.append(
    "券自领取之日起6个月有效,额度有效期为一年,有效期自发放之日起12个月,有效期6个月,领券之日起半年内有效,申领之日起3个月有效\n"
    "发布日期:2025-01-02 发文日期:2025年 成文日期:2025- 生成日期:2025- 公开日期:2025- 印发日期:2025- 更新时间:2025- 签发日期:2025- "
    "上传时间:2025- 信息时间:2025- 日期:2025- 时间:2025- 公布日期:2025- 发表时间:2025-\n"
    "须于2025年5月6日前提交,在2025年5月6日至2025年6月6日期间提交,受理时间为,报送截止,填报期限,兑付时间,征集截止日期,截至2025年,应在2025年6月1日前\n"
    "训力、模型券,大模型/语料券,数据、场景券,词元、智能体券,token、算法券,US$5 million,HK$3,nt$7,cn¥8,RMB 9,usd 4,£3,€2,全额补贴,一半,百分之五,三分之一\n"
    "记者获悉,据悉,据了解,了解到,讯:,讯(,本报,责编,编辑:,来源:某网,新华社,小编,值得一提,业内人士,报道\n"
    "例如,比如,譬如,举例,假设,假如,假定,如果按,若按,测算,如某,以某,示例,例1:,5万元×2,3 x 4,= 7,2/30,请于5月6日前提交,在6月1日之前\n"
    "* 第一章 总则\n#方向一 x\n问1:x。一、x;(二)x!1.x?(3)x:①x]「四」 附件1:x) 五、x\t（六）\n• 1.2.x"
    "云算,卡时,核时,机时,计算资源,智算,超算,用算,GPU,MaaS,tokens,上架率,机架,pue,购买数据,采购模型,订购数据,使用模型,调用模型,Voucher,subsidy,computing"
)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (money._AMOUNT, money._BEGINS),
        (when._APPLY, when._APPLY_BEGINS),
        (when._VALID, when._VALID_BEGINS),
        (when._LABEL, when._LABEL_BEGINS),
        (trust._NEWS, trust._NEWS_BEGINS),
        (when._BY_MONTH_DAY, when._BY_BEGINS),
        (segments._OPENING, segments._OPENING_BEGINS),
        (clauses._EXAMPLE, clauses._EXAMPLE_BEGINS),
        (topics._SHARED, topics._SHARED_BEGINS),
        (topics._RELEVANT, topics._RELEVANT_BEGINS),
    ],
)
def test_nothing_is_lost(pattern: re.Pattern[str], letters: re.Pattern[str]) -> None:
    found = 0
    for text in TEXTS:
        everywhere = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in scan.matches(pattern, letters, text)] == everywhere
        found += len(everywhere)
    assert found >= 3


def test_an_end_is_kept_to() -> None:
    words, letters = re.compile("算力|算"), re.compile("[算]")
    assert [match.span() for match in scan.matches(words, letters, "算力算力算力", 2, 5)] == [(2, 4), (4, 5)]


def test_letters_are_put_for_letters_as_by_a_table() -> None:
    table: dict[int, int | str | None] = {ord("，"): ",", ord("]"): "」", ord("^"): None, ord("Ａ"): ord("A")}
    text = "算力，[券]^Ａ\\-"
    assert scan.translator(table)(text) == text.translate(table) == "算力,[券」A\\-"
