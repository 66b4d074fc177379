-- question: Is a chip dearer or cheaper to rent in China than elsewhere?
-- answers: Q3
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; all chips
-- column: month: first day of the month
-- column: chip: chip and memory of a card
-- column: china_median_usd_per_gpu_hour: median in China
-- column: world_median_usd_per_gpu_hour: median elsewhere
-- column: china_premium_pct: China over the world, percent
-- column: china_offers: prices behind China's median
-- column: world_offers: prices behind the other
select
    month, chip, china_median_usd_per_gpu_hour, world_median_usd_per_gpu_hour, china_premium_pct, china_offers, world_offers
from china_world_prices
where china_premium_pct is not null and is_named(chip, coalesce(getvariable('chip'), ''))
order by chip, month
