-- A firm may stand in two printed forms (full-width and ASCII brackets): a filing counts with the form it bears, else with the
-- one it differs from by brackets.
with members as (
    select *, replace(replace(entity, '(', '（'), ')', '）') as written from {{ source('core', 'core_approvals__group_members') }}
),

counted as (
    select members.entity, approvals.kind
    from members
    inner join {{ ref('model_approvals') }} as approvals
        on members.written = replace(replace(approvals.entity_name, '(', '（'), ')', '）')
    qualify row_number() over (partition by approvals.filing_number order by members.entity = approvals.entity_name desc) = 1
)

select
    members.* exclude (written),
    count(*) filter (counted.kind = 'filing') as filings,
    count(*) filter (counted.kind = 'registration') as registrations
from members
left join counted using (entity)
group by all
