"""Who may have the support: conditions as named criteria, with their words."""

import re

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
    "min_spend_cny": "Spending on compute from which support begins, in yuan.",
    "min_revenue_cny": "Least revenue of an applicant, in yuan, where it is a condition of the voucher itself.",
    "max_years": "Years one beneficiary is supported at most.",
    "target": "Kinds of beneficiaries the text names.",
    "other": "A condition in the words of the text.",
}

_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "registration_place_required",
        "false",
        re.compile(
            r"[^。;\n]{0,24}(?:省|市|区|境)(?:内外|内、外)(?:的)?[^。;\n]{0,30}(?:企业|高校|机构|单位|主体)"
        ),
    ),
    (
        "registration_place_required",
        "true",
        re.compile(
            r"(?:在|于)[^,。;\n]{1,16}?(?:注册|登记|设立|依法纳税|纳税)[^。;\n]{0,24}|(?:注册地|登记地|工商注册|纳税地|税务登记|统计关系)[^。;\n]{0,24}?(?:在|为|位于)[^。;\n]{1,16}|"
            r"注册[^,。;\n]{0,6}(?:在|于)[^。;\n]{1,16}|(?:本市|我市|本省|我省|本区|我区|市内|省内|区内)(?:依法)?(?:注册|登记)[^。;\n]{0,20}|在(?:皖|豫|川|黔|鲁|苏|浙|闽|赣|粤|桂|渝|津|沪|京|甬|扬|邕|榕|汉|蓉|穗)(?:的)?(?:企业|高校|科研|人工智能)[^。;\n]{0,16}|"
            r"(?:本市|我市|本省|我省|本区|我区|全市)(?:的)?(?:企业|租用|[^,。;\n]{0,12}企业)[^。;\n]{0,12}(?:租用|购买|申领|申请|使用)[^。;\n]{0,8}"
        ),
    ),
    (
        "requires_unrelated_party",
        "true",
        re.compile(
            r"[^,。;\n]{0,20}(?:非关联|无关联|不存在(?:任何)?关联|不得(?:存在|有)关联|不具有关联|无(?:任何)?(?:直接|间接)?(?:股权|关联)关系|非关联方)[^。;\n]{0,20}"
        ),
    ),
    (
        "requires_designated_provider",
        "true",
        re.compile(
            r"(?:通过|依托|接入|入驻|使用|经)[^,。;\n]{0,20}(?:算力(?:服务|调度|交易|公共|券|综合|资源|互联|运营|供给)?[^,。;\n]{0,10}平台|调度平台|服务平台)[^。;\n]{0,16}|"
            r"(?:须|需|应|必须)(?:为|是|从|向|在)?[^,。;\n]{0,16}(?:入库|名录|清单|目录|平台|认定|备案)[^,。;\n]{0,10}(?:算力|供给|供应|服务)[^。;\n]{0,14}|(?:入库|入选|纳入|列入|认定|公布|遴选|指定|签约|合作)(?:的|名录的|清单的|目录的)?[^,。;\n]{0,10}(?:算力|智算)(?:服务|供给|供应|资源|运营)?(?:商|方|机构|企业|单位|中心)[^。;\n]{0,14}|"
            r"(?:使用|购买|租用|租赁)[^,。;\n]{0,6}(?:国家超算[^,。;\n]{2,6}中心|[^,。;\n]{2,8}(?:智算|超算|计算)中心|[^,。;\n]{2,6}集群)[^,。;\n]{0,12}算力[^。;\n]{0,8}|购买贵州算力[^。;\n]{0,8}"
        ),
    ),
    (
        "requires_model_filing",
        "true",
        re.compile(
            r"[^,。;\n]{0,16}(?:通过|完成|取得|获得|经|已)[^,。;\n]{0,16}备案[^,。;\n]{0,14}(?:模型|算法|服务)[^,。;\n]{0,10}|(?:模型|算法)[^,。;\n]{0,10}(?:通过|完成|取得|已)[^,。;\n]{0,12}备案[^,。;\n]{0,10}"
        ),
    ),
    (
        "domestic_chip_preference",
        "true",
        re.compile(
            r"[^,。;\n]{0,16}(?:国产(?:化)?(?:自主)?(?:可控)?[^,。;\n]{0,6}(?:芯片|算力|智算|GPU|AI|设施|化)|自主可控[^,。;\n]{0,8}(?:芯片|算力|智算|设施)|国产化比例|信创)[^,。;\n]{0,24}"
        ),
    ),
    (
        "research_project",
        "true",
        re.compile(
            r"[^,。;\n]{0,12}(?:国家|省)级?、?(?:省级?)?[^,。;\n]{0,16}(?:重大|重点|科技|攻关|产业化|揭榜)[^,。;\n]{0,12}项目[^,。;\n]{0,16}"
        ),
    ),
    (
        "contract_signed_and_paid",
        "true",
        re.compile(
            r"[^,。;\n]{0,20}(?:实际支付|完成支付|支付凭证|已(?:实际)?支付|付款凭证|发票)[^,。;\n]{0,16}"
        ),
    ),
    (
        "no_double_funding",
        "true",
        re.compile(
            r"[^,。;\n]{0,30}(?:不(?:得|可|予)?(?:重复|再次|另行)(?:申报|享受|申领|支持|补贴|资助|申请|奖励)|就高不重复|不重复(?:享受|补贴|申领|支持|奖励)|从高不重复|择优不重复|不叠加)[^,。;\n]{0,14}"
        ),
    ),
    (
        "clean_record",
        "true",
        re.compile(
            r"[^,。;\n]{0,16}(?:失信|黑名单|重大(?:违法|安全|环保)|严重违法|信用中国|违法违规)[^,。;\n]{0,20}"
        ),
    ),
    ("excludes_own_use", "true", re.compile(r"[^,。;\n]{0,10}(?:自建自用|自用算力|自建算力)[^,。;\n]{0,10}")),
    (
        "excludes_storage_network",
        "true",
        re.compile(
            r"(?:不含|不包括|不包含|扣除|剔除|除)[^。;\n]{0,10}(?:存储|网络|带宽|安全|机柜)[^,。;\n]{0,20}"
        ),
    ),
    (
        "one_side_only",
        "true",
        re.compile(
            r"(?:供需双方|供给方和需求方|供需方)[^,。;\n]{0,8}不[^,。;\n]{0,8}(?:同时|重复)[^,。;\n]{0,8}"
        ),
    ),
)
_YEARS = re.compile(
    r"(?:连续)?(?:支持|补贴|补助|资助|享受|扶持|奖励)(?:期限)?(?:最长|最多)?(?:不超过|为|至多|最长)?\s?(?P<n>\d|[一二两三四五])\s?年(?!度|度内|\d)|最多(?:连续)?(?:支持|享受)(?P<m>\d|[一二两三四五])年"
)
_COUNT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


def read(text: str, folded: str, spans: list[tuple[int, int]]) -> list[Criterion]:
    """The criteria found in the stretches that speak of a programme, one a name, in the order of `CRITERIA`."""
    found: dict[str, Criterion] = {}
    for start, end in spans:
        for name, value, words in _RULES:
            if name in found:
                continue
            if (match := words.search(folded, start, end)) is not None:
                found[name] = Criterion(
                    criterion=name, value=value, text=text[match.start() : match.end()].strip(" ,，")
                )
        if "max_years" not in found and (match := _YEARS.search(folded, start, end)) is not None:
            number = match["n"] or match["m"]
            found["max_years"] = Criterion(
                criterion="max_years",
                value=number if number.isdigit() else str(_COUNT[number]),
                text=text[match.start() : match.end()],
            )
    return [found[name] for name in CRITERIA if name in found]
