select
    filing_number,
    algorithm_name,
    role,
    entity_name,
    entity_group,
    subject_code,
    product,
    cancelled_date,
    source_id,
    source_url,
    capture_sha256,
    locator,
    capture_kind,
    parser_version,
    first_seen_at,
    last_seen_at
from {{ source('core', 'core_approvals__algorithms') }}
