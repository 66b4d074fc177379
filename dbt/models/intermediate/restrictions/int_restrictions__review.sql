-- Whether a chip falls in a rule's gentler review window: all tests must hold in every case; an open or failing one leaves the
-- rule's own policy, and is named.
with judged as (
    select
        metrics.chip_id, metrics.case_tpp, windows.rule_id, windows.review_policy, windows.operator, windows.value as threshold,
        metrics.metric, metrics.value, metrics.at_least, labels.label, labels.unit,
        {{ rule_test('windows.operator', 'metrics.value', 'metrics.at_least', 'windows.value') }} as holds
    from {{ ref('review_windows') }} as windows
    inner join {{ ref('int_restrictions__metrics') }} as metrics using (metric)
    left join {{ ref('rule_metrics') }} as labels using (metric)
),

cases as (
    select
        chip_id, case_tpp, rule_id, any_value(review_policy) as review_policy,
        case when bool_or(not holds) then 'outside' when bool_or(holds is null) then 'undecided' else 'inside' end as place,
        string_agg(said, ' and ' order by metric desc) as said,
        string_agg(said, ' and ' order by metric desc) filter (where not coalesce(holds, false)) as failed
    from (select *, {{ rule_test_said() }} as said from judged)
    group by chip_id, case_tpp, rule_id
)

select
    chip_id, rule_id, any_value(review_policy) as review_policy,
    bool_and(place = 'inside') as is_inside,
    case
        when count(distinct place) > 1 then 'review window undecided: TPP not published'
        when any_value(place) = 'inside' then 'inside the review window: ' || any_value(said)
        when any_value(place) = 'outside' then 'outside the review window: ' || any_value(failed)
        else 'review window undecided: ' || any_value(failed)
    end as said
from cases
group by chip_id, rule_id
