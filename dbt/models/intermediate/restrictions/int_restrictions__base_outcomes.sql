{{ config(materialized='table') }}
-- Outcome of the rules that measure. A clause holds when all its tests do, fails when one fails, and is open when a
-- missing number could decide it. A rule is met by its first clause that holds; it is open when none holds and one
-- is open. Over several cases it is what all of them say, else open for want of the total processing performance.
-- Where the numbers leave a rule or its paragraph open, the class that the maker publishes decides.
select
    measured.chip_id, measured.rule_id,
    coalesce(classes.outcome, measured.outcome) as outcome,
    case coalesce(classes.outcome, measured.outcome) when 'met' then coalesce(classes.paragraph, measured.paragraph) end as paragraph,
    case
        when classes.outcome = 'met' and measured.outcome = 'open' then 'medium'
        else measured.confidence
    end as confidence,
    case when classes.outcome is not null
        then if(classes.outcome = 'met', '', 'no: ') || 'the maker classifies it ' || chips.vendor_eccn || '; by its published numbers '
        else ''
    end || measured.reason as reason,
    case when classes.outcome is null then measured.wanted_inputs end as wanted_inputs
from ({{ rule_outcomes(ref('int_restrictions__measured')) }}) as measured
inner join {{ ref('stg_restrictions__chips') }} as chips using (chip_id)
left join {{ ref('vendor_classes') }} as classes
    on classes.rule_id = measured.rule_id and regexp_matches(chips.vendor_eccn, classes.eccn_pattern)
    and (measured.outcome = 'open' or contains(measured.paragraph, ' or '))
