with prices as (
    select * from {{ ref('int_market__monthly_prices') }} where price_cny_per_gpu_hour is not null
),

sides as (
    select
        month,
        chip,
        chip_family,
        {% for side in ['china', 'world'] -%}
        median(price_usd_per_gpu_hour) filter (where market = '{{ side }}') as {{ side }}_median_usd_per_gpu_hour,
        median(price_cny_per_gpu_hour) filter (where market = '{{ side }}') as {{ side }}_median_cny_per_gpu_hour,
        count(*) filter (where market = '{{ side }}') as {{ side }}_offers,
        count(distinct coalesce(platform_id, source_url)) filter (where market = '{{ side }}') as {{ side }}_platforms,
        string_agg(distinct channel, ', ' order by channel) filter (where market = '{{ side }}') as {{ side }}_channels
        {{- ',' if not loop.last }}
        {% endfor %}
    from prices
    group by month, chip, chip_family
),

-- like with like: a broker's monthly rent beside an hourly list price says more of the channels than of the countries
channels as (
    select
        month, chip, channel,
        median(price_cny_per_gpu_hour) filter (where market = 'china')
        / median(price_cny_per_gpu_hour) filter (where market = 'world') as ratio
    from prices
    group by month, chip, channel
),

shared as (
    select
        month, chip,
        string_agg(channel, ', ' order by channel) as shared_channels,
        100 * (exp(avg(ln(ratio))) - 1) as same_channel_premium_pct
    from channels
    where ratio > 0
    group by month, chip
)

select
    sides.month,
    sides.chip,
    sides.chip_family,
    sides.china_median_usd_per_gpu_hour,
    sides.world_median_usd_per_gpu_hour,
    sides.china_median_cny_per_gpu_hour,
    sides.world_median_cny_per_gpu_hour,
    100 * (sides.china_median_cny_per_gpu_hour / sides.world_median_cny_per_gpu_hour - 1) as china_premium_pct,
    shared.same_channel_premium_pct,
    shared.shared_channels,
    sides.china_offers,
    sides.world_offers,
    sides.china_platforms,
    sides.world_platforms,
    sides.china_channels,
    sides.world_channels
from sides
left join shared using (month, chip)
