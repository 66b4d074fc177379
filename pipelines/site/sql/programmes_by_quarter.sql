select
    date_trunc('quarter', coalesce(published_date, effective_from, approximate_date))::date as quarter,
    case when level in ('district', 'zone') then 'district or zone' else level end as level,
    count(*) as programmes
from voucher_programmes
where coalesce(published_date, effective_from, approximate_date) is not null
group by all order by quarter, level
