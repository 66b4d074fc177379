-- question: Which measures were announced or took effect between two days?
-- answers: Q5
-- variable: since: YYYY-MM-DD; 2025-01-01
-- variable: until: YYYY-MM-DD; the day of the newest page
-- column: announced_date: day it became known
-- column: effective_date: first day of effect
-- column: jurisdiction: whose measure
-- column: instrument: kind of instrument
-- column: title: what it is
-- column: covers: what it covers
-- column: document_number: citation
-- column: event_id: the event
-- column: source_url: where it stands
with asked as (
    select
        coalesce(getvariable('since')::date, date '2025-01-01') as first,
        coalesce(getvariable('until')::date, (select max(last_seen_at)::date from documents)) as last
)
select announced_date, effective_date, jurisdiction, instrument, title, covers, document_number, event_id, source_url
from restriction_events, asked
where announced_date between first and last or effective_date between first and last
order by coalesce(announced_date, effective_date), event_id
