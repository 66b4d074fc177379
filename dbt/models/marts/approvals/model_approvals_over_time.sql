with rows as (
    select kind, province_name, date_trunc('month', filed_date)::date as month, date_trunc('month', cancelled_date)::date as ended
    from {{ ref('model_approvals') }}
    where filed_date is not null
    union all
    select kind, 'all', date_trunc('month', filed_date)::date, date_trunc('month', cancelled_date)::date
    from {{ ref('model_approvals') }}
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
    select
        grid.month, grid.kind, grid.province_name,
        count(*) filter (rows.month = grid.month) as new,
        count(*) filter (rows.ended = grid.month) as ended
    from grid
    left join rows
        on rows.kind = grid.kind and rows.province_name = grid.province_name
        and (rows.month = grid.month or rows.ended = grid.month)
    group by all
),

running as (
    select
        *,
        sum(new) over (partition by kind, province_name order by month) as cumulative,
        sum(ended) over (partition by kind, province_name order by month) as cancelled
    from counted
),

official as (
    select * from {{ ref('int_approvals__listed_totals') }}
    qualify row_number() over (partition by kind, province_name, date_trunc('month', as_of) order by as_of desc) = 1
)

select
    running.month, running.kind, running.province_name,
    cast(running.new as bigint) as new,
    cast(running.cumulative as bigint) as cumulative,
    cast(running.cancelled as bigint) as cancelled,
    official.listed as listed_cumulative,
    cast(official.official as bigint) as official_cumulative,
    official.as_of as official_as_of,
    official.source_kind as official_source_kind,
    official.source_url as official_source_url,
    cast(official.listed - official.official as bigint) as difference,
    case
        when official.listed <> official.official
            then coalesce(official.reason, 'not explained: the announced total and the rows differ')
    end as difference_reason
from running
left join official
    on official.kind = running.kind and running.province_name = official.province_name
    and date_trunc('month', official.as_of)::date = running.month
