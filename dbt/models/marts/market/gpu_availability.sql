-- Only days on which the list was read: between two readings nothing is known of stock.
with readings as (
    select
        days.day,
        offers.*
    from {{ source('core', 'core_market__listing_days') }} as days
    inner join {{ ref('int_market__priced_offers') }} as offers
        on days.source_id = offers.source_id
        and cast(offers.valid_from as date) <= days.day
        and cast(offers.observed_at as date) >= days.day
    where offers.offer_kind = 'ask' and offers.chip is not null and offers.platform_id is not null
    qualify row_number() over (partition by offers.offer_id, days.day order by offers.valid_from desc) = 1
),

-- whether a licence was needed to send the chip to China that day; for a family, whether for all its chips
controlled as (
    select
        days.day, days.chip,
        bool_and(coalesce(timeline.status in ('controlled', 'presumed'), false)) as is_restricted
    from (select distinct day, chip, chip_family from readings) as days
    inner join {{ ref('chips') }} as chips
        on chips.chip_id = days.chip or (days.chip = days.chip_family and chips.chip_family = days.chip_family)
    left join (
        select chip_id, valid_from, valid_to, status from {{ ref('restriction_timeline') }} where regime in ('us_list', 'us_letter')
    ) as timeline
        on timeline.chip_id = chips.chip_id and timeline.valid_from <= days.day
        and (timeline.valid_to is null or timeline.valid_to > days.day)
        and timeline.status in ('controlled', 'presumed')
    group by days.day, days.chip
)

select
    day,
    chip,
    chip_family,
    platform_id,
    count(*) as offers,
    count(*) filter (where availability is distinct from 'sold_out' and quantity_idle is distinct from 0) as offers_in_stock,
    cast(sum(quantity_idle) as bigint) as idle_gpus,
    cast(sum(quantity_total) as bigint) as total_gpus,
    min(price_cny_per_gpu_hour) filter (where quarantine is null) as min_price_cny_per_gpu_hour,
    median(price_cny_per_gpu_hour) filter (where quarantine is null) as median_price_cny_per_gpu_hour,
    any_value(restricted.is_restricted) as is_restricted_to_china,
    string_agg(distinct source_id, ', ' order by source_id) as source_ids
from readings
left join controlled as restricted using (day, chip)
group by day, chip, chip_family, platform_id
