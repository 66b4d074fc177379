-- The exact national totals of the office itself, one a kind and day; news and floors are left to approval_counts.
with totals as (
    select as_of, 'filing' as kind, total_filed as total
    from {{ source('core', 'core_approvals__counts') }}
    where scope = 'national' and qualifier = 'exact' and source_kind like 'official%' and total_filed is not null
    union all
    select as_of, 'registration', total_registered
    from {{ source('core', 'core_approvals__counts') }}
    where scope = 'national' and qualifier = 'exact' and source_kind like 'official%' and total_registered is not null
)

select as_of, kind, max(total) as total
from totals
where as_of is not null
group by as_of, kind
