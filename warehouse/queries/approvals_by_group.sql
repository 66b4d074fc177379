-- question: Which company groups have the most approved models?
-- answers: Q6
-- column: entity_group: the group; a firm on its own is its own group
-- column: filings: filed with the national office
-- column: registrations: registered with provincial offices
-- column: total: both, and on-device filings
-- column: entities: firms of the group that hold one
-- column: first_date: its earliest
-- column: latest_date: its latest
select
    coalesce(entity_group, entity_name) as entity_group,
    count(*) filter (where kind = 'filing') as filings, count(*) filter (where kind = 'registration') as registrations,
    count(*) as total, count(distinct entity_name) as entities, min(filed_date) as first_date, max(filed_date) as latest_date
from model_approvals
where cancelled_date is null
group by all
order by total desc, entity_group
