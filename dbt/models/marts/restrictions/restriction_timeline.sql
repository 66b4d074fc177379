with spans as (
    select chips.chip_id, spans.regime, spans.valid_from, spans.valid_to
    from {{ ref('stg_restrictions__chips') }} as chips
    cross join {{ ref('int_restrictions__spans') }} as spans
),

exceptions as (
    select spans.valid_from, exceptions.* exclude (valid_from)
    from {{ ref('int_restrictions__spans') }} as spans
    inner join {{ ref('licence_exceptions') }} as exceptions
        on spans.regime = 'us_list' and exceptions.reaches_china and exceptions.valid_from <= spans.valid_from
        and (exceptions.valid_to is null or exceptions.valid_to > spans.valid_from)
),

exceptions_of_paragraph as (
    select valid_from, paragraph, is_datacentre, string_agg(exception, ',' order by exception) as licence_exceptions
    from exceptions
    where metric is null
    group by all
),

exceptions_of_chip as (
    select metrics.chip_id, exceptions.valid_from, exceptions.paragraph, string_agg(distinct exceptions.exception, ',' order by exceptions.exception) as licence_exceptions
    from exceptions
    inner join {{ ref('int_restrictions__metrics') }} as metrics using (metric)
    where {{ rule_test('exceptions.operator', 'metrics.value', 'metrics.at_least', 'exceptions.value') }}
    group by all
),

decided as (
    select
        spans.chip_id, spans.regime, spans.valid_from, spans.valid_to,
        decisions.rule_id, coalesce(decisions.status, 'not_controlled') as status, decisions.other_rules, decisions.overlays,
        versions.tests_rule_id,
        case
            when decisions.status = 'controlled' and versions.is_licence_required
                then nullif(concat_ws(',', general.licence_exceptions, own.licence_exceptions), '')
        end as licence_exceptions
    from spans
    inner join {{ ref('stg_restrictions__chips') }} as chips using (chip_id)
    left join {{ ref('int_restrictions__decisions') }} as decisions using (chip_id, regime, valid_from)
    left join {{ ref('rules') }} as versions on versions.rule_id = decisions.rule_id
    left join {{ ref('int_restrictions__outcomes') }} as outcomes
        on outcomes.chip_id = spans.chip_id and outcomes.rule_id = versions.tests_rule_id
    left join exceptions_of_paragraph as general
        on spans.regime = 'us_list' and general.valid_from = spans.valid_from
        and general.paragraph = outcomes.paragraph and coalesce(general.is_datacentre = chips.is_datacentre, true)
    left join exceptions_of_chip as own
        on spans.regime = 'us_list' and own.valid_from = spans.valid_from
        and own.paragraph = outcomes.paragraph and own.chip_id = spans.chip_id
),

-- neighbouring spans that say the same are one interval: each starts where the one before it says something else
starts as (
    select *
    from decided
    qualify (rule_id, status, licence_exceptions, other_rules, overlays)
        is distinct from lag((rule_id, status, licence_exceptions, other_rules, overlays))
        over (partition by chip_id, regime order by valid_from)
),

merged as (
    select
        starts.chip_id, starts.regime, starts.valid_from,
        lead(starts.valid_from) over (partition by starts.chip_id, starts.regime order by starts.valid_from) as valid_to,
        coalesce(starts.rule_id, 'none') as rule_id,
        starts.status, starts.other_rules, starts.overlays, starts.licence_exceptions, starts.tests_rule_id,
        versions.event_slug, versions.destination,
        case when starts.status in ('controlled', 'presumed') then outcomes.paragraph end as paragraph,
        starts.status = 'controlled' and versions.is_licence_required as is_licence_required,
        case
            when starts.status = 'controlled' and versions.is_licence_required
                then case when review.is_inside then review.review_policy else versions.review_policy end
        end as review_policy,
        case when starts.status = 'controlled' then versions.tariff_pct end as tariff_pct,
        coalesce(versions.is_enforced, true) as is_enforced,
        coalesce(versions.is_in_cfr, false) as is_in_cfr,
        coalesce(outcomes.reason, 'no measure of this regime on chips of this kind was in force')
            || case when starts.status = 'controlled' and review.said is not null then '; ' || review.said else '' end as reason,
        case when starts.status = 'unknown' then outcomes.missing_inputs end as missing_inputs,
        -- as sure as the less sure of measure, test and the chip's numbers; a measure that names the chip needs no numbers
        case
            when starts.rule_id is null then 'high'
            else ['low', 'medium', 'high'][least(
                {{ confidence_rank('versions.confidence') }},
                {{ confidence_rank('outcomes.confidence') }},
                case when starts.regime in ('china', 'provider') or outcomes.paragraph = 'named' then 3 else {{ confidence_rank('chips.confidence') }} end
            )]
        end as confidence
    from starts
    inner join {{ ref('stg_restrictions__chips') }} as chips using (chip_id)
    left join {{ ref('rules') }} as versions on versions.rule_id = starts.rule_id
    left join {{ ref('int_restrictions__outcomes') }} as outcomes
        on outcomes.chip_id = starts.chip_id and outcomes.rule_id = starts.tests_rule_id
    left join {{ ref('int_restrictions__review') }} as review
        on review.chip_id = starts.chip_id and review.rule_id = starts.rule_id
)

select
    merged.chip_id, chips.chip_family, merged.regime, merged.valid_from, merged.valid_to, merged.status,
    merged.paragraph, coalesce(merged.is_licence_required, false) as is_licence_required, merged.review_policy, merged.licence_exceptions, merged.tariff_pct,
    merged.is_in_cfr, merged.is_enforced, merged.rule_id, merged.other_rules, merged.overlays,
    merged.destination, chips.tpp, chips.performance_density, merged.reason, merged.missing_inputs,
    chips.vendor_eccn, merged.confidence,
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
-- a letter has a statement of each addressee
left join {{ ref('rule_addressees') }} as addressees
    on addressees.rule_id = merged.tests_rule_id and addressees.vendor = chips.vendor and merged.status = 'controlled'
left join {{ ref('stg_restrictions__events') }} as events on events.slug = coalesce(addressees.event_slug, merged.event_slug)
