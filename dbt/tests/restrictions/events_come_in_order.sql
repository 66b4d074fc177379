{{ config(severity = 'warn') }}
-- An event is known by the day of the record and ends no earlier than it begins. Who acts on another is not announced before it.
-- A suspension is over on the day after its last: then what brought it has ended, and nothing resumes earlier.
select event_id, 'announced after the record, or ended before it began' as fault
from {{ ref('restriction_events') }}
where announced_date > last_seen_at or ended_date < coalesce(effective_date, announced_date) or suspended_to < suspended_from
union all
select links.event_id, links.relation || ' ' || links.other_event_id
from {{ ref('restriction_event_links') }} as links
inner join {{ ref('restriction_events') }} as acting on acting.event_id = links.acting_event_id
inner join {{ ref('restriction_events') }} as acted on acted.event_id = links.acted_on_event_id
where links.kind <> 'relates' and (
    coalesce(acting.announced_date, acting.effective_date) < coalesce(acted.announced_date, acted.effective_date)
    or (links.kind = 'stays' and acting.ended_date <> acted.suspended_to + 1)
    or (links.kind = 'resumes' and acting.effective_date <= acted.suspended_to)
)
