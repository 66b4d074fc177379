-- Only instruments that pay for compute, and only what the user gets: a supplier's reward buys nobody GPU-hours.
with latest as (
    select *
    from {{ ref('gpu_prices') }}
    where market = 'china'
    qualify row_number() over (partition by chip, channel order by month desc) = 1
),

tiers as (
    select voucher_values.programme_id, voucher_values.tier, voucher_values.rate_pct, voucher_values.cap_cny
    from {{ ref('voucher_values') }} as voucher_values
    inner join {{ ref('voucher_programmes') }} as programmes using (programme_id)
    where programmes.instrument in ('compute_voucher', 'training_voucher', 'compute_subsidy')
        and voucher_values.side = 'user'
        and (voucher_values.rate_pct is not null or voucher_values.cap_cny is not null)
)

select
    tiers.programme_id,
    tiers.tier,
    latest.chip,
    latest.chip_family,
    latest.channel,
    latest.month as as_of_date,
    latest.median_cny_per_gpu_hour as list_price_cny_per_gpu_hour,
    tiers.rate_pct,
    tiers.cap_cny,
    latest.median_cny_per_gpu_hour * (1 - tiers.rate_pct / 100) as effective_price_cny_per_gpu_hour,
    tiers.rate_pct as saving_pct,
    tiers.cap_cny / nullif(tiers.rate_pct / 100, 0) as spend_at_cap_cny,
    tiers.cap_cny / nullif(latest.median_cny_per_gpu_hour * tiers.rate_pct / 100, 0) as gpu_hours_at_cap,
    latest.offers
from tiers
cross join latest
