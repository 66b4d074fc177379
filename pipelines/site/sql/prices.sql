select
    month, market, chip, chip_family, channel, median_cny_per_gpu_hour, p10_cny_per_gpu_hour, p90_cny_per_gpu_hour,
    median_usd_per_gpu_hour, offers, platforms, source_ids
from gpu_prices order by chip, month, market, channel
