-- What state each event was in, day by day. After the last day of a suspension a measure is taken to be in force again,
-- with low confidence, until a later text is on record; an instrument that is not enforced stays in force on paper.
with events as (
    select *, coalesce(announced_date, effective_date) as known_from
    from {{ ref('restriction_events') }}
    where coalesce(announced_date, effective_date) is not null
),

not_enforced as (
    select acted_on_event_id as event_id, min(acting_event_id) as basis_event_id
    from {{ ref('restriction_event_links') }}
    where relation in ('non_enforces', 'non_enforced_by')
    group by acted_on_event_id
),

stays as (
    select acted_on_event_id as event_id, min(acting_event_id) as basis_event_id
    from {{ ref('restriction_event_links') }}
    where kind = 'stays'
    group by acted_on_event_id
),

ends as (
    select acted_on_event_id as event_id, min(acting_event_id) as basis_event_id
    from {{ ref('restriction_event_links') }}
    where kind in ('supersedes', 'ends', 'rescinds')
    group by acted_on_event_id
),

turns as (
    -- an instrument can take effect before it becomes known
    select event_id, least(known_from, effective_date) as day, 'announced' as state, 1 as rank, event_id as basis_event_id
    from events where effective_date is null or effective_date > known_from
    union all
    select event_id, effective_date, 'in_force', 2, event_id from events where effective_date is not null
    union all
    select events.event_id, events.suspended_from, case when not_enforced.event_id is not null then 'not_enforced' else 'suspended' end, 3, stays.basis_event_id
    from events left join stays using (event_id) left join not_enforced using (event_id) where events.suspended_from is not null
    union all
    select event_id, suspended_to + 1, 'resumed_by_default', 4, null from events where suspended_to is not null and (ended_date is null or ended_date > suspended_to + 1)
    union all
    select events.event_id, events.ended_date, case when events.effective_date is null then 'never_effective' else 'ended' end, 5, ends.basis_event_id
    from events left join ends using (event_id) where events.ended_date is not null
),

daily as (
    select * from turns qualify row_number() over (partition by event_id, day order by rank desc) = 1
)

select
    daily.event_id,
    cast(daily.day as date) as valid_from,
    cast(lead(daily.day) over (partition by daily.event_id order by daily.day) as date) as valid_to,
    daily.state,
    daily.state in ('in_force', 'not_enforced', 'resumed_by_default') as is_in_force,
    daily.state in ('in_force', 'resumed_by_default') as is_enforced,
    daily.basis_event_id,
    case when daily.state = 'resumed_by_default' then 'low' else events.confidence end as confidence,
    case
        when daily.state = 'resumed_by_default' then 'the suspension ended by its own text on ' || events.suspended_to || coalesce('; ' || events.status_note, '')
        when lead(daily.day) over (partition by daily.event_id order by daily.day) is null then events.status_note
    end as note
from daily
inner join events using (event_id)
