-- programmes in force that state a share: what an hour then costs, and how many hours the cap pays for
select
    p.programme_id, p.jurisdiction_name, p.jurisdiction_name_en, p.programme_name_en, coalesce(p.published_date, p.approximate_date) as day, power.tier, power.rate_pct,
    power.cap_cny, chip, chip_family, channel, power.as_of_date, list_price_cny_per_gpu_hour,
    effective_price_cny_per_gpu_hour, saving_pct, spend_at_cap_cny, gpu_hours_at_cap, offers
from voucher_purchasing_power as power join voucher_programmes as p using (programme_id)
where p.status = 'in_force' and power.rate_pct is not null and power.cap_cny is not null
order by power.cap_cny desc, programme_id, tier, chip, channel
