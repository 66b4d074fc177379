"""What lets a reader trust the rest: captures, attempts, issues, evidence, changes, claims, source health."""

from warehouse.schema import Column, Table

_ATTEMPT = (
    Column("run_id", "text", "The run that made the attempt.", required=True),
    Column("source_id", "text", "The source's folder, `<domain>/<name>`.", required=True),
    Column("url", "text", "Address asked.", required=True),
    Column("attempted_at", "timestamp", "When it was asked (UTC).", required=True),
    Column(
        "outcome",
        "text",
        "What came of it.",
        required=True,
        values=("new", "unchanged", "empty", "blocked", "not_found", "error", "disallowed"),
    ),
    Column("status", "int", "HTTP status; null when no answer came."),
    Column("bytes", "int", "Length of the answer.", unit="bytes"),
    Column("capture_sha256", "text", "SHA-256 of the answer; null when there was none."),
    Column("reason", "text", "Why it failed, in one line; null on success."),
)
_SOURCE = (
    Column("source_id", "text", "The source's folder, `<domain>/<name>`.", required=True),
    Column("domain", "text", "policy, market, approvals, restrictions, rates or claims.", required=True),
    Column("title", "text", "What the source is.", required=True),
    Column("publisher_name", "text", "Who publishes it, in the publisher's language.", required=True),
    Column("publisher_name_en", "text", "Who publishes it, in English.", required=True),
    Column("publisher_url", "text", "The publisher's site.", required=True),
    Column(
        "is_official",
        "bool",
        "True for a government body or the operator of the platform itself.",
        required=True,
    ),
    Column("summary", "text", "What it holds and how chipwatch reads it.", required=True),
    Column("place_code", "text", "GB/T 2260 code of the place it speaks for."),
    Column("platform", "text", "Publishing system, a module of scrapers.platforms.", required=True),
    Column("cadence", "text", "How often a scheduled run asks it.", required=True),
    Column("expected_min_records", "int", "Fewer records than this is a failure.", required=True),
    Column("expected_max_records", "int", "More records than this is a warning.", required=True),
    Column(
        "quiet_days",
        "int",
        "Age of the newest content above which the source is stale.",
        unit="days",
        required=True,
    ),
    Column(
        "address_confidence",
        "text",
        "A: address seen in public pages or code; B: site seen, list path not; C: sensible, unverified.",
        required=True,
    ),
    Column("licence", "text", "Licence or reuse note, where the publisher states one."),
)
_PLACE = (
    Column(
        "place_code", "text", "GB/T 2260 code; a zone carries that of its district or city.", required=True
    ),
    Column("place_name", "text", "Name in Chinese.", required=True),
    Column("place_name_en", "text", "Name in English.", required=True),
    Column(
        "level",
        "text",
        "Administrative level; Beijing, Shanghai, Tianjin and Chongqing are provinces.",
        required=True,
        values=("national", "province", "city", "district", "zone"),
    ),
    Column("province_name", "text", "Province-level unit it lies in, in Chinese; null for the country."),
    Column("province_name_en", "text", "The same in English."),
)
_CHANGE = (
    Column(
        "changed_at", "timestamp", "Time of the first capture that shows the new state (UTC).", required=True
    ),
    Column("subject", "text", "What changed, as `<kind>:<id>`.", required=True),
    Column("what", "text", "The column or event that changed.", required=True),
    Column("before", "text", "The earlier value as text; null when new."),
    Column("after", "text", "The later value as text; null when gone."),
    Column("source_id", "text", "The source's folder.", required=True),
    Column("source_url", "text", "Address of the page that shows the new state.", required=True),
    Column("capture_sha256", "text", "SHA-256 of the capture that shows the new state.", required=True),
)
_DOCUMENT = (
    Column("source_id", "text", "The source's folder.", required=True),
    Column("source_url", "text", "Address of the document.", required=True),
    Column("role", "text", "list, document or attachment.", required=True),
    Column("capture_sha256", "text", "SHA-256 of the archived bytes.", required=True),
    Column("bytes", "int", "Length of the archived bytes.", unit="bytes", required=True),
    Column("content_type", "text", "Type the server declared."),
    Column(
        "capture_kind",
        "text",
        "`live` fetched; `reconstructed` bundled page in our wording; `curated` table typed in with addresses.",
        required=True,
        values=("live", "reconstructed", "curated"),
    ),
    Column("first_seen_at", "timestamp", "First capture with these bytes (UTC).", required=True),
    Column("last_seen_at", "timestamp", "Latest capture with these bytes (UTC).", required=True),
    Column("records", "int", "Records read from it by the current readers.", required=True),
)
_ISSUE = (
    Column("source_id", "text", "The source's folder.", required=True),
    Column("level", "text", "error, warning or info.", required=True, values=("error", "warning", "info")),
    Column("code", "text", "Stable word for the kind of issue.", required=True),
    Column("url", "text", "Address of the page, where there is one."),
    Column("locator", "text", "Where in the page."),
    Column("message", "text", "One line with the offending sample.", required=True),
    Column("occurrences", "int", "How often it stands in the current captures.", required=True),
)
_CLAIM = (
    Column("claim_id", "text", "Stable name of the claim.", required=True),
    Column("statement", "text", "What was printed, restated in our words.", required=True),
    Column("as_of_date", "date", "The day the claim speaks of.", required=True),
    Column("claimed", "text", "The claimed figure or fact.", required=True),
)
_CLAIM_QUERY = Column("query", "text", "SQL over the marts that computes the answer.", required=True)

TABLES = [
    Table(
        "core_trust__attempts",
        "trust",
        "Outcome ledger: one row an attempt to read an address.",
        ("run_id", "source_id", "url", "attempted_at"),
        _ATTEMPT,
        is_fact=False,
    ),
    Table(
        "core_trust__sources",
        "trust",
        "Every source as its source.yml describes it.",
        ("source_id",),
        _SOURCE,
        is_fact=False,
    ),
    Table(
        "core_trust__documents",
        "trust",
        "Captures: one row a source, address and content.",
        ("source_id", "source_url", "capture_sha256"),
        _DOCUMENT,
        is_fact=False,
    ),
    Table(
        "core_trust__issues",
        "trust",
        "What the readers could not take in, by source, kind and place.",
        ("source_id", "code", "url", "locator", "message"),
        _ISSUE,
        is_fact=False,
    ),
    Table(
        "core_trust__changes",
        "trust",
        "Changes between captures, from every domain.",
        ("changed_at", "subject", "what", "after"),
        _CHANGE,
        is_fact=False,
    ),
    Table(
        "core_trust__places",
        "trust",
        "Places by code and name, for English names and for finding the province.",
        ("place_code", "place_name"),
        _PLACE,
        is_fact=False,
    ),
    Table(
        "core_trust__health",
        "trust",
        "What the last run found out about each source beside its attempts.",
        ("source_id",),
        (
            Column("source_id", "text", "The source's folder.", required=True),
            Column("records", "int", "Records read from all its captures.", required=True),
            Column("newest_content_date", "date", "Newest date its content speaks of."),
            Column(
                "as_of_date",
                "date",
                "Day against which age is counted: the run's, or the newest capture's in replay.",
                required=True,
            ),
            Column("failure_reason", "text", "Why the source counts as failed; null when it does not."),
        ),
        is_fact=False,
    ),
    Table(
        "core_claims__claims",
        "trust",
        "Printed claims with the query that tests each.",
        ("claim_id",),
        (*_CLAIM, _CLAIM_QUERY),
    ),
    Table(
        "source_status",
        "trust",
        "One row a source: is it alive, how old is its newest content, what went wrong last.",
        ("source_id",),
        (
            *_SOURCE,
            Column(
                "status",
                "text",
                "`ok`; `stale` when the newest content is older than quiet_days; `failed` when the last attempt failed "
                "or bounds were broken; `no_listing` for a registered source that publishes none.",
                required=True,
                values=("ok", "stale", "failed", "no_listing"),
            ),
            Column("reason", "text", "Why it is not ok, in one line; null when ok."),
            Column("records", "int", "Records read from its captures.", required=True),
            Column("captures", "int", "Distinct contents archived.", required=True),
            Column("last_attempt_at", "timestamp", "Latest attempt (UTC)."),
            Column("last_success_at", "timestamp", "Latest attempt that gave content (UTC)."),
            Column(
                "last_outcome",
                "text",
                "Outcome of the latest failing attempt of the last run, else of the latest.",
            ),
            Column("newest_content_date", "date", "Newest date its content speaks of."),
            Column("content_age_days", "int", "Age of that date at the last attempt.", unit="days"),
            Column("issues_error", "int", "Issues of level error.", required=True),
            Column("issues_warning", "int", "Issues of level warning.", required=True),
            Column(
                "unknown_names",
                "int",
                "Names (chips, places, units) the readers did not know.",
                required=True,
            ),
            Column("capture_kinds", "text", "Kinds of its captures, joined by comma.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "documents",
        "trust",
        "One row an archived document: address, hash, size, when it was seen and how many records were read from it.",
        ("source_id", "source_url", "capture_sha256"),
        _DOCUMENT,
        is_fact=False,
    ),
    Table(
        "evidence",
        "trust",
        "The ground of every fact: the quoted words, where they stand and in which capture. Join to any mart on "
        "`capture_sha256` and `locator`.",
        ("fact_table", "fact_key", "capture_sha256", "locator"),
        (
            Column("fact_table", "text", "Core table the fact stands in.", required=True),
            Column("fact_key", "text", "The fact's key, its parts joined by ` | `.", required=True),
            Column("quote", "text", "The words the fact rests on.", required=True),
            Column("quote_start", "int", "Offset of the quote in the repaired text."),
            Column("quote_end", "int", "Offset behind the quote."),
        ),
    ),
    Table(
        "changes",
        "trust",
        "What changed, when, from what to what, with the page that shows it.",
        ("changed_at", "subject", "what", "after"),
        _CHANGE,
        is_fact=False,
    ),
    Table(
        "places",
        "trust",
        "Places by GB/T 2260 code, with Chinese and English names and their province: join on a jurisdiction code or a "
        "province's Chinese name.",
        ("place_code", "place_name"),
        _PLACE,
        is_fact=False,
    ),
    Table(
        "source_issues",
        "trust",
        "What the readers could not take in: unknown chips and units, cut clauses, failed pages.",
        ("source_id", "code", "url", "locator", "message"),
        _ISSUE,
        is_fact=False,
    ),
    Table(
        "claims",
        "trust",
        "Claims printed in the press, held against the marts: the computed answer, the verdict and the query.",
        ("claim_id",),
        (
            *_CLAIM,
            Column("computed", "text", "What the query found.", required=True),
            Column(
                "verdict",
                "text",
                "Whether the claim holds as printed.",
                required=True,
                values=("supported", "contradicted", "partly", "not established"),
            ),
            Column("explanation", "text", "Why, in one or two sentences.", required=True),
            _CLAIM_QUERY,
        ),
    ),
]
