-- One row a listing and month: the last price it had in that month, for prices that may be averaged. Left out are
-- quarantined prices, `from` prices (a bound), spot prices (the machine may be taken away) and a university's price for its
-- own members.
with usable as (
    select *
    from {{ ref('int_market__price_intervals') }}
    where offer_kind in ('ask', 'index')
        and quarantine is null
        and price_bound is distinct from 'from'
        and price_tier is distinct from 'spot'
        and price_tier is distinct from 'internal'
        and price_month is not null
        and price_per_gpu_hour is not null
        and chip is not null
        and channel is not null
),

months as (
    select
        usable.*,
        unnest(generate_series(
            least(date_trunc('month', valid_from), cast(price_month as timestamp)),
            cast(price_month as timestamp),
            interval 1 month
        )) as month_start
    from usable
)

select
    months.* exclude (month_start, fx_cny_per_usd, fx_month, price_cny_per_gpu_hour, price_usd_per_gpu_hour, price_cny_per_gpu_hour_max),
    cast(months.month_start as date) as month,
    rates.cny_per_usd as fx_cny_per_usd,
    rates.rate_month as fx_month,
    {{ in_yuan('months.price_per_gpu_hour', 'months.currency', 'rates.cny_per_usd') }} as price_cny_per_gpu_hour,
    {{ in_dollars('months.price_per_gpu_hour', 'months.currency', 'rates.cny_per_usd') }} as price_usd_per_gpu_hour
from months
left join {{ ref('stg_rates__monthly') }} as rates
    on months.month_start >= rates.rate_month and months.month_start < rates.next_month
qualify row_number() over (partition by months.offer_id, months.month_start order by months.valid_from desc) = 1
