-- When an event's end and its suspension became known: the announcement of the event that brought them, else the day itself.
with acts as (
    select
        links.acted_on_event_id as event_id,
        min(coalesce(acting.announced_date, acting.effective_date)) filter (where links.kind in ('supersedes', 'ends', 'rescinds')) as ended_by_date,
        min(coalesce(acting.announced_date, acting.effective_date)) filter (where links.kind = 'stays') as stayed_by_date
    from {{ ref('restriction_event_links') }} as links
    inner join {{ ref('stg_restrictions__events') }} as acting on acting.event_id = links.acting_event_id
    group by links.acted_on_event_id
)

select
    events.event_id,
    case when events.ended_date is not null then least(coalesce(acts.ended_by_date, events.ended_date), events.ended_date) end as end_known_date,
    case when events.suspended_from is not null then least(coalesce(acts.stayed_by_date, events.suspended_from), events.suspended_from) end as suspension_known_date
from {{ ref('stg_restrictions__events') }} as events
left join acts using (event_id)
