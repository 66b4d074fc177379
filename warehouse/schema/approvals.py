"""Model filings and registrations, the totals announced, and how both are reconciled."""

from warehouse.schema import Column, Table

KINDS = ("filing", "registration", "on_device_filing")

_FILING = (
    Column(
        "filing_number",
        "text",
        "Number as printed; the key is its lower-case form, since prefixes vary in case.",
        required=True,
    ),
    Column(
        "kind",
        "text",
        "Register: filing (备案), registration (登记) or on-device filing (手机端侧).",
        required=True,
        values=KINDS,
    ),
    Column("model_name", "text", "Name of the model, application or function.", required=True),
    Column("entity_name", "text", "Firm or institution that filed."),
    Column(
        "entity_current_name",
        "text",
        "The firm under one name: full-width brackets, and the present name where it was renamed.",
    ),
    Column("entity_group", "text", "Company group by curated table; null for a firm without one."),
    Column("province_name", "text", "属地 as printed; 国资委 stands for firms under the central government."),
    Column("filed_date", "date", "Date printed in the row."),
    Column("published_date", "date", "Day the batch was announced."),
    Column("batch", "text", "Month in the title of the list, YYYY-MM."),
    Column("serial", "int", "Running number in the national list of its kind."),
    Column(
        "is_late_registration",
        "bool",
        "Marked 补登: the date can lie before the period of the list.",
        required=True,
    ),
    Column("cancelled_date", "date", "Day the row ended, where it was cancelled."),
    Column("use_case", "text", "适用场景, for on-device filings."),
    Column("correction", "text", "What was put right against the printed row, and why."),
    Column("printed", "text", "The row as printed, where it was put right."),
    Column("doubt", "text", "What looks wrong in the printed row and cannot be put right."),
)
_COUNT = (
    Column("as_of", "date", "Day the total speaks of."),
    Column("scope", "text", "`national` or a province as printed.", required=True),
    Column("total_filed", "int", "Filings so far."),
    Column("new_in_period", "int", "Filings added in the period."),
    Column("total_registered", "int", "Registrations so far."),
    Column("new_registered", "int", "Registrations added in the period."),
    Column(
        "qualifier",
        "text",
        "`exact`, or `at_least` / `about` where the figure is a floor or round.",
        required=True,
        values=("exact", "at_least", "about"),
    ),
    Column("source_kind", "text", "What kind of source says so."),
    Column("note", "text", "What the figure leaves open."),
)
_ALGORITHM = (
    Column("filing_number", "text", "网信算备 number.", required=True),
    Column("algorithm_name", "text", "Name of the algorithm.", required=True),
    Column("role", "text", "服务提供者 (provider) or 服务技术支持者 (technical supporter)."),
    Column("entity_name", "text", "Firm that filed."),
    Column("entity_group", "text", "Company group, by curated table or by the subject code it shares."),
    Column(
        "subject_code",
        "text",
        "First fifteen digits of the number: the same for one company over lists and years.",
    ),
    Column("product", "text", "Product it is used in."),
    Column("cancelled_date", "date", "Day of the notice that cancelled the number."),
)
_MEMBER = (
    Column("entity", "text", "Name of the firm or institution as it files.", required=True),
    Column("entity_group", "text", "Company group it belongs to.", required=True),
    Column(
        "hf_org",
        "text",
        "Hugging Face organisation that the model lists of ms-swift or vLLM link to for the group; null where neither does.",
    ),
    Column(
        "modelscope_org",
        "text",
        "ModelScope organisation that the model list of ms-swift links to for the group; null where it does not.",
    ),
    Column(
        "confidence",
        "text",
        "high: the firm's own name shows the group; medium: its product does; low: an affiliate or a former unit.",
        required=True,
        values=("high", "medium", "low"),
    ),
    Column("reason", "text", "Why it belongs there, where its name does not say so."),
)
_ASSESSMENT = (
    Column("notice", "text", "Results in which the chip stands, by year and number.", required=True),
    Column("chip_text", "text", "Chip as the results name it.", required=True),
    Column("chip_family", "text", "Chip family in `chips`; null where the name is not known there."),
    Column("maker", "text", "Maker.", required=True),
    Column("level", "text", "Level of assurance, I or II.", required=True, values=("I", "II")),
    Column("announced_date", "date", "Day of the results.", required=True),
    Column("valid_until", "date", "Last day of their three years.", required=True),
    Column(
        "confidence",
        "text",
        "medium: two reports name maker and chip; low: one does.",
        required=True,
        values=("high", "medium", "low"),
    ),
    Column("second_url", "text", "A second report."),
    Column("note", "text", "What the row leaves open."),
)

TABLES = [
    Table(
        "core_approvals__filings",
        "approvals",
        "Filings and registrations; a provincial and a national row of the same number merged.",
        ("filing_number",),
        _FILING,
    ),
    Table(
        "core_approvals__counts",
        "approvals",
        "Totals announced by offices or the press.",
        ("as_of", "scope", "source_url", "locator"),
        _COUNT,
    ),
    Table(
        "core_approvals__algorithms",
        "approvals",
        "Deep-synthesis algorithm filings.",
        ("filing_number",),
        _ALGORITHM,
    ),
    Table(
        "core_approvals__group_members",
        "approvals",
        "Firms that file and the company group they belong to, as curated.",
        ("entity",),
        _MEMBER,
        is_fact=False,
    ),
    Table(
        "core_approvals__security_assessments",
        "approvals",
        "AI chips in the results of the security and reliability assessment.",
        ("notice", "chip_text"),
        _ASSESSMENT,
    ),
    Table(
        "model_approvals",
        "approvals",
        "One row a generative-AI service filed or registered with the cyberspace offices.",
        ("filing_number",),
        _FILING,
    ),
    Table(
        "model_approvals_over_time",
        "approvals",
        "New and cumulative approvals by month of the printed date, national (`all`) and by province, beside the totals that "
        "offices or reports of them give.",
        ("month", "kind", "province_name"),
        (
            Column("month", "date", "First day of the month.", required=True),
            Column(
                "kind",
                "text",
                "Register.",
                required=True,
                values=("filing", "registration", "on_device_filing"),
            ),
            Column("province_name", "text", "Province, or `all` for the country.", required=True),
            Column("new", "int", "Rows dated in the month.", required=True),
            Column("cumulative", "int", "Rows dated up to its end, cancelled ones included.", required=True),
            Column("cancelled", "int", "Of these, rows cancelled up to its end.", required=True),
            Column(
                "listed_cumulative",
                "int",
                "Rows an official total of this month counts. National: of the lists up to the batch it announces; "
                "provincial: dated up to the day it speaks of.",
            ),
            Column(
                "official_cumulative",
                "int",
                "Total announced for the latest day in the month; null without one: months between totals are not filled in.",
            ),
            Column("official_as_of", "date", "The day that total speaks of."),
            Column(
                "official_source_kind",
                "text",
                "Who says so: an official article or list, or a report of an office's figure.",
            ),
            Column("official_source_url", "text", "Where it is said."),
            Column("difference", "int", "listed_cumulative minus official_cumulative."),
            Column("difference_reason", "text", "Why it is not 0; null when it is."),
        ),
        is_fact=False,
    ),
    Table(
        "approval_counts",
        "approvals",
        "Every announced total, with its source: official articles, provincial notices, press.",
        ("as_of", "scope", "source_url", "locator"),
        _COUNT,
    ),
    Table(
        "approvals_reconciliation",
        "approvals",
        "Checks of the rows against themselves and the announced totals: serials without gap, batches in order and whole, what "
        "each period added, provincial counts, running numbers used twice.",
        ("check_name", "subject"),
        (
            Column("check_name", "text", "What is compared.", required=True),
            Column("subject", "text", "Batch, register or place and day.", required=True),
            Column("expected", "int", "The announced or implied number."),
            Column("found", "int", "What the rows give."),
            Column("difference", "int", "found minus expected."),
            Column("reason", "text", "Why they differ; null when they agree."),
            Column(
                "is_accounted_for",
                "bool",
                "The numbers agree, or the reason of the difference is known.",
                required=True,
            ),
        ),
        is_fact=False,
    ),
    Table(
        "deep_synthesis_algorithms",
        "approvals",
        "Algorithm filings of the deep-synthesis lists; their subject codes join companies across registers.",
        ("filing_number",),
        _ALGORITHM,
    ),
    Table(
        "company_groups",
        "approvals",
        "Firms that file, the company group each belongs to, and how many filings and registrations each has.",
        ("entity",),
        (
            *_MEMBER,
            Column("filings", "int", "Its filings.", required=True),
            Column("registrations", "int", "Its registrations.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "security_assessed_chips",
        "approvals",
        "AI chips on the buying list of state bodies (安全可靠测评), with level and validity.",
        ("notice", "chip_text"),
        _ASSESSMENT,
    ),
    Table(
        "entity_group_shares",
        "approvals",
        "Share of the company groups in all approvals so far, by half-year.",
        ("as_of", "entity_group"),
        (
            Column("as_of", "date", "Last day of the half-year.", required=True),
            Column("entity_group", "text", "Company group.", required=True),
            Column("approvals", "int", "Its filings and registrations so far.", required=True),
            Column("share_pct", "float", "Share in all approvals so far.", unit="percent", required=True),
        ),
        is_fact=False,
    ),
]
