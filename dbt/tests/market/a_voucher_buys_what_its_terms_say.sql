-- What a voucher buys follows from the price and the tier's terms alone.
select programme_id, tier, chip, channel
from {{ ref('voucher_purchasing_power') }}
where
    abs(effective_price_cny_per_gpu_hour + list_price_cny_per_gpu_hour * rate_pct / 100 - list_price_cny_per_gpu_hour) > 1e-9
    or abs(gpu_hours_at_cap * list_price_cny_per_gpu_hour * rate_pct / 100 / cap_cny - 1) > 1e-9
    or abs(gpu_hours_at_cap * list_price_cny_per_gpu_hour / spend_at_cap_cny - 1) > 1e-9
    or saving_pct is distinct from rate_pct
