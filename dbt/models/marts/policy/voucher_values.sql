select
    tiers.programme_id, tiers.tier, tiers.applies_to, tiers.side, tiers.rate_pct, tiers.basis, tiers.cap_cny,
    tiers.cap_period,
    tiers.cap_cny / rates.cny_per_usd as cap_usd,
    tiers.annual_budget_cny,
    tiers.annual_budget_cny / rates.cny_per_usd as annual_budget_usd,
    tiers.total_budget_cny,
    rates.cny_per_usd as fx_cny_per_usd,
    rates.rate_month as fx_date,
    tiers.min_spend_cny,
    -- the spend from which more spend brings no more aid
    tiers.cap_cny / (nullif(tiers.rate_pct, 0) / 100) as spend_at_cap_cny,
    tiers.validity_months, tiers.stacked_rate_pct,
    tiers.source_id, tiers.source_url, tiers.capture_sha256, tiers.locator, tiers.capture_kind, tiers.parser_version,
    tiers.first_seen_at, tiers.last_seen_at
from {{ ref('stg_policy__tiers') }} as tiers
inner join {{ ref('stg_policy__programmes') }} as programmes using (programme_id)
left join {{ ref('stg_rates__monthly') }} as rates
    on programmes.dated >= rates.rate_month and programmes.dated < rates.next_month
