"""Chips, the events of the restriction record, and the computed status of every chip."""

from warehouse.schema import Column, Table

REGIMES = ("us_list", "us_letter", "us_guidance", "us_tariff", "china", "allied", "provider")
CHIP_STATUS = ("not_controlled", "controlled", "presumed", "unknown")
_CONFIDENCE = ("high", "medium", "low")

_CHIP = (
    Column("chip_id", "text", "Stable id, as fine as the part: form and memory included.", required=True),
    Column("chip_family", "text", "The family its variants share.", required=True),
    Column("vendor", "text", "Maker.", required=True),
    Column("chip_name", "text", "Name as the maker writes it.", required=True),
    Column("aliases", "text", "Other names, joined by semicolon."),
    Column("release_date", "date", "Day of release, where known to the day."),
    Column("process_node", "text", "Manufacturing process."),
    Column("die_area_mm2", "float", "Area of the logic dies made on a non-planar process.", unit="mm2"),
    Column("die_area_basis", "text", "What the area rests on."),
    *(
        Column(
            f"{form}_dense_{unit}",
            "float",
            f"Highest dense rate at {form.upper()} without sparsity.",
            unit=unit.upper(),
        )
        for form, unit in (
            ("int8", "tops"),
            ("fp8", "tflops"),
            ("fp4", "tflops"),
            ("fp16", "tflops"),
            ("bf16", "tflops"),
        )
    ),
    Column("fp32_tflops", "float", "Vector rate at FP32.", unit="TFLOPS"),
    Column("fp64_tflops", "float", "Rate at FP64.", unit="TFLOPS"),
    Column("bit_length_used", "text", "Bit length that gives the total processing performance."),
    Column(
        "tpp",
        "float",
        "Total processing performance: the highest dense rate times its bit length (15 CFR 774 Supp. 1, 3A090 technical note).",
    ),
    Column(
        "tpp_lower_bound",
        "float",
        "What the total processing performance is at least, where it is not published.",
    ),
    Column("tpp_basis", "text", "Published by the maker, or computed from dense rates."),
    Column(
        "published_performance_density",
        "float",
        "Performance density as published or rounded by others; the engine divides anew.",
    ),
    Column("memory_gib", "float", "Memory.", unit="GiB"),
    Column("memory_type", "text", "Kind of memory."),
    Column("memory_bandwidth_gbs", "float", "Total DRAM bandwidth.", unit="GB/s"),
    Column(
        "interconnect_gbs",
        "float",
        "Chip-to-chip transfer rate, both directions; null is unknown.",
        unit="GB/s",
    ),
    Column("host_io_gbs", "float", "Transfer rate to the host (PCIe), both directions.", unit="GB/s"),
    Column(
        "has_no_chip_link",
        "bool",
        "True where the maker publishes its links and none joins chips: interconnect is then 0.",
        required=True,
    ),
    Column("market", "text", "What it is sold for.", required=True),
    Column(
        "is_datacentre",
        "bool",
        "Stored judgement: designed or marketed for use in data centres, after the market column.",
        required=True,
    ),
    Column(
        "origin",
        "text",
        "`china` where the designing firm has its headquarters there, else `foreign`.",
        required=True,
        values=("china", "foreign"),
    ),
    Column("vendor_eccn", "text", "Export classification the maker publishes."),
    Column("confidence", "text", "How sure the row is."),
    Column("note", "text", "What the numbers leave open."),
)
_EVENT = (
    Column("event_id", "text", "Stable id.", required=True),
    Column("slug", "text", "Short name, used by rule versions.", required=True),
    Column("announced_date", "date", "Day it became known."),
    Column("effective_date", "date", "First day of effect."),
    Column("ended_date", "date", "Day of the end, or of the successor's first."),
    Column("suspended_from", "date", "First day of a suspension."),
    Column(
        "suspended_to", "date", "Last day of a suspension; after it the measure counts as resumed by default."
    ),
    Column("jurisdiction", "text", "Whose measure it is.", required=True),
    Column("authority", "text", "Body or firm."),
    Column("instrument", "text", "Kind of instrument."),
    Column("title", "text", "What it is.", required=True),
    Column("document_number", "text", "Citation or document number."),
    Column("covers", "text", "What it covers."),
    Column("summary", "text", "What it does."),
    Column("status_note", "text", "State when last looked at."),
    Column("links", "text", "Links to other events as recorded."),
    Column("confidence", "text", "How sure the row is.", required=True, values=_CONFIDENCE),
)

_VERSION = (
    Column("citation", "text", "Which text.", required=True),
    Column("version_date", "date", "First day of the version.", required=True),
    Column("is_substantive", "bool", "Marked as a change of substance.", required=True),
    Column("is_reviewed", "bool", "A person compared the rule versions with it.", required=True),
)
_LISTED = (
    Column("entity_key", "text", "Id in the list.", required=True),
    Column("entity_name", "text", "Name on the list.", required=True),
    Column("alt_names", "text", "Other names."),
    Column("list_name", "text", "Which list."),
    Column("countries", "text", "Countries of its addresses."),
    Column("license_requirement", "text", "What needs a licence."),
    Column("license_policy", "text", "How an application is judged."),
    Column(
        "footnote",
        "text",
        "Footnote of the Entity List: 1 and 4 widen the reach over foreign-made items, 5 over fab tools.",
    ),
    Column("federal_register_notice", "text", "Citations; the first is the listing, later ones amendments."),
)
_EPOCH = (
    Column("hardware_name", "text", "Name in Epoch AI's table.", required=True),
    Column("manufacturer", "text", "Maker."),
    Column("release_date", "date", "Release."),
    Column(
        "tpp", "float", "Total processing performance as Epoch AI has it; not always of dense tensor rates."
    ),
    Column("die_area_mm2", "float", "Die area.", unit="mm2"),
    Column("memory_gib", "float", "Memory.", unit="GiB"),
    Column("memory_bandwidth_gbs", "float", "Memory bandwidth.", unit="GB/s"),
)
_CLUSTER = (
    Column(
        "cluster_key",
        "text",
        "Name, first day and number of chips: many clusters are anonymous.",
        required=True,
    ),
    Column("cluster_name", "text", "Name of the cluster.", required=True),
    Column("country", "text", "Country."),
    Column("owner", "text", "Owner."),
    Column("status", "text", "Existing, planned or ended."),
    Column("certainty", "text", "How sure Epoch AI is."),
    Column("chip_text", "text", "Main kind of chip."),
    Column("chip_count", "float", "Chips of that kind."),
    Column("first_operational_date", "date", "First day in operation."),
)

TABLES = [
    Table(
        "core_restrictions__chips",
        "restrictions",
        "Accelerators with the numbers the rules measure.",
        ("chip_id",),
        _CHIP,
    ),
    Table(
        "core_restrictions__events",
        "restrictions",
        "Events of the restriction record.",
        ("event_id",),
        _EVENT,
    ),
    Table(
        "core_restrictions__regulation_versions",
        "restrictions",
        "Versions of a regulation's text.",
        ("citation", "version_date"),
        _VERSION,
    ),
    Table(
        "core_restrictions__listed_entities",
        "restrictions",
        "Entries of the screening lists that name firms of the AI-chip trade.",
        ("entity_key",),
        _LISTED,
    ),
    Table(
        "core_restrictions__epoch_hardware",
        "restrictions",
        "Epoch AI's table of AI hardware (CC BY 4.0, credit Epoch AI).",
        ("hardware_name",),
        _EPOCH,
    ),
    Table(
        "core_restrictions__epoch_clusters",
        "restrictions",
        "Chinese rows of Epoch AI's table of GPU clusters (CC BY 4.0, credit Epoch AI).",
        ("cluster_key",),
        _CLUSTER,
    ),
    Table(
        "regulation_versions",
        "restrictions",
        "Dates on which the text of the export classification changed, and whether the rule versions were compared with it.",
        ("citation", "version_date"),
        _VERSION,
    ),
    Table(
        "listed_entities",
        "restrictions",
        "Firms of the AI-chip trade on US screening lists, with requirement, footnote and citations.",
        ("entity_key",),
        _LISTED,
    ),
    Table(
        "compute_clusters",
        "restrictions",
        "GPU clusters in China after Epoch AI (CC BY 4.0, credit Epoch AI).",
        ("cluster_key",),
        _CLUSTER,
    ),
    Table(
        "chip_number_differences",
        "restrictions",
        "Where a number of `chips` differs by more than 2 % from Epoch AI's: each difference named, none silently taken over.",
        ("chip_id", "field"),
        (
            Column("chip_id", "text", "The chip.", required=True, references="chips.chip_id"),
            Column("hardware_name", "text", "Its name in Epoch AI's table.", required=True),
            Column("field", "text", "The number compared.", required=True),
            Column("ours", "float", "Value in `chips`.", required=True),
            Column("theirs", "float", "Value in Epoch AI's table.", required=True),
            Column("ratio", "float", "theirs over ours.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "chips",
        "restrictions",
        "One row an accelerator: rates, memory, bandwidths, total processing performance and performance density.",
        ("chip_id",),
        (
            *_CHIP,
            Column(
                "performance_density",
                "float",
                "Total processing performance over die area, unrounded where both are known.",
                unit="TPP per mm2",
            ),
        ),
    ),
    Table(
        "restriction_events",
        "restrictions",
        "Rules, letters, guidance, tariffs, listings, Chinese and allied measures and providers' curbs, one row an event. "
        "As known on a day: `from known_by(date '2023-12-01')`.",
        ("event_id",),
        (
            *_EVENT[:14],
            Column("supersedes", "text", "Events it replaces or ends, joined by comma."),
            Column(
                "recorded_date",
                "date",
                "Day from which the record knew of it: the announcement, else the effective day. `known_by(day)` filters on it.",
            ),
            Column(
                "is_resumed_by_default",
                "bool",
                "True where a suspension passed its end date and no later text is on record.",
                required=True,
            ),
            *_EVENT[14:],
        ),
    ),
    Table(
        "restriction_event_links",
        "restrictions",
        "How events bear on each other: supersedes, amends, stays, rescinds and the like.",
        ("event_id", "relation", "other_event_id"),
        (
            Column("event_id", "text", "The event.", required=True, references="restriction_events.event_id"),
            Column("relation", "text", "What it does to the other, or the other to it.", required=True),
            Column(
                "other_event_id",
                "text",
                "The other event.",
                required=True,
                references="restriction_events.event_id",
            ),
        ),
        is_fact=False,
    ),
    Table(
        "restriction_timeline",
        "restrictions",
        "The status of every chip under each regime, day by day as intervals without gap or overlap: destination China. One "
        "answer a chip on a day: `from chip_status_on(date '2023-12-01')`.",
        ("chip_id", "regime", "valid_from"),
        (
            Column("chip_id", "text", "The chip.", required=True, references="chips.chip_id"),
            Column("chip_family", "text", "Its family.", required=True),
            Column("regime", "text", "Whose measures.", required=True, values=REGIMES),
            Column("valid_from", "date", "First day.", required=True),
            Column("valid_to", "date", "Day after the last; null while it lasts."),
            Column(
                "status",
                "text",
                "`controlled`; `presumed` under guidance; `unknown` when a missing number could decide; `not_controlled`.",
                required=True,
                values=CHIP_STATUS,
            ),
            Column("paragraph", "text", "Paragraph or band that is met."),
            Column("is_licence_required", "bool", "A licence or permit is needed.", required=True),
            Column(
                "review_policy",
                "text",
                "How an application is judged.",
                values=("presumption_of_denial", "case_by_case", "presumption_of_approval"),
            ),
            Column(
                "is_enforced",
                "bool",
                "False for a rule that stands in the code and is not enforced.",
                required=True,
            ),
            Column(
                "rule_id",
                "text",
                "Version that decides; `none` where the regime has no measure in force that day.",
                required=True,
            ),
            Column("destination", "text", "What the measure reaches."),
            Column("tpp", "float", "Total processing performance the tests used."),
            Column(
                "performance_density",
                "float",
                "Performance density the tests used, unrounded.",
                unit="TPP per mm2",
            ),
            Column("reason", "text", "The tests that decide, with the chip's numbers.", required=True),
            Column("missing_inputs", "text", "Numbers that are missing to decide, joined by comma."),
            Column("confidence", "text", "How sure the measure is.", required=True, values=_CONFIDENCE),
        ),
    ),
]
