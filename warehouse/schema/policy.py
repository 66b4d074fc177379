"""Voucher programmes: documents, clauses, criteria, and the marts made of them."""

from warehouse.schema import GROUND, Column, Table

INSTRUMENTS = (
    "compute_voucher",
    "training_voucher",
    "model_voucher",
    "data_voucher",
    "compute_subsidy",
    "other",
)
STATUSES = ("draft", "announced", "in_force", "closed", "expired", "superseded", "reported", "unknown")
LEVELS = ("national", "province", "city", "district", "zone")
RANKS = ("official", "copy", "register")
PERIODS = ("per_year", "per_application", "one_off", "total")
CONFIDENCE = ("high", "medium", "low")
CRITERIA = (
    "registration_place_required", "requires_unrelated_party", "requires_designated_provider", "requires_model_filing",
    "domestic_chip_preference", "research_project", "contract_signed_and_paid", "no_double_funding", "clean_record",
    "excludes_own_use", "excludes_storage_network", "one_side_only", "max_years", "min_spend_cny", "min_revenue_cny",
    "target", "other",
)  # fmt: skip
"""The reader's names (`scrapers.extract.policy.CRITERIA`) and the two of the curated table."""

_PROGRAMME = (
    Column(
        "programme_id", "text", "Stable id: place code, instrument, month of the document.", required=True
    ),
    Column(
        "version",
        "int",
        "Running number among the programmes of one place and instrument, by date.",
        required=True,
    ),
    Column(
        "jurisdiction_code",
        "text",
        "GB/T 2260 code of the place; a zone without a code of its own has its district's or city's; 000000 is the country.",
    ),
    Column("jurisdiction_name", "text", "Name of the place in Chinese.", required=True),
    Column(
        "jurisdiction_name_en",
        "text",
        "Name of the place in English; in Chinese where none is on record.",
        required=True,
    ),
    Column(
        "province_name", "text", "Province-level unit the place lies in; 全国 for the country.", required=True
    ),
    Column(
        "level",
        "text",
        "Administrative level; Beijing, Shanghai, Tianjin and Chongqing are provinces.",
        values=LEVELS,
    ),
    Column("programme_name", "text", "Title of the document in Chinese, where a page of it was read."),
    Column("programme_name_en", "text", "What the programme is, in English.", required=True),
    Column("instrument", "text", "What is given.", required=True, values=INSTRUMENTS),
    Column("issuer_name", "text", "Body that issued the document."),
    Column("document_number", "text", "The document's own number, never that of a legal basis."),
    Column("status", "text", "State of the programme when last read.", required=True, values=STATUSES),
    Column(
        "published_date",
        "date",
        "Signature date if shown, else the page's date; null where only a month or year is known.",
    ),
    Column("effective_from", "date", "First day in force, where stated."),
    Column("effective_to", "date", "Last day in force, where stated."),
    Column("deadline", "date", "Last day to apply, where stated; never the comment deadline of a draft."),
    Column("target", "text", "Who it is for."),
    Column(
        "source_rank",
        "text",
        "`official` page of a government body; `copy` of an official text elsewhere; `register` when only the curated row is at hand.",
        required=True,
        values=RANKS,
    ),
    Column("confidence", "text", "How sure the reading is.", required=True, values=CONFIDENCE),
    Column("refusal", "text", "Why its numbers are kept out of voucher_values; null when they are in."),
    Column(
        "supersedes_programme_id",
        "text",
        "The programme of the same place and instrument that this one follows.",
    ),
    Column(
        "successor_programme_id",
        "text",
        "The programme of the same place and instrument that follows this one.",
    ),
    Column("note", "text", "Printed dates, states and terms that fit no column."),
)
_APPROXIMATE = Column(
    "approximate_date",
    "date",
    "Signature or first day in force, else the first of the month in the record (mid-year where only a year is known; "
    "the day the row was typed in where nothing is): for ordering and as-of questions, and the month amounts are converted at.",
    required=True,
)
_TIER = (
    Column("programme_id", "text", "The programme the terms belong to.", required=True),
    Column(
        "tier",
        "text",
        "Group of beneficiaries the terms hold for; `general` where there is one.",
        required=True,
    ),
    Column("applies_to", "text", "The beneficiaries in words."),
    Column("side", "text", "`user` of compute, or `supplier`.", required=True, values=("user", "supplier")),
    Column("rate_pct", "float", "Share of the cost that is paid, at most.", unit="percent"),
    Column("basis", "text", "What the share is taken of."),
    Column("cap_cny", "float", "Most that one beneficiary gets.", unit="CNY"),
    Column("cap_period", "text", "Period the cap holds for, where the text says.", values=PERIODS),
    Column(
        "annual_budget_cny",
        "float",
        "Pot of the programme a year; a pot over several years or without a period is in total_budget_cny.",
        unit="CNY",
    ),
    Column(
        "total_budget_cny",
        "float",
        "Pot of the programme where the text does not make it yearly.",
        unit="CNY",
    ),
    Column("min_spend_cny", "float", "Spend from which one qualifies.", unit="CNY"),
    Column("validity_months", "int", "How long a voucher can be used.", unit="months"),
    Column(
        "stacked_rate_pct",
        "float",
        "Share that this and other programmes (city and district, city and state) may reach together, where the text allows it.",
        unit="percent",
    ),
)
_ISSUANCE = (
    Column("programme_id", "text", "The programme the batch belongs to, where one is on record."),
    Column("jurisdiction_code", "text", "GB/T 2260 code of the place."),
    Column("jurisdiction_name", "text", "Name of the place in Chinese.", required=True),
    Column("programme_name_en", "text", "The programme as the source names it.", required=True),
    Column("batch", "text", "Which batch.", required=True),
    Column(
        "kind",
        "text",
        "`issued` or `redeemed` money; `commitment` promised; `participants` a count of firms or suppliers admitted.",
        required=True,
        values=("issued", "redeemed", "commitment", "participants"),
    ),
    Column("issued_date", "date", "Day of the issue or of the report."),
    Column("firms", "int", "Firms in the batch."),
    Column("amount_cny", "float", "Amount of the batch.", unit="CNY"),
    Column("note", "text", "What the figure does and does not say."),
)
_CRITERION = (
    Column("programme_id", "text", "The programme.", required=True),
    Column(
        "criterion",
        "text",
        "Name of the condition; `target` who it is for; `other` one without a name of its own.",
        required=True,
        values=CRITERIA,
    ),
    Column("value", "text", "`true`, `false`, a number or a word.", required=True),
    Column("text", "text", "The condition in the words of the source.", required=True),
)
_CLAUSE = (
    Column("document_key", "text", "The document the clause stands in.", required=True),
    Column("clause_no", "int", "Running number in the document.", required=True),
    Column("programme_id", "text", "The programme it belongs to; null when the document was refused."),
    Column(
        "clause_kind",
        "text",
        "`rate_cap` share of the cost; `max_amount`, `min_amount` for one beneficiary; `total_budget` pot of the programme; "
        "`per_unit` an amount a unit.",
        required=True,
        values=("rate_cap", "max_amount", "min_amount", "total_budget", "per_unit"),
    ),
    Column("value", "float", "The number, in `unit`.", required=True),
    Column("unit", "text", "CNY, pct, or a per-unit form.", required=True),
    Column("period", "text", "Period the number holds for, where the text says.", values=PERIODS),
    Column("instrument", "text", "What is given.", required=True, values=INSTRUMENTS),
    Column("basis", "text", "What a share is taken of."),
    Column("applies_to", "text", "The beneficiaries in words."),
    Column("side", "text", "`user` of compute, or `supplier`.", required=True, values=("user", "supplier")),
    Column("tier", "text", "Group of beneficiaries."),
    Column("confidence", "text", "How sure the reading is.", required=True, values=CONFIDENCE),
    Column("refusal", "text", "Why the number is kept out of voucher_values; null when it is in."),
)
_RECONCILIATION = (
    Column("programme_id", "text", "The programme described twice.", required=True),
    Column("field", "text", "The column compared.", required=True),
    Column("page_value", "text", "What the page says."),
    Column("register_value", "text", "What the curated row says."),
    Column(
        "verdict",
        "text",
        "agrees, differs, only_page or only_register.",
        required=True,
        values=("agrees", "differs", "only_page", "only_register"),
    ),
    Column("page_url", "text", "Address of the page.", required=True),
    Column("register_url", "text", "Address the curated row cites.", required=True),
)

TABLES = [
    Table(
        "core_policy__programmes",
        "policy",
        "Programmes, one row each, a page and a curated row of the same one merged.",
        ("programme_id",),
        _PROGRAMME,
    ),
    Table(
        "core_policy__tiers",
        "policy",
        "Terms of each programme by tier of beneficiary.",
        ("programme_id", "tier", "side"),
        _TIER,
    ),
    Table(
        "core_policy__clauses",
        "policy",
        "Every number read from a policy document or curated row.",
        ("document_key", "clause_no"),
        _CLAUSE,
    ),
    Table(
        "core_policy__criteria",
        "policy",
        "Conditions of eligibility.",
        ("programme_id", "criterion", "text"),
        _CRITERION,
    ),
    Table(
        "core_policy__issuance",
        "policy",
        "Batches issued, redeemed, committed or admitted.",
        ("jurisdiction_name", "programme_name_en", "batch"),
        _ISSUANCE,
    ),
    Table(
        "core_policy__reconciliation",
        "policy",
        "Page against curated row, field by field.",
        ("programme_id", "field", "page_url"),
        _RECONCILIATION,
        is_fact=False,
    ),
    Table(
        "voucher_programmes",
        "policy",
        "Which places pay for compute, models or data: one row a version of a programme. In force on a day: "
        "`from programmes_on(date '2026-06-01')`; what it pays is in `voucher_values`.",
        ("programme_id",),
        (*_PROGRAMME, _APPROXIMATE),
    ),
    Table(
        "voucher_clauses",
        "policy",
        "Every number read out of a programme's documents with the words it stands in: what `voucher_values` is made of, "
        "register and page beside each other.",
        ("document_key", "clause_no"),
        (*_CLAUSE, *GROUND),
    ),
    Table(
        "voucher_values",
        "policy",
        "What a programme pays: one row a programme and tier of beneficiary, in yuan and in US dollars of its month.",
        ("programme_id", "tier", "side"),
        (
            Column(
                "programme_id",
                "text",
                "The programme the terms belong to.",
                required=True,
                references="voucher_programmes.programme_id",
            ),
            *_TIER[1:8],
            *(
                Column(name, "float", meaning, unit=unit)
                for name, meaning, unit in (
                    ("cap_usd", "cap_cny at fx_cny_per_usd.", "USD"),
                    ("annual_budget_cny", _TIER[8].description, "CNY"),
                    ("annual_budget_usd", "annual_budget_cny at fx_cny_per_usd.", "USD"),
                    ("total_budget_cny", _TIER[9].description, "CNY"),
                    (
                        "fx_cny_per_usd",
                        "Rate of the document's month, else the nearest earlier month on record.",
                        "CNY per USD",
                    ),
                )
            ),
            Column("fx_date", "date", "First day of the month the rate is of."),
            _TIER[10],
            Column("spend_at_cap_cny", "float", "Spend at which the cap binds: cap / rate.", unit="CNY"),
            *_TIER[11:],
        ),
    ),
    Table(
        "voucher_issuance",
        "policy",
        "What was really issued, redeemed, committed or admitted, by batch. Only `issued` and `redeemed` are money paid.",
        ("jurisdiction_name", "programme_name_en", "batch"),
        (
            *_ISSUANCE[:9],
            Column(
                "amount_usd",
                "float",
                "amount_cny at the rate of its month; of an undated batch at the latest.",
                unit="USD",
            ),
            _ISSUANCE[9],
        ),
    ),
    Table(
        "eligibility_criteria",
        "policy",
        "Who qualifies: one row a programme and condition.",
        ("programme_id", "criterion", "text"),
        _CRITERION,
    ),
    Table(
        "programme_reconciliation",
        "policy",
        "Where a page and a curated row describe the same programme: do they agree, field by field.",
        ("programme_id", "field", "page_url"),
        (*_RECONCILIATION, Column("note", "text", "Why they differ, where a person looked.")),
        is_fact=False,
    ),
]
