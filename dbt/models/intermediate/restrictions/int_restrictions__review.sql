-- Whether a chip falls in a rule's gentler review window: all tests must hold; an open one leaves the rule's own policy.
select
    metrics.chip_id, windows.rule_id, any_value(windows.review_policy) as review_policy,
    bool_and(coalesce({{ rule_test('windows.operator', 'metrics.value', 'metrics.at_least', 'windows.value') }}, false)) as is_inside
from {{ ref('review_windows') }} as windows
inner join {{ ref('int_restrictions__metrics') }} as metrics using (metric)
group by metrics.chip_id, windows.rule_id
