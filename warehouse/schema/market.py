"""The GPU market: offers with their intervals, prices, availability, platforms, hubs, contracts and curbs."""

from warehouse.schema import Column, Table

CHANNELS = ("state_exchange", "broker", "retail", "cloud_list", "institution")
KINDS = ("ask", "bid", "index", "estimate", "purchase", "mock")
AVAILABILITY = ("in_stock", "sold_out", "limited", "on_request", "beta")
CONFIDENCE = ("high", "medium", "low")
_YUAN_HOUR = "CNY per GPU-hour"
_DOLLAR_HOUR = "USD per GPU-hour"

_PLATFORM_REFERENCE = "platforms.platform_id"

_OFFER_ID = Column(
    "offer_id",
    "text",
    "The listing: a hash of its source and of what identifies it there (platform, seller, chip text, count, unit, term, "
    "region, tier). It survives a change of price; a price interval of it is `offer_id` with `valid_from`.",
    required=True,
)
_OFFER = (
    Column(
        "platform_id",
        "text",
        "Platform that shows it; null for prices told by the press.",
        references=_PLATFORM_REFERENCE,
    ),
    Column(
        "channel",
        "text",
        "How it is sold: `state_exchange`, `broker` (servers by the month), `retail` (cards by the hour), `cloud_list` "
        "(list price of a cloud), `institution` (university or public computing centre).",
        values=CHANNELS,
    ),
    Column("market", "text", "Where the seller sells.", required=True, values=("china", "world")),
    Column("seller_name", "text", "Seller as the page names it."),
    Column(
        "chip_family",
        "text",
        "Chip family, older ones than `chips` has among them; null when the page does not say which chip it is.",
    ),
    Column("chip_id", "text", "Exact chip; only where the page says form and memory, or the family has one."),
    Column("chip_text", "text", "The chip as the page names it.", required=True),
    Column(
        "chips_per_offer",
        "int",
        "GPUs the price covers; null when not said or less than one card.",
        unit="GPUs",
    ),
    Column("memory_gib", "float", "Memory of one card.", unit="GiB"),
    Column("form_factor", "text", "SXM, PCIe, NVL or OAM, where the page says it."),
    Column("price_value", "float", "Price as printed; the low end of a range. In `price_unit`."),
    Column("price_value_max", "float", "High end where the page prints a range. In `price_unit`."),
    Column("price_text", "text", "The price as printed, where the reader kept it."),
    Column(
        "price_unit", "text", "`<currency>/<thing>-<period>`, e.g. CNY/server-month; null when not known."
    ),
    Column(
        "price_bound",
        "text",
        "`exact`; `from` (起, 低至: the lowest, not a price); `about`; `range`; `negotiable` (面议, no number).",
        values=("exact", "from", "about", "range", "negotiable"),
    ),
    Column(
        "price_tier",
        "text",
        "Which of several prices of one thing it is: `list`; `discounted`; `member` of the platform; `internal` to the "
        "institution's own people; `partner` or `external` to others; `spot`, may be taken away.",
        values=("list", "discounted", "member", "internal", "partner", "external", "spot"),
    ),
    Column("currency", "text", "Currency of the price as printed.", values=("CNY", "USD", "HKD", "EUR")),
    Column(
        "price_basis_rule",
        "text",
        "Rule that decided what the price covers: explicit_unit, header, sku_count, platform_default, plausibility or "
        "convention.",
    ),
    Column("term", "text", "Minimum or billed term as the page has it (on_demand, month, year ...)."),
    Column("is_tax_included", "bool", "Whether tax is in the price; null when the page does not say."),
    Column("quantity_idle", "int", "GPUs free at that time.", unit="GPUs"),
    Column("quantity_total", "int", "GPUs of the pool.", unit="GPUs"),
    Column(
        "availability",
        "text",
        "Stock as the page words it; a sold-out line keeps its ask.",
        values=AVAILABILITY,
    ),
    Column("region_name", "text", "Region or place of the machines as the page names it."),
    Column("offer_kind", "text", "ask, bid, index, estimate, purchase or mock.", required=True, values=KINDS),
    Column(
        "quarantine",
        "text",
        "Why the price is kept out of every average (likely fault: ÷8, ×12, currency, 万, purchase, fraction); null when "
        "it is plausible.",
    ),
    Column(
        "source_level",
        "text",
        "primary (operator's own page), capture_of_operator_data, secondary, secondary_copy, user_report, press.",
    ),
    Column(
        "date_basis",
        "text",
        "What dates the price: `capture` the time of reading; `page` the day the page prints; `span` a time between "
        "`page_date` and `page_date_to`; `unknown` the page shows no date.",
        required=True,
        values=("capture", "page", "span", "unknown"),
    ),
    Column("page_date", "date", "Day (or first day of the span) the price is of, where the page dates it."),
    Column("page_date_to", "date", "Last day of the span the price is of."),
    Column(
        "price_month",
        "date",
        "Month the price belongs to (first day); null when its date is not known to the month.",
    ),
)
_INTERVAL = (
    Column(
        "valid_from",
        "timestamp",
        "First time this content of the listing was seen (UTC); the page's own date where it has one.",
        required=True,
    ),
    Column(
        "price_valid_from",
        "timestamp",
        "First time this price of the listing was seen (UTC); stock may have changed since.",
        required=True,
    ),
    Column(
        "valid_to",
        "timestamp",
        "When it ceased: the next content was seen, or the list was read without it (UTC). Null while it was not seen to "
        "end.",
    ),
    Column(
        "closed_by",
        "text",
        "`changed` another content followed; `disappeared` the list came without it; null while open.",
        values=("changed", "disappeared"),
    ),
)
_CNY_PRICE = Column(
    "price_cny_per_gpu_hour",
    "float",
    "Price of one GPU for one hour, low end of a range; dollars at that month's rate, months of 730 h.",
    unit=_YUAN_HOUR,
)
_USD_PRICE = Column(
    "price_usd_per_gpu_hour",
    "float",
    "The same in dollars, yuan at that month's rate.",
    unit=_DOLLAR_HOUR,
)
_FX = (
    Column(
        "fx_cny_per_usd",
        "float",
        "Rate used: that month's mean, else the last known before it.",
        unit="CNY per USD",
    ),
    Column("fx_month", "date", "Month of the rate used."),
)
_NATIVE_RATE = Column(
    "price_per_gpu_hour",
    "float",
    "Price of one GPU for one hour in `currency`, low end of a range; null when unit or count is not known.",
)
_OBSERVED = Column(
    "observed_at",
    "timestamp",
    "Latest time this price was seen (UTC); the page's own date where it has one.",
    required=True,
)
_OFFER_MART = (
    _OFFER_ID,
    *_OFFER,
    _CNY_PRICE,
    Column("price_cny_per_gpu_hour_max", "float", "The same for the high end of a range.", unit=_YUAN_HOUR),
    _USD_PRICE,
    *_FX,
    Column("valid_from", "timestamp", "First time this price of the listing was seen (UTC).", required=True),
    Column(
        "valid_to",
        "timestamp",
        "When this price ceased: another followed, or the list was read without the listing (UTC); null while open.",
    ),
    Column(
        "closed_by",
        "text",
        "`changed`, `disappeared`; null while open.",
        values=("changed", "disappeared"),
    ),
    _OBSERVED,
)
_PLATFORM = (
    Column("platform_id", "text", "Short stable name.", required=True),
    Column("platform_name", "text", "Name in its own language.", required=True),
    Column("platform_name_en", "text", "Name in English."),
    Column(
        "platform_class",
        "text",
        "What it is; `state_trading` and `state_dispatch` are the state-run exchanges.",
        required=True,
        values=(
            "national_platform",
            "provincial_subplatform",
            "state_dispatch",
            "state_trading",
            "public_compute_service",
            "telco_platform",
            "data_centre",
            "institution",
            "commercial_market",
            "price_index",
        ),
    ),
    Column("market", "text", "Where it sells.", required=True, values=("china", "world")),
    Column("operator", "text", "Who runs it, as the page names it."),
    Column("place", "text", "City and province as printed; null for nationwide ones."),
    Column("place_code", "text", "GB/T 2260 code of the place, where it is one place."),
    Column(
        "is_state_run",
        "bool",
        "Whether a government body or a state-owned company runs it; null when not known.",
    ),
    Column(
        "launch_date",
        "date",
        "Day of launch, only where a page gives the day: the first one its notices name, else the register's.",
    ),
    Column(
        "launch_note", "text", "What is known of the launch where it is not a day (planned, reported, trial)."
    ),
    Column("url", "text", "Its own address."),
    Column("lists_what", "text", "What it lists."),
    Column(
        "prices_public",
        "text",
        "Whether prices can be read without an account: yes, partly, no, log-in needed or unknown, with a remark in brackets.",
    ),
    Column("confidence", "text", "How well the row is founded.", required=True, values=CONFIDENCE),
    Column("note", "text", "What else the page says."),
)
_HUB = (
    Column("hub_id", "text", "Short stable name.", required=True),
    Column("hub_name", "text", "Name in Chinese.", required=True),
    Column("hub_name_en", "text", "Name in English."),
    Column(
        "hub_kind",
        "text",
        "`hub` one of the 8 national hubs; `cluster` one of the 10 data-centre clusters in them.",
        required=True,
        values=("hub", "cluster"),
    ),
    Column("operator", "text", "Who approved or runs it."),
    Column("place", "text", "Place as printed."),
    Column("place_code", "text", "GB/T 2260 code, where it is one place."),
    Column("is_state_run", "bool", "True: they are designations of the state."),
    Column("launch_date", "date", "Day of launch, only where a page gives the day."),
    Column("launch_note", "text", "What is known of the start where it is not a day."),
    Column("url", "text", "Its own address."),
    Column("capacity_note", "text", "Reported capacity with its date, as printed."),
    Column("confidence", "text", "How well the row is founded.", required=True, values=CONFIDENCE),
    Column("note", "text", "What else the page says."),
)
_CONTRACT = (
    Column("contract_id", "text", "Short stable name.", required=True),
    Column("title", "text", "Contract, tender or disclosure, with the customer or project.", required=True),
    Column(
        "contract_kind",
        "text",
        "`lease_contract`, `framework`, `tender`; `segment_revenue` is a disclosure; `construction` and "
        "`server_purchase` are not rent.",
        required=True,
        values=(
            "lease_contract",
            "framework",
            "tender",
            "construction",
            "server_purchase",
            "segment_revenue",
        ),
    ),
    Column("parties", "text", "Parties named, supplier first.", required=True),
    Column("supplier_name", "text", "Who supplies, wins or discloses."),
    Column("customer_name", "text", "Who buys, where named."),
    Column("amount_cny", "float", "Whole amount as announced.", unit="CNY"),
    Column("term_months", "int", "Length, where stated.", unit="months"),
    Column(
        "status",
        "text",
        "State on the page; `superseded` is an earlier report of a contract that stands in another row; `budget`, "
        "`estimated` and `candidate` are no awards.",
        required=True,
        values=(
            "signed",
            "awarded",
            "candidate",
            "budget",
            "estimated",
            "reported",
            "terminated",
            "superseded",
        ),
    ),
    Column("is_compute_lease", "bool", "Whether it is rent of compute; null when the page does not say."),
    Column("announced_date", "date", "Day of the announcement read."),
    Column("date_note", "text", "The date as printed where it is not a day."),
    Column("place", "text", "Place, where stated."),
    Column("source_level", "text", "primary, secondary or press."),
    Column("note", "text", "Terms and doubts."),
)
_CURB = (
    Column("event_id", "text", "Short stable name.", required=True),
    Column("event_date", "date", "Day; the first of the month where only the month is known."),
    Column("date_note", "text", "The date as printed where it is not a day."),
    Column("actor", "text", "Who.", required=True),
    Column(
        "event_kind",
        "text",
        "`curb` a cloud rationed or said it would ration rental; `statement` other words on supply; `rental` an offer or "
        "use of rented chips; `sale_advert` an offer to sell; `purchase` a tender or order; `contract`; `price_move`.",
        required=True,
        values=("curb", "statement", "rental", "sale_advert", "purchase", "contract", "price_move"),
    ),
    Column("what", "text", "What happened, in our words.", required=True),
    Column("chip_text", "text", "Chips as named."),
    Column("chip_families", "text", "Chip families named, joined by comma."),
    Column("place", "text", "Where."),
    Column("quantity_text", "text", "Count as printed."),
    Column("price_text", "text", "Price as printed; sale prices are not rents."),
    Column("confidence", "text", "How well the row is founded.", required=True, values=CONFIDENCE),
)
_NOTICE = (
    Column(
        "notice_id",
        "text",
        "Platform, address of the notice and number of the statement in it.",
        required=True,
    ),
    Column(
        "platform_id",
        "text",
        "Platform the notice is about.",
        required=True,
        references=_PLATFORM_REFERENCE,
    ),
    Column("notice_date", "date", "Day of the notice; null where it prints none."),
    Column(
        "statement",
        "text",
        "What is said: `launch`, `operator`, `capacity` (computing power), `racks`, `cards`, `centres` connected, `users`, "
        "`money` (budget, investment or tender; no price).",
        required=True,
        values=("launch", "operator", "capacity", "racks", "cards", "centres", "users", "money"),
    ),
    Column("value", "float", "The number, in `unit`; null for a launch or an operator."),
    Column("unit", "text", "PFLOPS (precision mostly unsaid), qubits, racks, cards, centres, users or CNY."),
    Column(
        "compute_kind",
        "text",
        "Kind of computing power, where the notice says it.",
        values=("general", "ai", "hpc", "quantum"),
    ),
    Column(
        "bound",
        "text",
        "Whether the number is `exact`, `about` (近, 约) or `at_least` (超, 余).",
        required=True,
        values=("exact", "about", "at_least"),
    ),
    Column("is_target", "bool", "Planned or aimed at, not there yet.", required=True),
    Column("as_of_date", "date", "Day the statement speaks of; null for a target."),
    Column("party", "text", "Who runs or builds it, for `operator`."),
)

_CHANNEL_REQUIRED = Column("channel", "text", "How it is sold.", required=True, values=CHANNELS)
_CHIP = (
    Column(
        "chip",
        "text",
        "Chip family with the memory of a card (`nvidia-a100-80gb`); the family alone where the memory is not known.",
        required=True,
    ),
    Column("chip_family", "text", "Chip family.", required=True),
)

TABLES = [
    Table(
        "core_market__offers",
        "market",
        "Listings of every kind as intervals of constant content: a new row when price or stock changes.",
        ("offer_id", "valid_from"),
        (
            _OFFER_ID,
            Column("listing_key", "text", "What identifies the listing inside its source.", required=True),
            *_OFFER,
            _NATIVE_RATE,
            Column("price_per_gpu_hour_max", "float", "The same for the high end of a range, in `currency`."),
            *_INTERVAL,
            _OBSERVED,
            Column(
                "duplicate_of",
                "text",
                "Listing read from a page that shows the same offer as this register row; such a row stays out of the marts.",
            ),
        ),
    ),
    Table(
        "core_market__listing_days",
        "market",
        "Days on which a source's list was read and held offers: the days availability can speak of.",
        ("source_id", "day"),
        (
            Column("source_id", "text", "The source's folder.", required=True),
            Column("day", "date", "Day (UTC).", required=True),
            Column("read_at", "timestamp", "Last reading of that day (UTC).", required=True),
            Column("offers", "int", "Listings on the page or pages read.", required=True),
        ),
        is_fact=False,
    ),
    Table("core_market__platforms", "market", "Platforms, one row each.", ("platform_id",), _PLATFORM),
    Table("core_market__compute_hubs", "market", "Hubs and clusters, one row each.", ("hub_id",), _HUB),
    Table(
        "core_market__contracts",
        "market",
        "Contracts and tenders, one row each.",
        ("contract_id",),
        _CONTRACT,
    ),
    Table(
        "core_market__rental_curbs",
        "market",
        "Curbs of rental and adverts, one row each.",
        ("event_id",),
        _CURB,
    ),
    Table(
        "core_market__exchange_notices",
        "market",
        "Statements of notices about platforms, one row each.",
        ("notice_id",),
        _NOTICE,
    ),
    Table(
        "gpu_offers",
        "market",
        "Asks with their interval: one row a price of a listing, from when to when it stood, with stock as last seen. "
        "Quarantined rows are here and in no average. Bids, indices, estimates, purchases and mock rows are in "
        "`gpu_quotes`. Standing on a day: `from offers_on(date '2026-11-24')`.",
        ("offer_id", "valid_from"),
        _OFFER_MART,
    ),
    Table(
        "gpu_quotes",
        "market",
        "Quotations that are not asks (indices, bids, estimates, purchases, mock data), same columns as `gpu_offers`. Of "
        "these only indices feed `gpu_prices`.",
        ("offer_id", "valid_from"),
        _OFFER_MART,
    ),
    Table(
        "gpu_availability",
        "market",
        "Asks by day, chip and platform, on the days the platform's list was really read; prices in the row are of that "
        "day. Pages that carry no day of their own have none. Idle and total counts are sums of what the page prints; null when it prints none.",
        ("day", "chip", "platform_id"),
        (
            Column("day", "date", "Day (UTC) the list was read.", required=True),
            *_CHIP,
            Column("platform_id", "text", "Platform.", required=True, references=_PLATFORM_REFERENCE),
            Column("offers", "int", "Listings.", required=True),
            Column("offers_in_stock", "int", "Listings not sold out.", required=True),
            Column("idle_gpus", "int", "GPUs free, where counts are printed.", unit="GPUs"),
            Column("total_gpus", "int", "GPUs in the pools, where counts are printed.", unit="GPUs"),
            Column("min_price_cny_per_gpu_hour", "float", "Lowest ask.", unit=_YUAN_HOUR),
            Column("median_price_cny_per_gpu_hour", "float", "Median ask.", unit=_YUAN_HOUR),
            Column(
                "is_restricted_to_china",
                "bool",
                "Whether US lists controlled its export to China on that day; null when not known or when chips of the "
                "family differ.",
            ),
            Column("source_ids", "text", "Sources read, joined by comma.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "gpu_prices",
        "market",
        "Prices by month, chip and channel, from asks and indices that are not quarantined and are dated to the "
        "month: one price a listing (its last of the month), so that a listing read daily counts once. Low ends of "
        "ranges; prices said to be `from` are left out.",
        ("month", "market", "chip", "channel"),
        (
            Column("month", "date", "First day of the month.", required=True),
            Column("market", "text", "Where the sellers sell.", required=True, values=("china", "world")),
            *_CHIP,
            _CHANNEL_REQUIRED,
            Column("median_cny_per_gpu_hour", "float", "Median.", unit=_YUAN_HOUR, required=True),
            Column("p10_cny_per_gpu_hour", "float", "Tenth percentile.", unit=_YUAN_HOUR, required=True),
            Column("p90_cny_per_gpu_hour", "float", "Ninetieth percentile.", unit=_YUAN_HOUR, required=True),
            Column("median_usd_per_gpu_hour", "float", "Median.", unit=_DOLLAR_HOUR),
            Column("p10_usd_per_gpu_hour", "float", "Tenth percentile.", unit=_DOLLAR_HOUR),
            Column("p90_usd_per_gpu_hour", "float", "Ninetieth percentile.", unit=_DOLLAR_HOUR),
            Column("offers", "int", "Prices behind the figures.", required=True),
            Column("indices", "int", "How many of them are indices, not asks.", required=True),
            Column("platforms", "int", "Platforms behind the figures.", required=True),
            *_FX,
            Column("source_ids", "text", "Sources behind the figures, joined by comma.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "china_world_prices",
        "market",
        "Median price of a chip in China beside the world's, by month: all channels of a market together, and within the "
        "channels both have.",
        ("month", "chip"),
        (
            Column("month", "date", "First day of the month.", required=True),
            *_CHIP,
            Column("china_median_usd_per_gpu_hour", "float", "Median in China.", unit=_DOLLAR_HOUR),
            Column("world_median_usd_per_gpu_hour", "float", "Median elsewhere.", unit=_DOLLAR_HOUR),
            Column("china_median_cny_per_gpu_hour", "float", "Median in China.", unit=_YUAN_HOUR),
            Column("world_median_cny_per_gpu_hour", "float", "Median elsewhere.", unit=_YUAN_HOUR),
            Column(
                "china_premium_pct",
                "float",
                "China over the world: 100 × (China ÷ world − 1); null when one side is missing. The sides' channels "
                "may differ.",
                unit="percent",
            ),
            Column(
                "same_channel_premium_pct",
                "float",
                "The same within each channel both sides have (geometric mean over them); null when they share none.",
                unit="percent",
            ),
            Column("shared_channels", "text", "Channels both sides have, joined by comma."),
            Column("china_offers", "int", "Prices behind China's median.", required=True),
            Column("world_offers", "int", "Prices behind the world's median.", required=True),
            Column("china_platforms", "int", "Platforms behind China's median.", required=True),
            Column("world_platforms", "int", "Platforms behind the world's median.", required=True),
            Column("china_channels", "text", "Channels in China's median, joined by comma."),
            Column("world_channels", "text", "Channels in the world's median, joined by comma."),
        ),
        is_fact=False,
    ),
    Table(
        "voucher_purchasing_power",
        "market",
        "What a voucher buys: each support tier of a programme, whatever its state, at the latest price of each chip and channel in China. "
        "A tier without a rate or a cap leaves the columns that need it null.",
        ("programme_id", "tier", "chip", "channel"),
        (
            Column(
                "programme_id",
                "text",
                "Programme.",
                required=True,
                references="voucher_programmes.programme_id",
            ),
            Column("tier", "text", "Support tier of the programme.", required=True),
            *_CHIP,
            _CHANNEL_REQUIRED,
            Column("as_of_date", "date", "Month of the price used (first day).", required=True),
            Column(
                "list_price_cny_per_gpu_hour",
                "float",
                "Median price of that month.",
                unit=_YUAN_HOUR,
                required=True,
            ),
            Column("rate_pct", "float", "Share of the bill the voucher pays.", unit="percent"),
            Column("cap_cny", "float", "Most it pays.", unit="CNY"),
            Column(
                "effective_price_cny_per_gpu_hour",
                "float",
                "Price × (1 − rate), below the cap.",
                unit=_YUAN_HOUR,
            ),
            Column("saving_pct", "float", "Share of the bill saved below the cap.", unit="percent"),
            Column("spend_at_cap_cny", "float", "Bill at which the cap binds: cap ÷ rate.", unit="CNY"),
            Column(
                "gpu_hours_at_cap",
                "float",
                "GPU-hours that bill buys: cap ÷ (price × rate).",
                unit="GPU-hours",
            ),
            Column("offers", "int", "Prices behind the median.", required=True),
        ),
        is_fact=False,
    ),
    Table(
        "restricted_offers",
        "market",
        "Asks in China for chips whose export to China US lists or letters controlled on the day the ask was last seen, one row an ask and "
        "rule. An ask that names only a family counts when every chip of the family was controlled.",
        ("offer_id", "valid_from", "rule_id"),
        (
            *_OFFER_MART,
            Column("rule_id", "text", "Rule the control rests on.", required=True),
            Column("restriction_status", "text", "controlled or presumed.", required=True),
            Column("restricted_from", "date", "Day the control took effect for the chip.", required=True),
            Column(
                "days_since_restriction",
                "int",
                "Days from that day to the day the ask was last seen, or is dated to.",
                unit="days",
                required=True,
            ),
            Column(
                "is_family_level",
                "bool",
                "True where the ask names only the family.",
                required=True,
            ),
        ),
    ),
    Table(
        "compute_contracts",
        "market",
        "Compute-lease contracts, tenders and disclosures: amounts and terms. None states chip, count and term together, so "
        "none is a price.",
        ("contract_id",),
        _CONTRACT,
    ),
    Table(
        "platforms",
        "market",
        "Compute exchanges, dispatch platforms, data centres, clouds, retail markets, brokers and indices.",
        ("platform_id",),
        (
            *_PLATFORM,
            Column(
                "listing",
                "text",
                "`read` offers or quotations of it are on record; `no_listing` its notices are read, but it publishes no offers that could be; "
                "`not_read` it is only known of.",
                required=True,
                values=("read", "no_listing", "not_read"),
            ),
            Column("notices", "int", "Statements of its notices on record.", required=True),
            Column("offers", "int", "Asks of it on record.", required=True),
            Column("latest_offer_at", "timestamp", "Latest time an ask of it was seen (UTC)."),
        ),
    ),
    Table(
        "exchange_notices",
        "market",
        "What notices and press say of state exchanges, dispatch platforms and centres that publish no listing: launch, "
        "operator, computing power, racks, cards, connected centres, users, money. None of it is a price.",
        ("notice_id",),
        _NOTICE,
    ),
    Table(
        "compute_hubs",
        "market",
        "The 8 hubs and 10 clusters of the East Data, West Computing plan.",
        ("hub_id",),
        _HUB,
    ),
    Table(
        "rental_curbs",
        "market",
        "Who rationed or stopped renting GPUs, and who advertised, bought or rented chips under US control.",
        ("event_id",),
        _CURB,
    ),
]
