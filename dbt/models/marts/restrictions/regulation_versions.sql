select
    citation,
    version_date,
    is_substantive,
    is_reviewed,
    source_id,
    source_url,
    capture_sha256,
    locator,
    capture_kind,
    parser_version,
    first_seen_at,
    last_seen_at
from {{ source('core', 'core_restrictions__regulation_versions') }}
