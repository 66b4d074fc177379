-- Each content of a listing with its price of one GPU for one hour in yuan and dollars at the rate of the price's month,
-- and the chip's name with its memory.
select
    offers.*,
    offers.chip_family
        || coalesce('-' || format('{:g}', coalesce(offers.memory_gib, memory.memory_gib, chips.memory_gib)) || 'gb', '') as chip,
    rates.cny_per_usd as fx_cny_per_usd,
    rates.rate_month as fx_month,
    {{ in_yuan('offers.price_per_gpu_hour', 'offers.currency', 'rates.cny_per_usd') }} as price_cny_per_gpu_hour,
    {{ in_yuan('offers.price_per_gpu_hour_max', 'offers.currency', 'rates.cny_per_usd') }} as price_cny_per_gpu_hour_max,
    {{ in_dollars('offers.price_per_gpu_hour', 'offers.currency', 'rates.cny_per_usd') }} as price_usd_per_gpu_hour
from {{ ref('stg_market__offers') }} as offers
left join {{ ref('stg_restrictions__chips') }} as chips on offers.chip_id = chips.chip_id
left join {{ ref('int_market__chip_memory') }} as memory on offers.chip_family = memory.chip_family
left join {{ ref('stg_rates__monthly') }} as rates
    on coalesce(offers.price_month, cast(offers.valid_from as date)) >= rates.rate_month
    and coalesce(offers.price_month, cast(offers.valid_from as date)) < rates.next_month
