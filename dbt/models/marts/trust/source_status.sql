-- Health is judged on the last attempt at each address and on the age of the content, never on the age of the run.
with latest as (
    -- the run in which the source was last asked: an address may have failed there while others answered
    select * from {{ source('core', 'core_trust__attempts') }}
    qualify run_id = last_value(run_id) over (
        partition by source_id order by attempted_at
        rows between unbounded preceding and unbounded following
    )
),

last_run as (
    select
        source_id,
        max(attempted_at) as last_attempt_at,
        arg_min(outcome, (outcome in ('new', 'unchanged'), attempted_at)) as last_outcome,
        arg_min(reason, attempted_at) filter (where outcome not in ('new', 'unchanged')) as failure
    from latest
    group by source_id
),

last_success as (
    select source_id, max(attempted_at) as last_success_at
    from {{ source('core', 'core_trust__attempts') }}
    where outcome in ('new', 'unchanged')
    group by source_id
),

issues as (
    select
        source_id,
        coalesce(sum(occurrences) filter (where level = 'error'), 0) as issues_error,
        coalesce(sum(occurrences) filter (where level = 'warning'), 0) as issues_warning,
        coalesce(sum(occurrences) filter (where code like 'unknown-%'), 0) as unknown_names,
        min(message) filter (where level = 'error') as first_error
    from {{ source('core', 'core_trust__issues') }}
    group by source_id
),

captures as (
    select
        source_id,
        count(distinct capture_sha256) as captures,
        string_agg(distinct capture_kind, ',' order by capture_kind) as capture_kinds
    from {{ source('core', 'core_trust__documents') }}
    group by source_id
),

joined as (
    select
        sources.*,
        health.records,
        health.newest_content_date,
        health.failure_reason,
        health.as_of_date,
        coalesce(captures.captures, 0) as captures,
        coalesce(captures.capture_kinds, '') as capture_kinds,
        last_run.last_attempt_at,
        last_run.last_outcome,
        last_success.last_success_at,
        coalesce(health.failure_reason, last_run.failure) as trouble,
        coalesce(issues.issues_error, 0) as issues_error,
        coalesce(issues.issues_warning, 0) as issues_warning,
        coalesce(issues.unknown_names, 0) as unknown_names,
        date_diff('day', health.newest_content_date, health.as_of_date) as content_age_days
    from {{ source('core', 'core_trust__sources') }} as sources
    left join {{ source('core', 'core_trust__health') }} as health using (source_id)
    left join last_run using (source_id)
    left join last_success using (source_id)
    left join issues using (source_id)
    left join captures using (source_id)
)

select
    source_id, domain, title, publisher_name, publisher_name_en, publisher_url, is_official, summary, place_code,
    platform, cadence, expected_min_records, expected_max_records, quiet_days, address_confidence, licence,
    case
        when trouble is not null then 'failed'
        when expected_min_records = 0 and records = 0 then 'no_listing'
        when content_age_days > quiet_days then 'stale'
        else 'ok'
    end as status,
    case
        when trouble is not null then trouble
        when expected_min_records = 0 and records = 0 then 'registered; publishes no listing that could be read'
        when content_age_days > quiet_days
            then format('newest content is of {}, {} days old; more than {} is stale', newest_content_date, content_age_days, quiet_days)
    end as reason,
    cast(coalesce(records, 0) as bigint) as records,
    cast(captures as bigint) as captures,
    last_attempt_at,
    last_success_at,
    last_outcome,
    newest_content_date,
    cast(content_age_days as bigint) as content_age_days,
    cast(issues_error as bigint) as issues_error,
    cast(issues_warning as bigint) as issues_warning,
    cast(unknown_names as bigint) as unknown_names,
    capture_kinds
from joined
