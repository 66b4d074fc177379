select
    month, chip, chip_family, china_median_usd_per_gpu_hour, world_median_usd_per_gpu_hour, china_premium_pct,
    china_offers, world_offers, china_channels, world_channels
from china_world_prices
where china_median_usd_per_gpu_hour is not null and world_median_usd_per_gpu_hour is not null
qualify row_number() over (partition by chip order by month desc) = 1
order by china_premium_pct
