select
    day, chip, chip_family, platform_id, platform_name, platform_name_en, a.offers, offers_in_stock, idle_gpus, total_gpus,
    min_price_cny_per_gpu_hour, median_price_cny_per_gpu_hour, is_restricted_to_china
from gpu_availability as a left join platforms using (platform_id)
qualify row_number() over (partition by chip, platform_id order by day desc) = 1
order by day desc, chip, platform_id
