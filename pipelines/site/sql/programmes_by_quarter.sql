with dated as (
    -- a programme without any date has the day it was first seen as its approximate one, and is left out
    select level, coalesce(published_date, effective_from, nullif(approximate_date, first_seen_at::date)) as day
    from voucher_programmes
)
select
    date_trunc('quarter', day)::date as quarter,
    case when level in ('district', 'zone') then 'district or zone' else level end as level,
    count(*) as programmes
from dated where day is not null
group by all order by quarter, level
