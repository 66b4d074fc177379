with terms as (
    select
        programme_id, max(rate_pct) as rate_pct, min(rate_pct) as least_rate_pct, max(cap_cny) as cap_cny,
        max(coalesce(annual_budget_cny, total_budget_cny)) as budget_cny, count(*) as tiers
    from voucher_values group by programme_id
)
select
    p.*, rate_pct, least_rate_pct, cap_cny, budget_cny, coalesce(tiers, 0) as tiers,
    -- a programme without any date has the day it was first seen as its approximate one
    coalesce(published_date, effective_from, nullif(approximate_date, p.first_seen_at::date)) as day,
    published_date is null and effective_from is null as is_about
from voucher_programmes as p left join terms using (programme_id)
order by day desc nulls last, programme_id
