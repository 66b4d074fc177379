-- depends_on: {{ ref('rental_curbs') }}
-- depends_on: {{ ref('voucher_programmes') }}
-- depends_on: {{ ref('voucher_values') }}
-- depends_on: {{ ref('model_approvals') }}
-- depends_on: {{ ref('model_approvals_over_time') }}
-- depends_on: {{ ref('platforms') }}
-- depends_on: {{ ref('compute_hubs') }}
-- depends_on: {{ ref('gpu_offers') }}
-- depends_on: {{ ref('restriction_timeline') }}
-- depends_on: {{ ref('restriction_events') }}
with tested as (
{{ test_claims() }}
)

select
    claims.claim_id, claims.statement, claims.as_of_date, claims.claimed,
    tested.computed, tested.verdict, tested.explanation, claims.query,
    claims.source_id, claims.source_url, claims.capture_sha256, claims.locator, claims.capture_kind,
    claims.parser_version, claims.first_seen_at, claims.last_seen_at
from {{ source('core', 'core_claims__claims') }} as claims
left join tested using (claim_id)
