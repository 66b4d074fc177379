select
    count(*) as programmes,
    count(*) filter (where status = 'in_force') as in_force,
    count(distinct jurisdiction_code) filter (where level <> 'national') as places,
    count(distinct province_name) filter (where level <> 'national') as provinces,
    max(published_date) as newest
from voucher_programmes
