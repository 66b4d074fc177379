-- Every test of every rule on every chip; a test `meets` asks whether another rule (or one of its paragraphs) is met.
select chip_id, case_tpp, is_assumed, rule_id, paragraph, clause, metric, operator, threshold, value, holds, confidence, note, inputs, place, said
from {{ ref('int_restrictions__measured') }}

union all

select
    base.chip_id, cases.tpp, cases.is_assumed, tests.rule_id, tests.paragraph, tests.clause, tests.metric, tests.operator, tests.value,
    null, asked.holds, tests.confidence, tests.note,
    case when asked.holds is null then coalesce(replace(base.wanted_inputs, ',', ';'), 'tpp') end,
    0,
    case
        when asked.holds then split_part(tests.refers_to, '/', 1) || ' is met (' || base.paragraph || ')'
        when asked.holds is null then split_part(tests.refers_to, '/', 1) || ' is undecided'
        else tests.refers_to || ' is not met'
    end
from {{ ref('rule_tests') }} as tests
inner join {{ ref('int_restrictions__base_outcomes') }} as base on base.rule_id = split_part(tests.refers_to, '/', 1)
inner join {{ ref('int_restrictions__scenarios') }} as cases on cases.chip_id = base.chip_id
cross join lateral (
    select case
        when base.outcome = 'open' then null
        when base.outcome = 'not met' then false
        when not contains(tests.refers_to, '/') then true
        when base.paragraph = split_part(tests.refers_to, '/', 2) then true
        when contains(base.paragraph, ' or ') then null
        else false
    end as holds
) as asked
where tests.metric = 'meets'
