-- One rate a month, and the month from which it is used: amounts of later months take the newest rate on record, with
-- its own date beside it.
select
    month as rate_month,
    cny_per_usd,
    coalesce(lead(month) over (order by month), date '9999-12-01') as next_month
from {{ ref('exchange_rates') }}
