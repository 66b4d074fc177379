select
    outcomes.chip_id,
    versions.rule_id,
    versions.regime,
    versions.valid_from,
    versions.valid_to,
    outcomes.outcome,
    outcomes.paragraph,
    case outcomes.outcome when 'met' then versions.status_if_met when 'open' then 'unknown' else 'not_controlled' end as status,
    versions.is_in_cfr,
    versions.is_enforced,
    versions.reaches_china,
    versions.destination,
    outcomes.reason,
    outcomes.missing_inputs
from {{ ref('int_restrictions__outcomes') }} as outcomes
inner join {{ ref('rules') }} as versions on versions.tests_rule_id = outcomes.rule_id
