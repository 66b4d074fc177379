"""Who may have the support: conditions as named criteria, with their words.

A condition is recognised by an anchor (非关联, 注册, 备案 …) and by the words of the phrase around it; the phrase is its text.
"""

import re
from collections.abc import Iterator

from scrapers.records import Criterion

CRITERIA: dict[str, str] = {
    "registration_place_required": "Registered, taxed or operating in the place; `false` where outsiders are invited too.",
    "requires_unrelated_party": "Supplier and buyer may not be related parties.",
    "requires_designated_provider": "Compute from a named centre, a listed supplier or a platform only.",
    "requires_model_filing": "The model must be filed or registered with the cyberspace administration.",
    "domestic_chip_preference": "Domestic chips are asked for, preferred or paid more.",
    "research_project": "Leading or holding a national or provincial project is asked for or paid more.",
    "contract_signed_and_paid": "A contract must be signed and money really paid.",
    "no_double_funding": "The same spending may not be funded twice.",
    "clean_record": "No black-list, serious dishonesty or unlawful act in a given time.",
    "excludes_own_use": "Compute built and used by the same firm does not count.",
    "excludes_storage_network": "Storage, network, security and similar services do not count.",
    "one_side_only": "Supplier and user of the same contract may not both apply.",
    "max_years": "Years one beneficiary is supported at most.",
    "min_spend_cny": "Spending on compute from which support begins, in yuan.",
    "min_revenue_cny": "Least revenue of an applicant, in yuan, where it is a condition of the voucher itself.",
}

# (anchor, criterion, value, what the phrase around the anchor must hold as well)
_RULES: tuple[tuple[str, str, str, re.Pattern[str] | None], ...] = (
    ("内外", "registration_place_required", "false", re.compile(r"(?:省|市|区|境)内外[^,;]{0,20}(?:企业|高校|机构|单位|主体)")),
    ("内、", "registration_place_required", "false", re.compile(r"(?:省|市|区|境)内、外")),
    (
        "注册",
        "registration_place_required",
        "true",
        re.compile(r"(?:在|于)[^,;]{0,16}(?:市|省|区|县|京|沪|内|本地|当地|境)[^,;]{0,6}(?:依法)?(?:登记|注册)|注册(?:地|登记)?[^,;]{0,8}(?:在|于)|(?:市|省|区|县|境)(?:域)?(?:内|范围内)?(?:依法)?(?:登记)?注册|我市注册|本市注册"),
    ),
    ("纳税", "registration_place_required", "true", re.compile(r"(?:在|于|本)[^,;]{0,12}(?:依法)?纳税|纳税(?:关系|地)")),
    ("依法经营", "registration_place_required", "true", re.compile(r"在[^,;]{1,12}依法经营")),
    ("在皖", "registration_place_required", "true", None),
    ("我市", "registration_place_required", "true", re.compile(r"(?:租用|购买|使用|申|采购)")),
    ("本市", "registration_place_required", "true", re.compile(r"(?:租用|购买|采购|申领|申请)[^,;]{0,20}算力")),
    ("全市", "registration_place_required", "true", re.compile(r"全市[^,;]{0,16}(?:重点)?企业")),
    ("非关联", "requires_unrelated_party", "true", None),
    ("无关联", "requires_unrelated_party", "true", None),
    ("关联关系", "requires_unrelated_party", "true", re.compile(r"无|不|非")),
    ("关联方", "requires_unrelated_party", "true", re.compile(r"无|不|非")),
    (
        "平台",
        "requires_designated_provider",
        "true",
        re.compile(
            r"(?:通过|依托|接入|入驻|使用|经|在|基于)[^,;]{0,22}(?:算力|智算|赋能|运营|调度|公共)?[^,;]{0,12}平台[^,;]{0,18}(?:租用|购买|使用|订购|定购|采购|接入|交易|实施)|"
            r"(?:租用|购买|使用|订购|采购)[^,;]{0,20}平台[^,;]{0,8}(?:算力|资源|服务)|接入[^,;]{0,14}平台|(?:算力|调度|交易|运营)平台[^,;]{0,16}(?:运营服务单位|服务单位|全流程|实际使用量)|平台中算力"
        ),
    ),
    (
        "算力",
        "requires_designated_provider",
        "true",
        re.compile(
            r"(?:使用|购买|租用|租赁|采购)[^,;]{0,8}(?:国家超(?:算|级计算)[^,;]{1,8}中心|[^,;]{2,10}(?:智算|超算|计算)中心|[^,;]{2,10}集群|[^,;]{0,8}合作中心|贵州|当地|本地|省内|市内)[^,;]{0,24}(?:算力|智算|计算)|"
            r"(?:入库|入选|纳入|列入|认定|公布|遴选|指定|签约|备选|名录|清单|目录)[^,;]{0,14}算力[^,;]{0,6}(?:商|方|机构|企业|单位|中心|伙伴)|"
            r"算力[^,;]{0,8}(?:服务|供给|供应|资源)[^,;]{0,4}(?:商|方|机构|企业|单位)[^,;]{0,12}(?:名录|名单|清单|目录|入库)"
        ),
    ),
    ("智算中心", "requires_designated_provider", "true", re.compile(r"(?:购买|租用|使用)(?:符合)?[^,;]{0,16}智算中心")),
    ("数据中心", "requires_designated_provider", "true", re.compile(r"(?:可)?在[^,;]{2,10}(?:各类)?数据中心[^,;]{0,30}(?:使用|处)|使用[^,;]{2,8}数据中心")),
    ("备案", "requires_model_filing", "true", re.compile(r"(?:通过|完成|取得|获得|经|已)[^,;]{0,30}备案|备案(?:登记)?的[^,;]{0,10}(?:模型|算法)")),
    ("国产", "domestic_chip_preference", "true", re.compile(r"国产[^,;]{0,12}(?:芯片|算力|智算|GPU|设施|比例|服务器|软硬件)")),
    ("自主可控", "domestic_chip_preference", "true", re.compile(r"芯片|算力|智算|设施|软硬件")),
    ("重大", "research_project", "true", re.compile(r"(?:承接|承担|牵头|参与|领衔|申报)[^,;]{0,40}项目")),
    ("项目牵头", "research_project", "true", None),
    ("揭榜挂帅", "research_project", "true", re.compile(r"项目")),
    ("实际支付", "contract_signed_and_paid", "true", None),
    ("支付凭证", "contract_signed_and_paid", "true", None),
    ("发票", "contract_signed_and_paid", "true", None),
    ("全额支付", "contract_signed_and_paid", "true", None),
    ("重复", "no_double_funding", "true", re.compile(r"不[^,;]{0,6}重复|就高不|从高|避免")),
    ("未获得其他", "no_double_funding", "true", None),
    ("失信", "clean_record", "true", None),
    ("黑名单", "clean_record", "true", None),
    ("行政处罚", "clean_record", "true", None),
    ("违法", "clean_record", "true", re.compile(r"无|未|不|没有")),
    ("自建自用", "excludes_own_use", "true", None),
    ("自有算力", "excludes_own_use", "true", re.compile(r"除|不")),
    ("存储", "excludes_storage_network", "true", re.compile(r"不(?:含|包括|包含|予)|除|扣除|剔除")),
    ("同时申", "one_side_only", "true", re.compile(r"供|需")),
)  # fmt: skip
_ANCHORS: dict[str, list[tuple[str, str, re.Pattern[str] | None]]] = {}
for _anchor, _criterion, _value, _words in _RULES:
    _ANCHORS.setdefault(_anchor, []).append((_criterion, _value, _words))
_ANY = re.compile("|".join(sorted(_ANCHORS, key=len, reverse=True)))
_PHRASE_END = re.compile(r"[,。;:!?\n]")
_YEARS = re.compile(
    r"(?:支持|补贴|补助|资助|享受|扶持|奖励)(?:期限)?(?:最长|最多)?(?:不超过|为|至多|最长)?\s?(?P<n>[1-5一二两三四五])\s?年(?!度|内|[一-龥]*?建)"
)
_COUNT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def read(text: str, folded: str, spans: list[tuple[int, int]]) -> list[Criterion]:
    """The criteria found in the stretches that speak of a programme, one a name, in the order of `CRITERIA`."""
    found: dict[str, Criterion] = {}
    for start, end in spans:
        for name, value, begin, finish in _hits(folded, start, end):
            if name not in found:
                found[name] = Criterion(criterion=name, value=value, text=text[begin:finish].strip(" ,，、"))
    return [found[name] for name in CRITERIA if name in found]


def _hits(folded: str, start: int, end: int) -> Iterator[tuple[str, str, int, int]]:
    for match in _ANY.finditer(folded, start, end):
        begin, finish = _phrase(folded, match.start(), match.end(), start, end)
        phrase = folded[begin:finish]
        for name, value, words in _ANCHORS[match[0]]:
            if words is None or words.search(phrase):
                yield name, value, begin, finish
    if "年" in folded[start:end] and (years := _YEARS.search(folded, start, end)) is not None:
        number = years["n"]
        count = int(number) if number.isascii() else _COUNT[number]
        yield "max_years", str(count), years.start(), years.end()


def _phrase(folded: str, at: int, to: int, start: int, end: int) -> tuple[int, int]:
    """The phrase around a place: between the marks before and after it, at most 60 letters to each side."""
    begin = max(start, at - 60)
    for mark in _PHRASE_END.finditer(folded, begin, at):
        begin = mark.end()
    stop = _PHRASE_END.search(folded, to, min(end, to + 60))
    return begin, stop.start() if stop else min(end, to + 60)
