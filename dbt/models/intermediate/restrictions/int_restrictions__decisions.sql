{{ config(materialized='table') }}
-- For each chip, regime and span the version that decides (the strictest that is met, among equals the more special), what else is met, and the overlays: versions that change exceptions, presumption or enforcement.
with in_force as (
    select
        outcomes.chip_id, spans.regime, spans.valid_from, spans.valid_to, versions.rule_id,
        versions.role, versions.precedence, versions.valid_from as version_from, outcomes.outcome,
        case outcomes.outcome when 'met' then versions.status_if_met when 'open' then 'unknown' else 'not_controlled' end as status
    from {{ ref('int_restrictions__spans') }} as spans
    inner join {{ ref('rules') }} as versions
        on versions.regime = spans.regime and versions.reaches_china
        and versions.valid_from <= spans.valid_from
        and (versions.valid_to is null or versions.valid_to > spans.valid_from)
    inner join {{ ref('int_restrictions__outcomes') }} as outcomes on outcomes.rule_id = versions.tests_rule_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by chip_id, regime, valid_from
            order by
                role, case status when 'controlled' then 1 when 'presumed' then 2 when 'unknown' then 3 else 4 end,
                precedence,
                -- of measures that hold the younger speaks; of those that do not, the elder, so that the row is not cut by each
                case when outcome = 'met' then -epoch(version_from) else epoch(version_from) end, rule_id
        ) as rank
    from in_force
)

select
    chip_id, regime, valid_from, any_value(valid_to) as valid_to,
    any_value(rule_id) filter (where rank = 1 and role = 'decides') as rule_id,
    any_value(status) filter (where rank = 1 and role = 'decides') as status,
    {{ joined("list({'p': lpad(precedence::varchar, 2, '0') || rule_id, 's': rule_id}) filter (where outcome = 'met' and role = 'decides' and rank > 1)", ',') }} as other_rules,
    {{ joined("list({'p': version_from || rule_id, 's': rule_id}) filter (where outcome = 'met' and role = 'overlay')", ',') }} as overlays
from ranked
group by chip_id, regime, valid_from
