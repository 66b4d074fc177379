select
    issuance.programme_id, issuance.jurisdiction_code, issuance.jurisdiction_name, issuance.programme_name_en,
    issuance.batch, issuance.kind, issuance.issued_date, issuance.firms, issuance.amount_cny,
    issuance.amount_cny / rates.cny_per_usd as amount_usd,
    issuance.note,
    issuance.source_id, issuance.source_url, issuance.capture_sha256, issuance.locator, issuance.capture_kind,
    issuance.parser_version, issuance.first_seen_at, issuance.last_seen_at
from {{ source('core', 'core_policy__issuance') }} as issuance
left join {{ ref('stg_rates__monthly') }} as rates
    on coalesce(issuance.issued_date, issuance.first_seen_at::date) >= rates.rate_month
    and coalesce(issuance.issued_date, issuance.first_seen_at::date) < rates.next_month
