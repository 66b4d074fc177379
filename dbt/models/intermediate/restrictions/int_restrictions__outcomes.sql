{{ config(materialized='table') }}
-- Outcome of every set of tests on every chip. Where a test set refers to another, the paragraph is the other's. A number
-- counts as missing only where the chip lacks it.
with referred as (
    select distinct rule_id, paragraph, split_part(refers_to, '/', 1) as other from {{ ref('rule_tests') }} where refers_to is not null
),

outcomes as (
    select * from {{ ref('int_restrictions__base_outcomes') }} where rule_id not in (select rule_id from referred)
    union all
    select * from ({{ rule_outcomes('(select * from ' ~ ref('int_restrictions__tests') ~ ' where rule_id in (select rule_id from referred))') }})
)

select
    outcomes.chip_id, outcomes.rule_id, outcomes.outcome,
    case when outcomes.outcome = 'met' then coalesce(base.paragraph, outcomes.paragraph) end as paragraph,
    outcomes.confidence,
    outcomes.reason,
    {{ missing_inputs('outcomes.wanted_inputs', 'chips') }} as missing_inputs
from outcomes
inner join {{ ref('stg_restrictions__chips') }} as chips using (chip_id)
left join referred on referred.rule_id = outcomes.rule_id and referred.paragraph = outcomes.paragraph
left join {{ ref('int_restrictions__base_outcomes') }} as base on base.chip_id = outcomes.chip_id and base.rule_id = referred.other
