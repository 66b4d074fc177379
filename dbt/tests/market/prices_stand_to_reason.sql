{{ config(severity = 'warn') }}
-- A price that may be averaged lies in a band that rents of one card have ever had; ranges, spans and intervals run forward; a
-- price is of no day after it was read; dollars are yuan at the rate printed beside them.
select offer_id, chip_text, price_cny_per_gpu_hour, price_value, price_value_max, page_date, page_date_to, valid_from, valid_to
from (
    select * from {{ ref('gpu_offers') }}
    union all
    select * from {{ ref('gpu_quotes') }}
)
where
    (quarantine is null and price_cny_per_gpu_hour not between 0.1 and 500)
    or price_value <= 0 or price_value_max < price_value or price_cny_per_gpu_hour_max < price_cny_per_gpu_hour
    or page_date > page_date_to or coalesce(page_date_to, page_date) > cast(last_seen_at as date)
    or valid_to <= valid_from
    or abs(price_usd_per_gpu_hour * fx_cny_per_usd / nullif(price_cny_per_gpu_hour, 0) - 1) > 1e-6
    or quantity_idle > quantity_total
