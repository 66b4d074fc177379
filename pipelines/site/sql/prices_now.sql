-- the newest month each chip has in each channel in China
select
    chip, chip_family, channel, month, median_cny_per_gpu_hour, p10_cny_per_gpu_hour, p90_cny_per_gpu_hour, offers, platforms
from gpu_prices where market = 'china'
qualify row_number() over (partition by chip, channel order by month desc) = 1
order by chip, channel
