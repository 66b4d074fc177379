with sides as (
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
    from {{ ref('int_market__monthly_prices') }}
    where price_cny_per_gpu_hour is not null
    group by month, chip, chip_family
)

select
    month,
    chip,
    chip_family,
    china_median_usd_per_gpu_hour,
    world_median_usd_per_gpu_hour,
    china_median_cny_per_gpu_hour,
    world_median_cny_per_gpu_hour,
    100 * (china_median_cny_per_gpu_hour / world_median_cny_per_gpu_hour - 1) as china_premium_pct,
    china_offers,
    world_offers,
    china_platforms,
    world_platforms,
    china_channels,
    world_channels
from sides
