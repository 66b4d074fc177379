-- Whether a chip falls in a rule's gentler review window: all tests must hold in every case; an open or failing one leaves the
-- rule's own policy, and is named. A window is open to one paragraph: one row for each chip that the rule meets.
with judged as (
    select
        metrics.chip_id, metrics.case_tpp, windows.rule_id, windows.paragraph, windows.review_policy, windows.operator, windows.value as threshold,
        metrics.metric, metrics.value, metrics.at_least, labels.label, labels.unit,
        {{ rule_test('windows.operator', 'metrics.value', 'metrics.at_least', 'windows.value') }} as holds
    from {{ ref('review_windows') }} as windows
    inner join {{ ref('int_restrictions__metrics') }} as metrics using (metric)
    left join {{ ref('rule_metrics') }} as labels using (metric)
),

cases as (
    select
        chip_id, case_tpp, rule_id, any_value(review_policy) as review_policy, any_value(paragraph) as paragraph,
        case when bool_or(not holds) then 'outside' when bool_or(holds is null) then 'undecided' else 'inside' end as place,
        string_agg(said, ' and ' order by metric desc) as said,
        string_agg(said, ' and ' order by metric desc) filter (where not holds) as failed,
        string_agg(said, ' and ' order by metric desc) filter (where holds is null) as wanting
    from (select *, {{ rule_test_said() }} as said from judged)
    group by chip_id, case_tpp, rule_id
),

windows as (
    select
        chip_id, rule_id, any_value(review_policy) as review_policy, any_value(paragraph) as paragraph,
        bool_and(place = 'inside') as is_inside, bool_or(place = 'outside') as is_outside,
        case
            when count(distinct place) > 1 then 'review window undecided: TPP not published'
            when any_value(place) = 'inside' then 'inside the review window of ' || if(any_value(paragraph) = 'named', 'named chips', any_value(paragraph)) || ': ' || any_value(said)
            when any_value(place) = 'outside' then 'outside the review window: ' || any_value(failed)
            else 'review window undecided: ' || any_value(wanting)
        end as said
    from cases
    group by chip_id, rule_id
)

select
    windows.chip_id, windows.rule_id, windows.review_policy,
    windows.is_inside and outcomes.paragraph = windows.paragraph as is_inside,
    case
        when outcomes.paragraph = windows.paragraph or windows.is_outside then windows.said
        when contains(outcomes.paragraph, windows.paragraph)
            then 'review window undecided: it is for ' || windows.paragraph || ', and which paragraph holds is not known'
        else 'outside the review window: it is for ' || if(windows.paragraph = 'named', 'named chips', windows.paragraph)
    end as said
from windows
inner join {{ ref('rules') }} as versions using (rule_id)
inner join {{ ref('int_restrictions__outcomes') }} as outcomes
    on outcomes.chip_id = windows.chip_id and outcomes.rule_id = versions.tests_rule_id
where outcomes.outcome = 'met'
