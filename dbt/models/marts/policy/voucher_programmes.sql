select
    programme_id, version, jurisdiction_code, jurisdiction_name, jurisdiction_name_en, province_name, level,
    programme_name, programme_name_en, instrument, issuer_name, document_number, status, published_date,
    effective_from, effective_to, deadline, target, source_rank, confidence, refusal, supersedes_programme_id,
    successor_programme_id, note, dated as approximate_date,
    source_id, source_url, capture_sha256, locator, capture_kind, parser_version, first_seen_at, last_seen_at
from {{ ref('stg_policy__programmes') }}
