-- question: What did a chip cost before and after a day, in the months around it?
-- answers: Q7
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; A100
-- variable: day: YYYY-MM-DD; 2023-10-17
-- variable: months: months on either side; 12
-- column: chip: chip and memory of a card
-- column: market: in China or elsewhere
-- column: channel: how it is sold
-- column: median_before_cny: median of the months before, yuan per GPU-hour
-- column: median_after_cny: median of the months from that day's on
-- column: prices_before: prices behind it
-- column: prices_after: prices behind it
-- column: events: measures that took effect in those months
with asked as (
    select
        coalesce(getvariable('day')::date, date '2023-10-17') as day,
        coalesce(getvariable('months')::int, 12) as months
)
select
    chip, market, channel,
    median(median_cny_per_gpu_hour) filter (where month < date_trunc('month', day)) as median_before_cny,
    median(median_cny_per_gpu_hour) filter (where month >= date_trunc('month', day)) as median_after_cny,
    coalesce(sum(offers) filter (where month < date_trunc('month', day)), 0)::bigint as prices_before,
    coalesce(sum(offers) filter (where month >= date_trunc('month', day)), 0)::bigint as prices_after,
    (
        select count(*) from restriction_events
        where effective_date between asked.day - to_months(asked.months) and asked.day + to_months(asked.months)
    ) as events
from gpu_prices
cross join asked
where is_named(chip, coalesce(getvariable('chip'), 'A100'))
  and month between day - to_months(months) and day + to_months(months)
group by chip, market, channel, asked.day, asked.months
order by chip, market, channel
