-- The firms of a group together have the filings and registrations of the group.
with firms as (
    select entity_group, sum(filings) as filings, sum(registrations) as registrations from {{ ref('company_groups') }} group by entity_group
),

approvals as (
    select
        entity_group,
        count(*) filter (kind = 'filing') as filings,
        count(*) filter (kind = 'registration') as registrations
    from {{ ref('model_approvals') }}
    where entity_group is not null
    group by entity_group
)

select *
from firms full join approvals using (entity_group)
where firms.filings is distinct from approvals.filings or firms.registrations is distinct from approvals.registrations
