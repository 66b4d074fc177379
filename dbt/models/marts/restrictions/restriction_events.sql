-- An instrument that stays another is replaced by nothing; `supersedes` names what an event replaces, ends or rescinds.
with links as (
    select acting_event_id as event_id, string_agg(distinct acted_on_event_id, ',' order by acted_on_event_id) as supersedes
    from {{ ref('restriction_event_links') }}
    where kind in ('supersedes', 'ends', 'rescinds')
    group by acting_event_id
)

select
    events.event_id,
    events.slug,
    events.announced_date,
    events.effective_date,
    events.ended_date,
    events.suspended_from,
    events.suspended_to,
    events.jurisdiction,
    events.authority,
    events.instrument,
    events.title,
    events.document_number,
    events.covers,
    events.summary,
    links.supersedes,
    events.recorded_date,
    ends.end_known_date,
    ends.suspension_known_date,
    coalesce(events.suspended_to < events.last_seen_at::date and events.ended_date is null, false) as is_resumed_by_default,
    events.status_note,
    events.links,
    events.confidence,
    events.source_id,
    events.source_url,
    events.capture_sha256,
    events.locator,
    events.capture_kind,
    events.parser_version,
    events.first_seen_at,
    events.last_seen_at
from {{ ref('stg_restrictions__events') }} as events
left join links using (event_id)
left join {{ ref('int_restrictions__event_ends') }} as ends using (event_id)
