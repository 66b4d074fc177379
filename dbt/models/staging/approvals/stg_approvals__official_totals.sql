-- The exact totals by place, kind and day. For the country only the office itself counts; for a province also reports of its
-- office's figure, since offices publish elsewhere. Sums of a period (`new_in_period`) are no totals and stay out.
with totals as (
    select as_of, scope, 'filing' as kind, total_filed as total, source_kind, source_url
    from {{ source('core', 'core_approvals__counts') }}
    where qualifier = 'exact' and total_filed is not null
    union all
    select as_of, scope, 'registration', total_registered, source_kind, source_url
    from {{ source('core', 'core_approvals__counts') }}
    where qualifier = 'exact' and total_registered is not null
)

select
    as_of, kind, case when scope = 'national' then 'all' else scope end as province_name, total, source_kind, source_url
from totals
where as_of is not null and (scope <> 'national' or source_kind like 'official%')
-- two pages that speak of one day: the higher figure is the later one
qualify row_number() over (partition by as_of, kind, scope order by total desc, source_kind, source_url) = 1
