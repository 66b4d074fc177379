"""Announcements to events: Register documents, filings, Chinese notices, releases and reports. The texts are our own."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers import formats
from scrapers.documents import Context, Document
from scrapers.extract.restrictions import keys, read
from scrapers.issues import Issue
from scrapers.records import Restriction


def events(
    text: str, *, url: str = "", name: str = "page.txt", read_on: str | None = None
) -> tuple[list[Restriction], list[Issue]]:
    document = formats.read(text.encode(), name=name, url=url)
    found = list(read(document, Context(document_key=url or name, url=url, date=day(read_on))))
    for item in found:
        if isinstance(item, Restriction) and item.ground.start is not None:
            assert document.text[item.ground.start : item.ground.end] == item.ground.quote
    return [i for i in found if isinstance(i, Restriction)], [i for i in found if isinstance(i, Issue)]


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


REGISTER = """[Federal Register Volume 89, Number 234 (Thursday, December 5, 2024)]
[Rules and Regulations]
[Pages 96790-96830]
[FR Doc No: 2024-28270]

DEPARTMENT OF COMMERCE

Bureau of Industry and Security

15 CFR Parts 734, 740 and 774

RIN 0694-AJ74


Refinements to Controls for Memory
and Tools

AGENCY: Bureau of Industry and Security, Department of Commerce.

ACTION: Interim final rule; request for comments.

SUMMARY: The Bureau controls high-bandwidth memory in ECCN 3A090.c. It also
widens the reach over foreign-made items.

DATES: This rule is effective December 2, 2024. The compliance date for the memory
paragraph is December 31, 2024. Comments must be received by January 31, 2025.

SUPPLEMENTARY INFORMATION: Text.
"""


def test_a_register_document_by_its_sections() -> None:
    (event,), issues = events(REGISTER)
    assert event.title == "Refinements to Controls for Memory and Tools"
    assert (event.announced_date, event.effective_date) == (day("2024-12-05"), day("2024-12-02"))
    assert event.document_number == "89 FR 96790; FR 2024-28270; RIN 0694-AJ74"
    assert (event.jurisdiction, event.authority, event.instrument) == ("US", "BIS", "rule")
    assert event.status_note == "days named: 2024-12-02, 2024-12-31, 2025-01-31"
    assert event.covers is not None
    assert {"3A090.c", "high-bandwidth memory"} <= set(event.covers.split("; "))
    assert event.ground.quote.startswith("The Bureau controls high-bandwidth memory")
    assert not [i for i in issues if i.level != "info"]


def test_the_day_of_filing_is_the_day_of_announcement() -> None:
    (event,), _ = events(REGISTER + "\n[FR Doc. 2024-28270 Filed 12-2-24; 8:45 am]\n")
    assert event.announced_date == day("2024-12-02")


def test_an_answer_of_the_api_gives_one_event_a_document() -> None:
    item = {
        "document_number": "2022-21658", "title": "Advanced Computing; Entity List Modification", "type": "Rule", "effective_on": None,
        "publication_date": "2022-10-13", "citation": "87 FR 62186", "agencies": [{"name": "Industry and Security Bureau", "slug": "industry-and-security-bureau"}],
        "dates": "The rule is effective October 7, 2022, except for part 744, effective October 21, 2022.", "regulation_id_numbers": ["0694-AI94"],
    }  # fmt: skip
    found, _ = events(
        json.dumps({"results": [item, item | {"document_number": "2022-99999"}]}), name="a.json"
    )
    assert [e.event_id for e in found] == ["FR-2022-21658", "FR-2022-99999"]
    assert (found[0].effective_date, found[0].status_note) == (
        day("2022-10-07"),
        "days named: 2022-10-07, 2022-10-21",
    )
    assert found[0].document_number == "87 FR 62186; FR 2022-21658; RIN 0694-AI94"
    # a rule that also changes entries of a list is a rule; one whose title is an addition to it is a listing
    assert (found[0].authority, found[0].instrument) == ("BIS", "rule")
    titles = {
        "Additions and Modifications to the Entity List; Removals From a Program": "entity listing",
        "Entity List Additions": "entity listing",
        "Removal From the Unverified List": "entity listing",
        "Wider Controls for Affiliates of Certain Listed Entities": "rule",
    }
    for title, kind in titles.items():
        (event,), _ = events(json.dumps({"results": [item | {"title": title}]}), name="a.json")
        assert event.instrument == kind, title


@pytest.mark.parametrize(
    ("text", "announced", "effective", "ended", "authority", "instrument", "number"),
    [
        (  # a suspension with its end
            "商务部 海关总署公告2025年第70号\n【发文日期】2025年11月7日\n现决定，自即日起至2026年11月10日，暂停实施2025年第55号、56号公告。\n商务部　海关总署\n2025年11月7日\n",
            "2025-11-07", "2025-11-07", "2026-11-10", "MOFCOM/GACC", "rule", "商务部海关总署公告2025年第70号",
        ),
        (  # the start is another day than the signature
            "商务部 海关总署公告2023年第23号\n决定对镓、锗相关物项实施出口管制。\n本公告自2023年8月1日起正式实施。\n商务部　海关总署\n2023年7月3日\n",
            "2023-07-03", "2023-08-01", None, "MOFCOM/GACC", "rule", "商务部海关总署公告2023年第23号",
        ),
        (  # traditional characters, number before the word
            "商務部公告\n大陸商務部於2026年1月6日發佈2026年第1號公告，加強兩用物項對日本的出口管制，自公佈之日起實施。\n",
            "2026-01-06", "2026-01-06", None, "MOFCOM", "rule", "公告2026年第1号",
        ),
        (
            "商务部公告2025年第61号 将有关实体列入出口管制管控名单\n发布时间：2025-10-09\n决定将下列实体列入出口管制管控名单。\n本公告自公布之日起正式实施。\n",
            "2025-10-09", "2025-10-09", None, "MOFCOM", "entity listing", "商务部公告2025年第61号",
        ),
        (
            "国家网信办约谈英伟达公司\n2025-07-31 13:51\n国家互联网信息办公室于2025年7月31日就H20算力芯片后门风险约谈英伟达公司。\n",
            "2025-07-31", None, None, "CAC", "informal guidance", None,
        ),
        (
            "市场监管总局2025年9月15日消息，经初步调查，某公司违反反垄断法，总局依法决定对其实施进一步调查。\n",
            "2025-09-15", None, None, "SAMR", "guidance", None,
        ),
    ],
)  # fmt: skip
def test_chinese_announcements(
    text: str,
    announced: str,
    effective: str | None,
    ended: str | None,
    authority: str,
    instrument: str,
    number: str | None,
) -> None:
    (event,), _ = events(text)
    assert (event.announced_date, event.effective_date, event.ended_date) == (
        day(announced),
        day(effective),
        day(ended),
    )
    assert (event.jurisdiction, event.authority, event.instrument) == ("CN", authority, instrument)
    assert event.document_number == number


def test_a_filing_gives_the_day_the_company_was_told() -> None:
    (event,), _ = events(
        "UNITED STATES\nSECURITIES AND EXCHANGE COMMISSION\nFORM 8-K\nDate of Report (Date of earliest event reported): April 9, 2025\n"
        "NVIDIA CORPORATION\nOn April 9, 2025, the U.S. government informed the Company that a license is needed to export the H20 to China. "
        "On April 14, 2025, the U.S. government informed the Company that this holds for the indefinite future.\n"
    )
    assert (event.announced_date, event.effective_date) == (day("2025-04-09"), day("2025-04-09"))
    assert (event.authority, event.instrument, event.jurisdiction) == ("BIS", "is-informed letter", "US")
    assert event.covers == "H20"
    assert event.ground.quote.startswith("On April 9, 2025, the U.S. government informed")


def test_a_release_does_not_take_over_the_day_of_the_rule_it_withdraws() -> None:
    (event,), issues = events(
        "FOR IMMEDIATE RELEASE\nMay 13, 2025\nCommerce to rescind the AI rule and strengthen chip export controls\n"
        "The Bureau of Industry and Security will rescind the rule, which was set to take effect on May 15, 2025. It also publishes guidance on AI chips.\n"
    )
    assert event.title == "Commerce to rescind the AI rule and strengthen chip export controls"
    assert (event.announced_date, event.effective_date) == (day("2025-05-13"), None)
    assert "no-effective-date" in [i.code for i in issues]


def test_a_day_without_a_year_takes_the_pages_own() -> None:
    (event,), _ = events(
        "Chip maker sees a charge over export controls\n2025-04-15\nThe company spoke on Tuesday.\n"
        "On April 9, the U.S. government told NVIDIA it would require a license to export the H20 to China.\n"
    )
    assert (event.announced_date, event.effective_date, event.instrument) == (
        day("2025-04-15"), day("2025-04-09"), "is-informed letter",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "url", "read_on", "announced", "effective", "authority", "instrument"),
    [
        (  # the day the measure was announced, not the day of the report
            "New limits for accelerators\nPublished: Mar 9th 2026, 08:10 GMT\nOn March 6, 2026, the Bureau of Industry and Security announced an interim final rule that amends ECCN 3A090.\n",
            "", None, "2026-03-06", None, "BIS", "rule",
        ),
        (  # day before month
            "A loophole is closed\nOn 6 March 2026, the Bureau of Industry and Security published guidance on AI chips bought by subsidiaries.\n",
            "", None, "2026-03-06", None, "BIS", "guidance",
        ),
        (  # a day without a year in a page whose address has one
            "On March 6, the Cyberspace Administration of China (CAC) announced a network security review of a memory chipmaker's products.\n",
            "https://news.example/2026/03/08/review/", None, "2026-03-06", None, "CAC", "guidance",
        ),
        (  # the year of the day it was read, where the page prints none
            "Duties on certain semiconductors\nA presidential proclamation issued March 6 imposes 25% tariffs on chips beginning March 7.\n",
            "", "2026-03-12", "2026-03-06", "2026-03-07", "President", "tariff",
        ),
        (  # a page read long after: its year is not known
            "Duties on certain semiconductors\nA presidential proclamation issued March 6 imposes 25% tariffs on chips beginning March 7.\n",
            "", "2026-11-12", None, None, "President", "tariff",
        ),
        (
            "3月6日消息，据报道，马来西亚将管住加速卡的转运。\n马来西亚投资、贸易与工业部声明，AI芯片的出口和转运须申请许可，该政策即日起生效。\n",
            "", "2026-03-07", "2026-03-06", "2026-03-06", "MITI", "rule",
        ),
        (  # day, month, year of Hong Kong pages, where only one reading is a date
            "海关不让某款芯片入境\n16/03/2026 09:20\n中国海关当局本周告知报关行，英伟达H200芯片不获准入境，并指示科技公司除非必要不得购买。\n",
            "", None, "2026-03-16", None, "GACC", "informal guidance",
        ),
        (
            "监管机构再出手\n2026-03-16\n知情人士称，国家互联网信息办公室要求多家科技大厂停止采购英伟达RTX Pro 6000D芯片并终止订单。\n",
            "", None, "2026-03-16", None, "CAC", "informal guidance",
        ),
        (  # the announcement that a later press meeting explains
            "商务部:对某物项实施出口管制不是禁止出口\n时间：2023-07-07 09:44\n7月3日，商务部、海关总署发布公告，决定对镓、锗相关物项实施出口管制，自2023年8月1日起正式实施。\n",
            "", None, "2023-07-03", "2023-08-01", "MOFCOM/GACC", "rule",
        ),
        (  # a report about a filing is no filing
            "A chipmaker counts its losses\nOn March 6, 2026, the company completed a first reading of new export license requirements implemented by the U.S. government, it told the Securities and Exchange Commission (SEC). They apply to its MI308 accelerators.\n",
            "", None, "2026-03-06", "2026-03-06", "US government", "is-informed letter",
        ),
        (
            "The government requires the firm to obtain a license to export H20 circuits, its filing with the Securities and Exchange Commission says.\n",
            "", None, None, None, None, "is-informed letter",
        ),
        (  # the title names the measure; what the text adds is another one
            "Bureau of Industry and Security revises license review policy for accelerators\nThe final rule, effective March 6, 2026, turns to case-by-case review. On the same day a proclamation set a 25% tariff on chips.\n",
            "", None, None, "2026-03-06", "BIS", "licence policy",
        ),
        (  # entities that are on a list already
            "Controls for chips widened\nThe Bureau of Industry and Security issued a rule on advanced computing chips and on transactions with entities on the Entity List.\n",
            "", None, None, None, "BIS", "rule",
        ),
        (  # a day before its month, without a year
            "Sixty firms listed\nTrade desk, 9 March 2026\nThe Bureau of Industry and Security (‘BIS’) announced 6 March that it had added 60 firms to the US Entity List.\n",
            "", None, "2026-03-06", None, "BIS", "entity listing",
        ),
        (  # the one year a page prints, at its foot
            "Steps on accelerators\nThe Bureau of Industry and Security announced March 6 guidance on AI chips.\nCopyright © 2026 A Law Firm\n",
            "", None, "2026-03-06", None, "BIS", "guidance",
        ),
        (  # the day an alert is printed, after the effect of what it tells, is not the day of announcement
            "Review policy changed\nMarch 9, 2026\nThe Bureau of Industry and Security has issued a final rule effective March 6, 2026 that changes the license review policy for AI chips.\n",
            "https://firm.example/alert", None, None, "2026-03-06", "BIS", "licence policy",
        ),
        (  # a body of its own site prints its own day
            "Review policy changed\nMarch 9, 2026\nThe Bureau of Industry and Security has issued a final rule effective March 6, 2026 that changes the license review policy for AI chips.\n",
            "https://www.bis.gov/press-release/x", None, "2026-03-09", "2026-03-06", "BIS", "licence policy",
        ),
        (
            "Island lists a phone maker\nPublished: 16 Mar. 2026\nTaiwan’s commerce ministry has added a Chinese phone maker to its export control list, so that firms need permits to sell it chips.\n",
            "", None, "2026-03-16", None, "Taiwan trade administration", "entity listing",
        ),
        (
            "More names\nOn March 6, 2026, the International Trade Administration of the Ministry of Economic Affairs announced that it updates the Entity List of strategic goods, semiconductors among them.\n",
            "", None, "2026-03-06", None, "Taiwan trade administration", "entity listing",
        ),
        (
            "Back on sale\nMarch 6, 2026\nThe firm has obtained the necessary U.S. export licenses to ship its MI308 accelerator to China again.\n",
            "", None, "2026-03-06", None, "US government", "licence policy",
        ),
        (
            "A memory maker failed a security review by the Cyberspace Administration of China, the body announced March 6. Details were not given.\n",
            "", "2026-03-07", "2026-03-06", None, "CAC", "guidance",
        ),
        (
            "The products have security problems, the cybersecurity administration said. Operators of critical information infrastructure should stop purchasing them.\n",
            "", None, None, None, "CAC", "guidance",
        ),
        (  # an earlier summons told after the investigation
            "市监总局:对某芯片公司进一步调查\n2026-03-06\n市场监管总局决定对其实施进一步调查。去年七月，国家网信办曾就芯片安全风险约谈该公司。\n",
            "", None, "2026-03-06", None, "SAMR", "guidance",
        ),
        (  # the list is mentioned, not changed; Hong Kong's word for a chip
            "商務部公佈晶片材料出口管制措施\n2026-03-06\n商務部決定，使用稀土技術製造晶片者須取得許可；向出口管制管控名單和關注名單所列的進口商出口，原則上不予許可。\n",
            "", None, "2026-03-06", None, "MOFCOM", "rule",
        ),
        (  # the ministry answers first, both had announced; elsewhere its own act and a joint one are told apart
            "商务部回应对镓、锗相关物项实施出口管制\n时间：2026-03-09 21:00\n" + "发言人说，出口管制不是禁止出口，符合规定的将予以许可。" * 5
            + "商务部、海关总署3月6日发布公告，自2026年4月1日起实施。\n",
            "", None, "2026-03-06", "2026-04-01", "MOFCOM/GACC", "rule",
        ),
        (
            "商务部公告2026年第9号明确，暂停执行两用物项出口管制的规定。" + "根据原公告，镓、锗等物项此前原则上不予许可。" * 6 + "商务部与海关总署此前也曾联合发布公告。\n",
            "", None, None, None, "MOFCOM", "rule",
        ),
        (  # a site that copied an agency's report months later
            "发布时间:2026-06-28 07:33\n新华社北京3月9日电 商务部、海关总署6日联合发布公告，决定对某种超硬材料实施出口管制，自今年4月1日起实施。\n",
            "", None, "2026-03-06", "2026-04-01", "MOFCOM/GACC", "rule",
        ),
        (
            "发布时间:2026-01-09 07:33\n新华社北京12月20日电 商务部发布公告，对稀土物项实施出口管制，自明年2月1日起实施。\n",
            "", None, "2025-12-20", "2026-02-01", "MOFCOM", "rule",
        ),
        (  # when it was is not said to the day
            "Tools for chips restricted\nMarch 9, 2026\nThe Dutch government last week announced new licence requirements for semiconductor tools, effective April 1.\n",
            "", None, None, "2026-04-01", "Dutch government", "rule",
        ),
        (
            "Makers need permits\nTHE HAGUE, March 6, 2026 - The Dutch government says makers of tools for advanced chips will be required to have export licences.\n",
            "", None, "2026-03-06", None, "Dutch government", "rule",
        ),
    ],
)  # fmt: skip
def test_reports_of_the_press_and_of_law_firms(
    text: str,
    url: str,
    read_on: str | None,
    announced: str | None,
    effective: str | None,
    authority: str | None,
    instrument: str,
) -> None:
    (event,), _ = events(text, url=url, read_on=read_on)
    assert (event.announced_date, event.effective_date) == (day(announced), day(effective))
    assert (event.authority, event.instrument) == (authority, instrument)


def test_background_does_not_take_the_place_of_the_pages_day() -> None:
    (event,), _ = events(
        "Chips on the agenda\nPublished: Mar 9th 2026\nOn October 7, 2022, the Bureau of Industry and Security announced a rule on advanced computing chips.\n"
    )
    assert event.announced_date == day("2026-03-09")


def test_what_is_not_found_is_null_and_named() -> None:
    (event,), issues = events(
        "Talk of new export controls on semiconductors goes round in the trade. Nobody says when.\n"
    )
    assert (event.announced_date, event.effective_date, event.authority, event.jurisdiction) == (
        None,
        None,
        None,
        None,
    )
    assert {"no-announced-date", "no-effective-date", "no-authority"} <= {i.code for i in issues}
    assert event.confidence == "low"


def test_another_subject_is_no_event() -> None:
    found, issues = events("The museum is closed on 4 May 2025.\n")
    assert not found
    assert [i.code for i in issues] == ["no-restriction"]


def test_numbers_in_one_form() -> None:
    assert keys("商务部、海关总署公告2025年第70号") == keys("Announcement 70 of 2025") == ("CN 70/2025",)
    assert keys("Announcements 55-58, 61, 62 of 2025") == tuple(
        f"CN {n}/2025" for n in (55, 56, 57, 58, 61, 62)
    )
    assert keys("91 FR 1684; FR 2026-00789; RIN 0694-AK43") == ("FR 2026-00789", "91 FR 1684")
    assert keys("8-K of 2025-04-15") == ()
    assert keys("MOFCOM Announcement No. 18 of 2025") == ("CN 18/2025",)


def test_a_chinese_measure_told_in_english() -> None:
    (event,), _ = events(
        "China puts seven rare earths under licence\nApril 4, 2025\nThe Ministry of Commerce said in Announcement No. 18 of 2025 that exports of "
        "rare earths need a licence with immediate effect.\n"
    )
    assert (event.authority, event.jurisdiction, event.document_number) == (
        "MOFCOM",
        "CN",
        "Announcement 18 of 2025",
    )
    assert (event.announced_date, event.effective_date) == (day("2025-04-04"), day("2025-04-04"))


@given(
    st.text(
        alphabet="商务部公告年第号起至实施暂停出口管制2025-./, 月日ABIS rule effective China\n", max_size=300
    )
)
def test_nothing_breaks_it_and_offsets_hold(text: str) -> None:
    document = Document(text="export control " + text)
    for item in read(document, Context(document_key="x")):
        if isinstance(item, Restriction):
            assert document.text[item.ground.start : item.ground.end] == item.ground.quote
            for date in (item.announced_date, item.effective_date, item.ended_date):
                assert date is None or 1900 <= date.year <= 2100
