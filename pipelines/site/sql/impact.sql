-- the pairs with a price on both sides first; those without any are counted, not listed
select
    event_id, title, event_date, chip_family, market, channel, rule_ids, n_before, n_after, price_before_cny_per_gpu_hour,
    price_after_cny_per_gpu_hour, price_change_pct, n_both, matched_change_pct, in_stock_before_pct, in_stock_after_pct, verdict,
    count(*) over () as pairs, count(*) filter (where verdict = 'compared') over () as compared
from restriction_impact left join restriction_events using (event_id)
qualify n_before > 0 or n_after > 0
order by verdict <> 'compared', abs(price_change_pct) desc nulls last, event_date desc, chip_family, market, channel, event_id
