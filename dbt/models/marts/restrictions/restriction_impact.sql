-- Price and stock of the chips an event touched, in the same market and channel, in as many days before as after. A listing
-- counts once on each side on which its price was seen, with the price nearest to the event; prices that no average takes
-- (quarantined, `from`, spot, internal) stay out. A price dated to a span is of one time in it, nobody knows which: it counts
-- only on a side that holds the whole span. With fewer than three listings on a side no change is printed.
{% set window_days = 90 %}
{% set fewest = 3 %}
with prices as (
    select
        offer_id, chip_family, market, channel, price_cny_per_gpu_hour, source_id,
        page_date_to is not null as is_span,
        coalesce(page_date, cast(valid_from as date)) as seen_from,
        greatest(coalesce(page_date_to, page_date, cast(observed_at as date)), coalesce(page_date, cast(valid_from as date))) as seen_to
    from (
        select offer_id, chip_family, market, channel, price_cny_per_gpu_hour, source_id, page_date, page_date_to, valid_from, observed_at, price_bound, price_tier, quarantine
        from {{ ref('gpu_offers') }}
        union all
        select offer_id, chip_family, market, channel, price_cny_per_gpu_hour, source_id, page_date, page_date_to, valid_from, observed_at, price_bound, price_tier, quarantine
        from {{ ref('gpu_quotes') }}
        where offer_kind = 'index'
    )
    where price_cny_per_gpu_hour is not null and chip_family is not null and channel is not null and quarantine is null
        and price_bound is distinct from 'from' and price_tier is distinct from 'spot' and price_tier is distinct from 'internal'
),

-- a platform sells in one market by one channel
platforms as (
    select platform_id, min(market) as market, min(channel) as channel
    from {{ ref('gpu_offers') }}
    where platform_id is not null and channel is not null
    group by platform_id
),

stock as (
    select availability.chip_family, platforms.market, platforms.channel, availability.day, availability.offers, availability.offers_in_stock
    from {{ ref('gpu_availability') }} as availability
    inner join platforms using (platform_id)
),

places as (
    select distinct chip_family, market, channel from prices
    union
    select distinct chip_family, market, channel from stock
),

compared as (
    select affected.event_id, affected.chip_family, affected.event_date, affected.rule_ids, places.market, places.channel
    from {{ ref('int_restrictions__affected') }} as affected
    inner join places using (chip_family)
),

sides as (
    select
        compared.event_id, compared.chip_family, compared.event_date, compared.market, compared.channel, prices.offer_id, prices.source_id,
        prices.seen_from < compared.event_date as is_before,
        prices.price_cny_per_gpu_hour
    from compared
    inner join prices
        on prices.chip_family = compared.chip_family and prices.market = compared.market and prices.channel = compared.channel
        and prices.seen_from < compared.event_date + {{ window_days }} and prices.seen_to >= compared.event_date - {{ window_days }}
    where prices.seen_from < compared.event_date
        and (not prices.is_span or (prices.seen_from >= compared.event_date - {{ window_days }} and prices.seen_to < compared.event_date))
    qualify row_number() over (partition by compared.event_id, compared.event_date, compared.chip_family, compared.market, compared.channel, prices.offer_id order by prices.seen_from desc) = 1

    union all

    select
        compared.event_id, compared.chip_family, compared.event_date, compared.market, compared.channel, prices.offer_id, prices.source_id,
        false, prices.price_cny_per_gpu_hour
    from compared
    inner join prices
        on prices.chip_family = compared.chip_family and prices.market = compared.market and prices.channel = compared.channel
        and prices.seen_from < compared.event_date + {{ window_days }} and prices.seen_to >= compared.event_date
    where not prices.is_span or (prices.seen_from >= compared.event_date and prices.seen_to < compared.event_date + {{ window_days }})
    qualify row_number() over (partition by compared.event_id, compared.event_date, compared.chip_family, compared.market, compared.channel, prices.offer_id order by prices.seen_from) = 1
),

priced as (
    select
        event_id, event_date, chip_family, market, channel,
        count(*) filter (where is_before) as n_before,
        count(*) filter (where not is_before) as n_after,
        median(price_cny_per_gpu_hour) filter (where is_before) as price_before,
        median(price_cny_per_gpu_hour) filter (where not is_before) as price_after,
        string_agg(distinct source_id, ', ' order by source_id) as source_ids
    from sides
    group by all
),

matched as (
    select
        event_id, event_date, chip_family, market, channel, count(*) as n_both, median(after_price / before_price - 1) * 100 as matched_change_pct
    from (
        select
            event_id, event_date, chip_family, market, channel, offer_id,
            any_value(price_cny_per_gpu_hour) filter (where is_before) as before_price,
            any_value(price_cny_per_gpu_hour) filter (where not is_before) as after_price
        from sides
        group by all
    )
    where before_price > 0 and after_price is not null
    group by all
),

stocked as (
    select
        compared.event_id, compared.event_date, compared.chip_family, compared.market, compared.channel,
        count(distinct stock.day) filter (where stock.day < compared.event_date) as days_before,
        count(distinct stock.day) filter (where stock.day >= compared.event_date) as days_after,
        100.0 * sum(stock.offers_in_stock) filter (where stock.day < compared.event_date) / sum(stock.offers) filter (where stock.day < compared.event_date) as in_stock_before,
        100.0 * sum(stock.offers_in_stock) filter (where stock.day >= compared.event_date) / sum(stock.offers) filter (where stock.day >= compared.event_date) as in_stock_after
    from compared
    inner join stock
        on stock.chip_family = compared.chip_family and stock.market = compared.market and stock.channel = compared.channel
        and stock.day >= compared.event_date - {{ window_days }} and stock.day < compared.event_date + {{ window_days }}
    group by all
)

select
    compared.event_id,
    compared.chip_family,
    compared.market,
    compared.channel,
    compared.event_date,
    compared.rule_ids,
    cast({{ window_days }} as bigint) as window_days,
    coalesce(priced.n_before, 0) as n_before,
    coalesce(priced.n_after, 0) as n_after,
    priced.price_before as price_before_cny_per_gpu_hour,
    priced.price_after as price_after_cny_per_gpu_hour,
    case when priced.n_before >= {{ fewest }} and priced.n_after >= {{ fewest }} then 100 * (priced.price_after / priced.price_before - 1) end as price_change_pct,
    coalesce(matched.n_both, 0) as n_both,
    case when matched.n_both >= {{ fewest }} then matched.matched_change_pct end as matched_change_pct,
    coalesce(stocked.days_before, 0) as days_before,
    coalesce(stocked.days_after, 0) as days_after,
    stocked.in_stock_before as in_stock_before_pct,
    stocked.in_stock_after as in_stock_after_pct,
    case
        when priced.n_before >= {{ fewest }} and priced.n_after >= {{ fewest }} then 'compared'
        when coalesce(priced.n_before, 0) + coalesce(priced.n_after, 0) = 0 then 'no prices'
        else 'too few'
    end as verdict,
    priced.source_ids
from compared
left join priced using (event_id, event_date, chip_family, market, channel)
left join matched using (event_id, event_date, chip_family, market, channel)
left join stocked using (event_id, event_date, chip_family, market, channel)
