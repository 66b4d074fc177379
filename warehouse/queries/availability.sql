-- question: Where is a chip in stock, and how many, when last read?
-- answers: Q3
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; all chips
-- column: platform_id: where
-- column: chip: chip and memory of a card
-- column: day: latest day its list was read
-- column: offers: asks that day
-- column: offers_in_stock: asks that are not sold out
-- column: idle_gpus: GPUs said to be free; null when the page prints none
-- column: total_gpus: GPUs said to be there
-- column: min_price_cny_per_gpu_hour: lowest price that day
-- column: is_restricted_to_china: whether its export to China was controlled that day
select
    platform_id, chip, day, offers, offers_in_stock, idle_gpus, total_gpus, min_price_cny_per_gpu_hour, is_restricted_to_china
from gpu_availability
where is_named(chip, coalesce(getvariable('chip'), ''))
qualify row_number() over (partition by platform_id, chip order by day desc) = 1
order by chip, platform_id
