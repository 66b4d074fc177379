-- Where two official series give a month, the Federal Reserve's monthly mean is used: it is published as a mean,
-- while a mean of the ECB's daily cross rates is our own arithmetic.
select month, cny_per_usd, series,
    source_id, source_url, capture_sha256, locator, capture_kind, parser_version, first_seen_at, last_seen_at
from {{ source('core', 'core_rates__monthly') }}
qualify row_number() over (partition by month order by series like 'ECB%', last_seen_at desc) = 1
