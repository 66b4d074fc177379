-- Every test that measures, on every chip: `named` and `is_addressee` are looked up, the others are numbers.
with looked_up as (
    select
        chips.chip_id, metrics.case_tpp, metrics.is_assumed,
        tests.rule_id, tests.paragraph, tests.clause, tests.metric, tests.operator, tests.value as threshold, tests.confidence,
        tests.note, labels.label, labels.unit, labels.inputs,
        -- the order of tests in a reason: numbers first, what a clause wants at least before what it wants below
        coalesce(labels.place, 99) * 2 + (tests.operator like '<%')::int as place,
        case tests.metric
            when 'named' then (named.rule_id is not null)::int
            when 'is_addressee' then case when chips.vendor is not null then (addressees.rule_id is not null)::int end
            else metrics.value
        end as value,
        metrics.at_least
    from {{ ref('rule_tests') }} as tests
    cross join {{ ref('stg_restrictions__chips') }} as chips
    -- what is looked up does not depend on the case: it stands beside the total processing performance of each
    inner join {{ ref('int_restrictions__metrics') }} as metrics
        on metrics.chip_id = chips.chip_id
        and metrics.metric = case when tests.metric in ('named', 'is_addressee') then 'tpp' else tests.metric end
    left join (select distinct rule_id, chip_family, chip_id from {{ ref('rule_named_chips') }}) as named
        on named.rule_id = tests.rule_id
        and (named.chip_id = chips.chip_id or named.chip_family = chips.chip_family)
    left join {{ ref('rule_addressees') }} as addressees
        on addressees.rule_id = tests.rule_id and addressees.vendor = chips.vendor
        and coalesce(addressees.paragraph, tests.paragraph) = tests.paragraph
    left join {{ ref('rule_metrics') }} as labels on labels.metric = tests.metric
    where tests.metric <> 'meets'
),

judged as (
    select *, {{ rule_test('operator', 'value', 'at_least', 'threshold') }} as holds from looked_up
)

select
    chip_id, case_tpp, is_assumed, rule_id, paragraph, clause, metric, operator, threshold, value, holds, confidence, note, inputs, place,
    {{ rule_test_said() }} as said
from judged
