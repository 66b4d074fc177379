-- question: What happened to price and stock around each restriction?
-- answers: Q7
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; all chips
-- column: event_date: first day of the change
-- column: title: the measure
-- column: chip_family: chip whose status it turned
-- column: market: in China or elsewhere
-- column: channel: how it is sold
-- column: verdict: compared, too few listings on a side, or no prices in the window
-- column: n_before: listings with a price before
-- column: n_after: listings with a price after
-- column: price_before_cny_per_gpu_hour: median before
-- column: price_after_cny_per_gpu_hour: median after
-- column: price_change_pct: change of the median, percent
-- column: in_stock_before_pct: share in stock before, percent
-- column: in_stock_after_pct: share in stock after, percent
-- column: window_days: days looked at on either side
-- column: event_id: the measure's id
select
    event_date, title, chip_family, market, channel, verdict, n_before, n_after, price_before_cny_per_gpu_hour,
    price_after_cny_per_gpu_hour, price_change_pct, in_stock_before_pct, in_stock_after_pct, window_days, event_id
from restriction_impact
join restriction_events using (event_id)
where is_named(chip_family, coalesce(getvariable('chip'), ''))
order by verdict <> 'compared', verdict = 'no prices', event_date desc, chip_family, market, channel, event_id
