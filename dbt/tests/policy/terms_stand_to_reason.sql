{{ config(severity = 'warn') }}
-- Shares are shares, one beneficiary gets no more than the pot, and dates run forward and lie behind the record's own day.
select values.programme_id, values.tier
from {{ ref('voucher_values') }} as values
where
    values.rate_pct not between 0.1 and 100 or values.stacked_rate_pct not between values.rate_pct and 100
    or values.cap_cny <= 0 or values.cap_cny > values.annual_budget_cny or values.cap_cny > values.total_budget_cny
    or values.min_spend_cny > values.spend_at_cap_cny
    or abs(values.cap_usd * values.fx_cny_per_usd - values.cap_cny) > 0.01
union all
select programme_id, status
from {{ ref('voucher_programmes') }}
where
    effective_from > effective_to or published_date > effective_to or published_date > deadline
    or published_date > cast(last_seen_at as date) or approximate_date > cast(last_seen_at as date)
    or (status = 'in_force' and effective_to < approximate_date)
