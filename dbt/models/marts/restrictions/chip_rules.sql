select
    outcomes.chip_id,
    versions.rule_id,
    versions.regime,
    versions.valid_from,
    versions.valid_to,
    outcomes.outcome,
    outcomes.paragraph,
    case outcomes.outcome when 'met' then versions.status_if_met when 'open' then 'unknown' else 'not_controlled' end as status,
    outcomes.outcome = 'met' and versions.is_licence_required as is_licence_required,
    case
        when outcomes.outcome = 'met' and versions.is_licence_required
            then case when review.is_inside then review.review_policy else versions.review_policy end
    end as review_policy,
    versions.is_in_cfr,
    versions.is_enforced,
    versions.reaches_china,
    versions.destination,
    outcomes.reason || case when outcomes.outcome = 'met' and review.said is not null then '; ' || review.said else '' end as reason,
    outcomes.missing_inputs
from {{ ref('int_restrictions__outcomes') }} as outcomes
inner join {{ ref('rules') }} as versions on versions.tests_rule_id = outcomes.rule_id
left join {{ ref('int_restrictions__review') }} as review on review.chip_id = outcomes.chip_id and review.rule_id = versions.rule_id
