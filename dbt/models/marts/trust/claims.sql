select claim_id, statement, as_of_date, claimed, 'x' as computed, 'partly' as verdict, 'x' as explanation, query,
    source_id, source_url, capture_sha256, locator, capture_kind, parser_version, first_seen_at, last_seen_at
from {{ source('core', 'core_claims__claims') }} 
