-- question: How has the price of a chip moved, by month and channel?
-- answers: Q3
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; A100
-- variable: market: china or world; both
-- column: month: first day of the month
-- column: market: in China or elsewhere
-- column: chip: chip and memory of a card
-- column: channel: how it is sold
-- column: median_cny_per_gpu_hour: median, yuan
-- column: p10_cny_per_gpu_hour: a tenth of the prices lie below
-- column: p90_cny_per_gpu_hour: a tenth lie above
-- column: median_usd_per_gpu_hour: median, dollars
-- column: offers: prices behind it
-- column: platforms: platforms behind it
select
    month, market, chip, channel, median_cny_per_gpu_hour, p10_cny_per_gpu_hour, p90_cny_per_gpu_hour,
    median_usd_per_gpu_hour, offers, platforms
from gpu_prices
where is_named(chip, coalesce(getvariable('chip'), 'A100'))
  and market = coalesce(getvariable('market'), market)
order by market, chip, channel, month
