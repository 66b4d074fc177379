with halves as (
    select unnest(generate_series(date '2023-12-31', (select max(filed_date) from {{ ref('model_approvals') }}), interval 6 month))::date as day
),

ends as (
    select last_day(day) as as_of from halves
)

select
    ends.as_of, approvals.entity_group, count(*) as approvals,
    100.0 * count(*) / (select count(*) from {{ ref('model_approvals') }} as everything where everything.filed_date <= ends.as_of) as share_pct
from ends
inner join {{ ref('model_approvals') }} as approvals on approvals.filed_date <= ends.as_of
where approvals.entity_group is not null
group by ends.as_of, approvals.entity_group
