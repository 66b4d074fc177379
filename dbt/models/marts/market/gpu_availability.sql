-- Only days on which the list was read: between two readings nothing is known of stock, and a page without a day of its own
-- (dated to a year, or not at all) tells of none. A listing counts with its last content of the day.
with spans as (
    select
        source_id, offer_id, chip, chip_family, platform_id, availability, quantity_idle, quantity_total,
        price_cny_per_gpu_hour, quarantine,
        cast(valid_from as date) as first_day,
        least(
            cast(observed_at as date),
            lead(cast(valid_from as date)) over (partition by offer_id order by valid_from) - 1
        ) as last_day
    from {{ ref('int_market__priced_offers') }}
    where offer_kind = 'ask' and chip is not null and platform_id is not null
        and date_basis in ('capture', 'page')
),

counted as (
    select
        days.day, spans.chip, spans.chip_family, spans.platform_id,
        count(*) as offers,
        count(*) filter (where spans.availability is distinct from 'sold_out' and spans.quantity_idle is distinct from 0) as offers_in_stock,
        cast(sum(spans.quantity_idle) as bigint) as idle_gpus,
        cast(sum(spans.quantity_total) as bigint) as total_gpus,
        min(spans.price_cny_per_gpu_hour) filter (where spans.quarantine is null) as min_price_cny_per_gpu_hour,
        median(spans.price_cny_per_gpu_hour) filter (where spans.quarantine is null) as median_price_cny_per_gpu_hour,
        string_agg(distinct spans.source_id, ', ' order by spans.source_id) as source_ids
    from spans
    inner join {{ source('core', 'core_market__listing_days') }} as days
        on days.source_id = spans.source_id and days.day between spans.first_day and spans.last_day
    group by days.day, spans.chip, spans.chip_family, spans.platform_id
),

-- the chips a name can mean: those of the family with that memory; all of the family when the list has none such
named as (
    select keys.chip, chips.chip_id
    from (select distinct chip, chip_family from counted) as keys
    inner join {{ ref('chips') }} as chips using (chip_family)
    qualify
        keys.chip = keys.chip_family
        or keys.chip = keys.chip_family || '-' || format('{:g}', chips.memory_gib) || 'gb'
        or not bool_or(coalesce(keys.chip = keys.chip_family || '-' || format('{:g}', chips.memory_gib) || 'gb', false))
            over (partition by keys.chip)
),

-- whether a licence was needed that day to send the chip to China: every chip the name can mean, or none of them
controlled as (
    select
        day, chip,
        case when bool_and(coalesce(is_controlled, false)) then true when bool_and(not coalesce(is_controlled, true)) then false end
            as is_restricted
    from (
        select
            days.day, days.chip, named.chip_id,
            case
                when bool_or(timeline.status in ('controlled', 'presumed')) then true
                when bool_and(timeline.status = 'not_controlled') then false
            end as is_controlled
        from (select distinct day, chip from counted) as days
        inner join named using (chip)
        left join {{ ref('restriction_timeline') }} as timeline
            on timeline.chip_id = named.chip_id and timeline.regime in ('us_list', 'us_letter')
            and timeline.valid_from <= days.day and (timeline.valid_to is null or timeline.valid_to > days.day)
        group by days.day, days.chip, named.chip_id
    )
    group by day, chip
)

select
    counted.day,
    counted.chip,
    counted.chip_family,
    counted.platform_id,
    counted.offers,
    counted.offers_in_stock,
    counted.idle_gpus,
    counted.total_gpus,
    counted.min_price_cny_per_gpu_hour,
    counted.median_price_cny_per_gpu_hour,
    restricted.is_restricted as is_restricted_to_china,
    counted.source_ids
from counted
left join controlled as restricted using (day, chip)
