"""The first page: the numbers that matter with their dates, five answers, what changed, and whether sources are alive."""

from collections.abc import Iterator

from pipelines.site import words as w
from pipelines.site.answers import Answer, Answers, Row
from pipelines.site.blocks import Number, Page
from pipelines.site.pages import approvals, market, restrictions, sources, vouchers


def pages(answers: Answers) -> Iterator[Page]:
    health = answers.ask("source_health")
    leads = [
        (restrictions.over_time(answers), "restrictions.html"),
        (approvals.growth(answers), "approvals.html"),
        (vouchers.timeline(answers), "vouchers.html"),
        (market.world(answers), "market.html"),
    ]
    yield Page(
        "index.html",
        "Overview",
        "overview",
        "China’s AI-compute ecosystem, as data",
        f"Who pays for compute, what chips rent for, which models may serve the public, and which chips may be sold to China. "
        f"Read from {w.counted(len(health.rows), 'source')}, with the words behind every number. Data as of {w.day(answers.as_of)}.",
        [figure for figure, _ in leads],
        template="overview.html.j2",
        context={
            "more": {figure.id: f"{path}#{figure.id}" for figure, path in leads},
            "numbers": numbers(answers),
            "asked": asked(answers),
            "latest": answers.ask("latest"),
            "changes": answers.ask("recent_changes"),
            "health": health,
            "health_said": sources.staleness(answers),
        },
    )  # fmt: skip


def numbers(answers: Answers) -> list[Number]:
    """The headline numbers; one is left out while its rows are missing."""
    as_of = w.day(answers.as_of)
    out = []
    totals = answers.ask("programme_totals")
    if (row := totals.first()).get("programmes"):
        out.append(Number(
            f"{row['in_force']:,}", f"voucher programmes in force, of {row['programmes']} versions on record from {row['places']} places",
            f"newest of {w.day(row['newest'])}", "vouchers.html#table", totals,
        ))  # fmt: skip
    terms = answers.ask("terms_in_force")
    if (row := terms.first()).get("caps"):
        out.append(Number(
            w.cny(row["median_cap_cny"]), f"median cap a firm, n = {row['caps']}; the usual share paid is {w.pct(row['usual_rate_pct'])}, n = {row['rates']}",
            as_of, "vouchers.html#caps", terms,
        ))  # fmt: skip
    prices = answers.ask("prices_now")
    if prices:
        row = max(
            prices.rows,
            key=lambda r: (
                "h800" in r["chip_family"],
                "h100" in r["chip_family"],
                r["month"],
                r["offers"] or 0,
            ),
        )
        out.append(Number(
            w.price(row["median_cny_per_gpu_hour"]), f"a GPU-hour of the {w.chip_name(row['chip'])} in China, {w.lower(row['channel'])}, n = {row['offers']}",
            w.month(row["month"]), "market.html#now", prices,
        ))  # fmt: skip
    official = answers.ask("official_totals")
    by_kind = {row["kind"]: row for row in official.rows}
    if "filing" in by_kind:
        row, registered = by_kind["filing"], by_kind.get("registration")
        out.append(Number(
            f"{row['official_cumulative']:,}", "generative-AI services filed"
            + (f", and {registered['official_cumulative']:,} registered" if registered else "") + ", by the regulator’s count",
            w.day(row["official_as_of"]), "approvals.html#growth", official,
        ))  # fmt: skip
    today = answers.ask("status_today")
    if today:
        counts = {row["status"]: row["chips"] for row in today.rows}
        out.append(Number(
            f"{counts.get('controlled', 0):,}", f"of {sum(counts.values())} chips are controlled for China; {counts.get('unknown', 0)} cannot be judged",
            as_of, "restrictions.html#today", today,
        ))  # fmt: skip
    restricted = answers.ask("restricted_totals")
    if (row := restricted.first()).get("offers"):
        out.append(Number(
            f"{row['offers']:,}", f"offers on {w.counted(row['platforms'], 'platform')} of chips under control on the day of the offer",
            f"newest of {w.day(row['newest'])}", "market.html#restricted", restricted,
        ))  # fmt: skip
    verdicts = answers.ask("claim_verdicts")
    if verdicts:
        held = {row["verdict"]: row["claims"] for row in verdicts.rows}
        out.append(Number(
            f"{held.get('supported', 0)} of {sum(held.values())}", "printed claims are supported by the records; "
            + w.listed([f"{n} {verdict}" for verdict, n in held.items() if verdict != "supported"]),
            as_of, "claims.html", verdicts,
        ))  # fmt: skip
    health = answers.ask("source_health")
    if health:
        ok = sum(row["status"] == "ok" for row in health.rows)
        out.append(
            Number(
                f"{ok} of {len(health.rows)}",
                "sources alive and within their age limit",
                as_of,
                "sources.html",
                health,
            )
        )
    return out


def asked(answers: Answers) -> list[tuple[str, str, str, Answer]]:
    """Questions readers bring, each with its answer from the rows, where to read on, and the query."""
    out = []
    hangzhou = answers.ask("answer_hangzhou")
    if hangzhou:
        phrases = list(dict.fromkeys(_terms(row) for row in hangzhou.rows))
        budget = max((row["annual_budget_cny"] or 0 for row in hangzhou.rows), default=0)
        out.append((
            "What does Hangzhou’s compute voucher pay?",
            "; ".join(phrases) + (f"; out of {w.cny(budget)} a year." if budget else "."),
            f"{vouchers.programme_path(hangzhou.rows[0]['programme_id'])}#words", hangzhou,
        ))  # fmt: skip
    h800 = answers.ask("answer_h800")
    question = "What does an eight-card H800 server cost per GPU-hour, and where?"
    if h800:
        row = h800.rows[0]
        where = (
            row["platform_name_en"] or row["platform_name"] or row["platform_id"] or row["seller_name"] or "an unnamed seller"
        )  # fmt: skip
        asks = sum(found["offer_kind"] == "ask" for found in h800.rows)
        out.append((
            question,
            ("" if asks else "No ask is on record; an estimate: ")
            + f"{w.price(row['price_cny_per_gpu_hour'])} at {where}, {w.counted(row['chips_per_offer'] or 1, 'card')}, {w.day(row['day'])}"
            + (f"; {w.counted(asks, 'offer')} on record." if asks else "."),
            "market.html#offers", h800,
        ))  # fmt: skip
    else:
        out.append((question, "No offer of an H800 with a price is on record.", "market.html#offers", h800))
    rtx = answers.ask("answer_rtx4090")
    if rtx:
        row = rtx.first()
        out.append((
            "Was the RTX 4090 controlled on 1 December 2023, and why?",
            f"{w.label(row['status'])} under {(row['rule_ids'] or 'no rule').replace(',', ', ')}"
            + (f", paragraph {row['paragraphs']}" if row["paragraphs"] else "") + f": {row['reason'].split(': ')[-1]}.",
            "chips/nvidia-rtx-4090.html#day=2023-12-01", rtx,
        ))  # fmt: skip
    guangdong = answers.ask("answer_guangdong")
    if guangdong:
        said = w.listed([w.counted(row["cumulative"], row["kind"]) for row in guangdong.rows])
        out.append(
            (
                "How many models had Guangdong filed by the end of 2025?",
                f"{said[0].upper()}{said[1:]}.",
                "approvals.html#provinces",
                guangdong,
            )
        )
    out.append(
        (
            "Which source is stale?",
            f"{sources.staleness(answers)}.",
            "sources.html",
            answers.ask("source_health"),
        )
    )
    return out


def _terms(row: Row) -> str:
    """A tier in words: `30% of the bill up to ¥8m a year (small firms)`."""
    words = []
    if row["rate_pct"] is not None:
        words.append(f"{w.pct(row['rate_pct'])} of the bill")
    if row["cap_cny"] is not None:
        words.append(f"up to {w.cny(row['cap_cny'])}{' a year' if row['cap_period'] == 'per_year' else ''}")
    whom = row["applies_to"] or row["tier"]
    aside = [
        *([w.lower(row["instrument"])] if row["instrument"] != "compute_voucher" else []),
        *([whom] if whom != "general" and not whom.isdigit() else []),
    ]
    return " ".join(words) + (f" ({', '.join(aside)})" if aside else "")
