with evaluated as (
    select
        chips.chip_id, chips.chip_family, spans.regime, spans.valid_from, spans.valid_to,
        versions.rule_id, versions.event_slug, versions.destination, versions.is_enforced, versions.confidence,
        versions.is_licence_required, outcomes.paragraph, outcomes.reason, outcomes.missing_inputs,
        case outcomes.outcome when 'met' then versions.status_if_met when 'open' then 'unknown' else 'not_controlled' end as status,
        case when review.is_inside then review.review_policy else versions.review_policy end as review_policy,
        -- the strictest measure decides; among equals the more special one
        row_number() over (
            partition by chips.chip_id, spans.regime, spans.valid_from
            order by
                case outcomes.outcome when 'met' then case versions.status_if_met when 'controlled' then 1 else 2 end when 'open' then 3 else 4 end,
                versions.precedence, versions.valid_from desc, versions.rule_id
        ) as rank
    from {{ ref('stg_restrictions__chips') }} as chips
    cross join {{ ref('int_restrictions__spans') }} as spans
    left join {{ ref('rule_versions') }} as versions
        on versions.regime = spans.regime
        and versions.valid_from <= spans.valid_from
        and (versions.valid_to is null or versions.valid_to > spans.valid_from)
    left join {{ ref('int_restrictions__outcomes') }} as outcomes
        on outcomes.chip_id = chips.chip_id and outcomes.rule_id = versions.tests_rule_id
    left join {{ ref('int_restrictions__review') }} as review
        on review.chip_id = chips.chip_id and review.rule_id = versions.rule_id
),

decided as (
    select
        chip_id, chip_family, regime, valid_from, valid_to,
        coalesce(rule_id, 'none') as rule_id, event_slug,
        case when rule_id is null then 'not_controlled' else status end as status,
        case when status in ('controlled', 'presumed') then paragraph end as paragraph,
        coalesce(status = 'controlled' and is_licence_required, false) as is_licence_required,
        case when status = 'controlled' and is_licence_required then review_policy end as review_policy,
        coalesce(is_enforced, true) as is_enforced,
        destination,
        coalesce(reason, 'no measure of this regime was in force') as reason,
        case when status = 'unknown' then missing_inputs end as missing_inputs,
        coalesce(confidence, 'high') as confidence
    from evaluated
    where rank = 1
),

-- neighbouring spans that say the same are one interval
marked as (
    select
        *,
        (rule_id, status, paragraph, review_policy) is distinct from lag((rule_id, status, paragraph, review_policy))
            over (partition by chip_id, regime order by valid_from) as is_start
    from decided
),

numbered as (
    select *, sum(is_start::int) over (partition by chip_id, regime order by valid_from) as island
    from marked
),

merged as (
    select
        chip_id, chip_family, regime, rule_id, event_slug, status, paragraph, is_licence_required, review_policy,
        is_enforced, destination, reason, missing_inputs, confidence,
        min(valid_from) as valid_from,
        nullif(max(coalesce(valid_to, date '9999-12-31')), date '9999-12-31') as valid_to
    from numbered
    group by
        chip_id, chip_family, regime, rule_id, event_slug, status, paragraph, is_licence_required, review_policy,
        is_enforced, destination, reason, missing_inputs, confidence, island
)

select
    merged.chip_id, merged.chip_family, merged.regime, merged.valid_from, merged.valid_to, merged.status,
    merged.paragraph, merged.is_licence_required, merged.review_policy, merged.is_enforced, merged.rule_id,
    merged.destination, chips.tpp, chips.performance_density, merged.reason, merged.missing_inputs, merged.confidence,
    -- the ground of a status is the measure; where there is none, the chip's own row
    coalesce(events.source_id, chips.source_id) as source_id,
    coalesce(events.source_url, chips.source_url) as source_url,
    coalesce(events.capture_sha256, chips.capture_sha256) as capture_sha256,
    coalesce(events.locator, chips.locator) as locator,
    coalesce(events.capture_kind, chips.capture_kind) as capture_kind,
    coalesce(events.parser_version, chips.parser_version) as parser_version,
    greatest(events.first_seen_at, chips.first_seen_at) as first_seen_at,
    least(events.last_seen_at, chips.last_seen_at) as last_seen_at
from merged
inner join {{ ref('stg_restrictions__chips') }} as chips using (chip_id)
left join {{ ref('stg_restrictions__events') }} as events on events.slug = merged.event_slug
