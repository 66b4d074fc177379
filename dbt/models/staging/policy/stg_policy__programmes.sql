-- The day a programme's amounts are converted at: its signature, else its first day in force, else when it was seen.
select
    *,
    coalesce(
        published_date,
        effective_from,
        -- where only a month is known it stands in the id; a lone year counts from its middle
        try_strptime(regexp_extract(programme_id, '(20\d\d-\d\d)', 1), '%Y-%m')::date,
        try_strptime(nullif(regexp_extract(programme_id, '-(20\d\d)', 1), '') || '-07', '%Y-%m')::date,
        first_seen_at::date
    ) as dated
from {{ source('core', 'core_policy__programmes') }}
