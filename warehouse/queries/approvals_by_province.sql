-- question: How many models has each province, and who leads?
-- answers: Q6
-- variable: day: YYYY-MM-DD; the day of the newest page
-- column: province: the province, or the body that stands in its place
-- column: filings: filed with the national office
-- column: registrations: registered with the provincial office
-- column: total: both, and on-device filings
-- column: share_pct: of all, percent
select
    coalesce(place_name_en, model_approvals.province_name) as province,
    count(*) filter (where kind = 'filing') as filings, count(*) filter (where kind = 'registration') as registrations,
    count(*) as total, round(100.0 * count(*) / sum(count(*)) over (), 1) as share_pct
from model_approvals
left join places on places.place_name = model_approvals.province_name and level = 'province'
where filed_date <= coalesce(getvariable('day')::date, (select max(last_seen_at)::date from documents))
  and cancelled_date is null
group by all
order by total desc, province
