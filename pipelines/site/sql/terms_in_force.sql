-- what a user of compute gets from programmes in force, tier by tier
select
    median(cap_cny) as median_cap_cny, count(cap_cny) as caps,
    min(cap_cny) as least_cap_cny, max(cap_cny) as largest_cap_cny,
    median(rate_pct) as median_rate_pct, mode(rate_pct) as usual_rate_pct, count(rate_pct) as rates
from voucher_values
join voucher_programmes using (programme_id)
where status = 'in_force' and side = 'user'
