select
    month,
    market,
    chip,
    chip_family,
    channel,
    median(price_cny_per_gpu_hour) as median_cny_per_gpu_hour,
    quantile_cont(price_cny_per_gpu_hour, 0.1) as p10_cny_per_gpu_hour,
    quantile_cont(price_cny_per_gpu_hour, 0.9) as p90_cny_per_gpu_hour,
    median(price_usd_per_gpu_hour) as median_usd_per_gpu_hour,
    quantile_cont(price_usd_per_gpu_hour, 0.1) as p10_usd_per_gpu_hour,
    quantile_cont(price_usd_per_gpu_hour, 0.9) as p90_usd_per_gpu_hour,
    count(*) as offers,
    count(*) filter (where offer_kind = 'index') as indices,
    count(distinct coalesce(platform_id, source_url)) as platforms,
    max(fx_cny_per_usd) as fx_cny_per_usd,
    max(fx_month) as fx_month,
    string_agg(distinct source_id, ', ' order by source_id) as source_ids
from {{ ref('int_market__monthly_prices') }}
where price_cny_per_gpu_hour is not null
group by month, market, chip, chip_family, channel
