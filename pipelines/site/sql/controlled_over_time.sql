-- chips under control in China on the first of each month: US lists, letters and guidance, and China's own gate
with days as (
    select unnest(generate_series(date '2022-01-01', $as_of, interval 1 month))::date as day
),
gates as (
    select
        days.day, chips.origin, chips.chip_id,
        bool_or(timeline.status = 'controlled') as is_controlled,
        bool_or(timeline.status = 'presumed') as is_presumed
    from days
    join restriction_timeline as timeline
        on timeline.valid_from <= days.day and (timeline.valid_to is null or timeline.valid_to > days.day)
    join chips using (chip_id)
    where timeline.regime in ('us_list', 'us_letter', 'us_guidance', 'china')
    group by all
)
select day, origin, count(*) filter (where is_controlled) as controlled,
    count(*) filter (where is_presumed and not is_controlled) as presumed, count(*) as chips
from gates group by all order by day, origin
