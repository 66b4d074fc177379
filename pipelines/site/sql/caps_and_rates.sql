-- one row a place and kind of voucher in force: the highest cap and the highest share paid
select
    jurisdiction_code, jurisdiction_name, jurisdiction_name_en, level, instrument,
    max(cap_cny) as cap_cny, max(rate_pct) as rate_pct, count(distinct programme_id) as programmes
from voucher_values join voucher_programmes using (programme_id)
where status = 'in_force' and side = 'user' and level <> 'national' and (cap_cny is not null or rate_pct is not null)
group by all
order by cap_cny desc nulls last, rate_pct desc nulls last, jurisdiction_code, instrument
