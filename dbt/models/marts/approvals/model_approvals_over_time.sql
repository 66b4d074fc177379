with rows as (
    select kind, province_name, date_trunc('month', filed_date)::date as month from {{ ref('model_approvals') }}
    where filed_date is not null
    union all
    select kind, 'all', date_trunc('month', filed_date)::date from {{ ref('model_approvals') }}
    where filed_date is not null
),

months as (
    select unnest(generate_series(min(month), max(month), interval 1 month))::date as month from rows
),

grid as (
    select months.month, places.kind, places.province_name
    from months
    cross join (select distinct kind, province_name from rows where province_name is not null) as places
),

counted as (
    select grid.month, grid.kind, grid.province_name, count(rows.month) as new
    from grid
    left join rows using (month, kind, province_name)
    group by all
),

running as (
    select *, sum(new) over (partition by kind, province_name order by month) as cumulative from counted
),

official as (
    select * from {{ ref('int_approvals__listed_totals') }}
    qualify row_number() over (partition by kind, date_trunc('month', as_of) order by as_of desc) = 1
)

select
    running.month, running.kind, running.province_name,
    cast(running.new as bigint) as new,
    cast(running.cumulative as bigint) as cumulative,
    official.listed as listed_cumulative,
    cast(official.official as bigint) as official_cumulative,
    official.as_of as official_as_of,
    cast(official.listed - official.official as bigint) as difference,
    case
        when official.listed = official.official then null
        when official.missing is not null then 'serial ' || official.missing || ' is missing in the list as copied'
        when official.official is not null then 'not explained by the serials: the announced total and the list differ'
    end as difference_reason
from running
left join official
    on official.kind = running.kind and running.province_name = 'all'
    and date_trunc('month', official.as_of)::date = running.month
