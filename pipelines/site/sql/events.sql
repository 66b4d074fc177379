select
    event_id, announced_date, effective_date, ended_date, jurisdiction, authority, instrument, title, document_number, covers,
    summary, supersedes, confidence, source_url, capture_kind
from restriction_events order by announced_date desc, event_id
