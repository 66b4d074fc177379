-- question: What happened to price and stock of the chips an event touched, before and after it?
-- answers: Q7
-- variable: event: an event's id, short name or words of its title; H20
-- column: event_id: the event
-- column: title: what it is
-- column: event_date: first day of the change
-- column: chip_family: chip
-- column: market: in China or elsewhere
-- column: channel: how it is sold
-- column: n_before: listings seen before
-- column: n_after: listings seen after
-- column: price_before_cny_per_gpu_hour: median before
-- column: price_after_cny_per_gpu_hour: median after
-- column: price_change_pct: change of the median, only with three listings on both sides
-- column: days_before: days before on which stock was read
-- column: days_after: days after on which stock was read
-- column: in_stock_before_pct: share of offers in stock
-- column: in_stock_after_pct: share of offers in stock
-- column: verdict: compared, too few, or no prices
select
    impact.event_id, events.title, impact.event_date, impact.chip_family, impact.market, impact.channel, n_before, n_after,
    price_before_cny_per_gpu_hour, price_after_cny_per_gpu_hour, price_change_pct, days_before, days_after, in_stock_before_pct,
    in_stock_after_pct, verdict
from restriction_impact as impact
inner join restriction_events as events using (event_id)
where coalesce(getvariable('event'), 'H20') in (impact.event_id, events.slug)
   or is_named(events.title, coalesce(getvariable('event'), 'H20'))
order by impact.event_date, impact.event_id, impact.chip_family, impact.market, impact.channel
