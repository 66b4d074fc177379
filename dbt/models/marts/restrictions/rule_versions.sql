with announced as (
    select rules.*, events.event_id, coalesce(events.announced_date, events.effective_date) as announced_date
    from {{ ref('rules') }} as rules
    left join {{ ref('stg_restrictions__events') }} as events on events.slug = rules.event_slug
),

counts as (
    select
        rule_id as tests_rule_id,
        count(*) filter (where outcome = 'met') as chips_met,
        count(*) filter (where outcome = 'open') as chips_open
    from {{ ref('int_restrictions__outcomes') }}
    group by rule_id
)

select
    announced.rule_id,
    announced.regime,
    announced.role,
    announced.title,
    announced.announced_date,
    announced.valid_from,
    announced.valid_to,
    -- the end of a version is known once its successor is announced
    case when announced.valid_to is not null then least(announced.valid_to, coalesce((
        select min(successor.announced_date) from announced as successor where successor.valid_from = announced.valid_to
    ), announced.valid_to)) end as end_known_date,
    announced.is_in_cfr,
    announced.is_enforced,
    announced.reaches_china,
    announced.destination,
    coalesce(counts.chips_met, 0) as chips_met,
    coalesce(counts.chips_open, 0) as chips_open,
    announced.event_id,
    announced.note
from announced
left join counts using (tests_rule_id)
