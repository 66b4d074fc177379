with terms as (
    select
        programme_id, max(rate_pct) as rate_pct, min(rate_pct) as least_rate_pct, max(cap_cny) as cap_cny,
        max(coalesce(annual_budget_cny, total_budget_cny)) as budget_cny, count(*) as tiers
    from voucher_values group by programme_id
)
select
    p.*, rate_pct, least_rate_pct, cap_cny, budget_cny, coalesce(tiers, 0) as tiers,
    coalesce(published_date, effective_from, approximate_date) as day
from voucher_programmes as p left join terms using (programme_id)
order by day desc nulls last, programme_id
