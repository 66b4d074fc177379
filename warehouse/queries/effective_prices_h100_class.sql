-- question: How cheap does H100-class compute get with a voucher, and where?
-- answers: Q2
-- column: chip: chip and memory of a card
-- column: channel: how it is sold
-- column: price_month: month of the price used
-- column: list_price_cny_per_gpu_hour: median price of that month
-- column: place: who pays
-- column: rate_pct: share the voucher pays, percent
-- column: effective_price_cny_per_gpu_hour: price left to pay, below the cap
-- column: effective_price_usd_per_gpu_hour: the same in dollars of the price's month
-- column: gpu_hours_at_cap: GPU-hours until the cap binds; null where no cap is stated
-- column: programme_id: the programme
-- column: tier: group of beneficiaries
-- column: offers: prices behind the median
-- column: confidence: how sure the programme's terms are
with latest_rate as (
    select arg_max(cny_per_usd, month) as cny_per_usd from exchange_rates
)
select
    chip, channel, as_of_date as price_month, list_price_cny_per_gpu_hour, jurisdiction_name_en as place, rate_pct,
    effective_price_cny_per_gpu_hour,
    effective_price_cny_per_gpu_hour / coalesce(exchange_rates.cny_per_usd, latest_rate.cny_per_usd) as effective_price_usd_per_gpu_hour,
    gpu_hours_at_cap, programme_id, tier, offers, programmes.confidence
from voucher_purchasing_power
join programmes_on((select max(last_seen_at)::date from documents)) as programmes using (programme_id)
left join exchange_rates on exchange_rates.month = as_of_date
cross join latest_rate
where chip_family in ('nvidia-h100', 'nvidia-h800', 'nvidia-h200', 'nvidia-h20') and effective_price_cny_per_gpu_hour is not null
order by chip, effective_price_cny_per_gpu_hour, programme_id, tier
