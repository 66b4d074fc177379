-- question: How many models had a province filed and registered by a day?
-- answers: Q6
-- variable: province: English or Chinese name; Guangdong
-- variable: day: YYYY-MM-DD; 2025-12-31
-- column: province: the province
-- column: kind: filing at the national office, or registration with the provincial one
-- column: approved: rows dated to that day
-- column: in_year: of those, in the calendar year of the day
-- column: first_date: earliest
-- column: last_date: latest to that day
-- column: newest_name: the model of the latest
-- column: list_url: the newest list it was counted from
with asked as (
    select coalesce(getvariable('day')::date, date '2025-12-31') as day
)
select
    place_name_en as province, kind, count(*) as approved, count(*) filter (where year(filed_date) = year(day)) as in_year,
    min(filed_date) as first_date, max(filed_date) as last_date, arg_max(model_name, (filed_date, filing_number)) as newest_name,
    arg_max(source_url, (filed_date, filing_number)) as list_url
from model_approvals
cross join asked
join places on places.place_name = model_approvals.province_name and level = 'province'
where filed_date <= day and cancelled_date is null
  and is_named(concat_ws(' ', place_name_en, place_name), coalesce(getvariable('province'), 'Guangdong'))
group by all
order by province, approved desc
