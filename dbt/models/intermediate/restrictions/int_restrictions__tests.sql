-- Every test of every rule on every chip. `named` and `is_addressee` are looked up, the others are measured.
with looked_up as (
    select
        chips.chip_id, tests.rule_id, tests.paragraph, tests.clause, tests.metric, tests.operator, tests.value as threshold,
        case tests.metric
            when 'named' then (named.rule_id is not null)::int
            when 'is_addressee' then (addressees.rule_id is not null)::int
            else metrics.value
        end as value,
        metrics.at_least
    from {{ ref('stg_restrictions__chips') }} as chips
    cross join {{ ref('rule_tests') }} as tests
    left join {{ ref('int_restrictions__metrics') }} as metrics
        on metrics.chip_id = chips.chip_id and metrics.metric = tests.metric
    left join (select distinct rule_id, chip_family, chip_id from {{ ref('rule_named_chips') }}) as named
        on named.rule_id = tests.rule_id
        and (named.chip_id = chips.chip_id or named.chip_family = chips.chip_family)
    left join {{ ref('rule_addressees') }} as addressees
        on addressees.rule_id = tests.rule_id and addressees.vendor = chips.vendor
)

select
    *,
    case
        when metric = 'named' then if(value = 1, 'named', 'not named')
        when metric = 'is_addressee' then if(value = 1, 'its maker is addressed', 'its maker is not addressed')
        when metric like 'is_%' then if(value = 1, '', 'not ') || replace(substr(metric, 4), 'datacentre', 'for data centres')
        else replace(metric, '_', ' ') || ' ' || coalesce(format('{:g}', value), 'unknown') || ' '
            || case when holds is false then case operator when '>=' then '<' when '>' then '<=' when '<' then '>=' when '<=' then '>' end else operator end
            || ' ' || format('{:g}', threshold)
    end as said
from (
    select *, {{ rule_test('operator', 'value', 'at_least', 'threshold') }} as holds
    from looked_up
)
