with links as (
    select event_id, string_agg(other_event_id, ',' order by other_event_id) as supersedes
    from {{ ref('restriction_event_links') }}
    where relation in ('supersedes', 'replaces', 'ends', 'rescinds')
    group by event_id
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
