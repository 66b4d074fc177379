-- question: What does a place's voucher buy: effective price, hours at the cap, and the bill at which the cap binds?
-- answers: Q2
-- variable: place: English or Chinese name; Shenzhen
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; all chips
-- column: place: who pays
-- column: programme_id: the programme
-- column: tier: group of beneficiaries
-- column: chip: chip and memory of a card
-- column: channel: how it is sold
-- column: price_month: month of the price used
-- column: list_price_cny_per_gpu_hour: median price of that month
-- column: rate_pct: share the voucher pays, percent
-- column: effective_price_cny_per_gpu_hour: price left to pay, below the cap
-- column: cap_cny: most it pays, yuan
-- column: spend_at_cap_cny: bill at which the cap binds, yuan
-- column: gpu_hours_at_cap: GPU-hours that bill buys
-- column: offers: prices behind the median
select
    jurisdiction_name_en as place, programme_id, tier, chip, channel, as_of_date as price_month,
    list_price_cny_per_gpu_hour, rate_pct, effective_price_cny_per_gpu_hour, cap_cny, spend_at_cap_cny, gpu_hours_at_cap, offers
from voucher_purchasing_power
join voucher_programmes using (programme_id)
where is_named(concat_ws(' ', jurisdiction_name_en, jurisdiction_name), coalesce(getvariable('place'), 'Shenzhen'))
  and is_named(chip, coalesce(getvariable('chip'), ''))
order by place, programme_id, tier, chip, channel
