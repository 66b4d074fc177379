-- question: What is new since a day: programmes, measures, approvals and prices by the date they carry?
-- answers: Q8
-- variable: day: YYYY-MM-DD; ninety days before the newest page
-- column: date: the day it carries
-- column: kind: programme, measure, approval or price
-- column: what: its name
-- column: source_url: where it stands
with asked as (
    select coalesce(getvariable('day')::date, (select max(last_seen_at)::date - 90 from documents)) as day
),
found as (
    select published_date as date, 'programme' as kind, jurisdiction_name_en || ': ' || programme_name_en as what, source_url
    from voucher_programmes
    union all
    select announced_date, 'measure', title, source_url from restriction_events
    union all
    select effective_date, 'measure', title || ' (takes effect)', source_url from restriction_events where effective_date > announced_date
    union all
    select filed_date, kind, model_name || ' (' || entity_name || ')', source_url from model_approvals
    union all
    select page_date, 'price', concat_ws(' ', platform_id, chip_text, price_value, price_unit), source_url from gpu_offers
)
select date, found.kind, what, source_url
from found, asked
where date between day and (select max(last_seen_at) from documents)
order by date desc, kind, what, source_url
