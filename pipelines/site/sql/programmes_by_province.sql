select
    province_name, count(*) as programmes, count(*) filter (where status = 'in_force') as in_force,
    count(distinct jurisdiction_code) as places
from voucher_programmes where level <> 'national'
group by province_name order by programmes desc, province_name
