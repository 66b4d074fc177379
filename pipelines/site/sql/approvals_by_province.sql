-- how many each province had by the end of each year, and now
select
    province_name,
    max(cumulative) filter (where kind = 'filing' and month <= date '2023-12-01') as filings_2023,
    max(cumulative) filter (where kind = 'filing' and month <= date '2024-12-01') as filings_2024,
    max(cumulative) filter (where kind = 'filing' and month <= date '2025-12-01') as filings_2025,
    max(cumulative) filter (where kind = 'filing') as filings,
    max(cumulative) filter (where kind = 'registration' and month <= date '2025-12-01') as registrations_2025,
    max(cumulative) filter (where kind = 'registration') as registrations
from model_approvals_over_time
where province_name <> 'all'
group by province_name
order by coalesce(filings, 0) + coalesce(registrations, 0) desc, province_name
