{# From tests to one row a chip and rule: outcome (met, not met, open), paragraph, reason, missing inputs, confidence. #}
{% macro rule_outcomes(tests) %}
with clauses as (
    select
        chip_id, case_tpp, is_assumed, rule_id, paragraph, clause,
        case when bool_or(not holds) then false when bool_or(holds is null) then null else true end as holds,
        string_agg(said, ' and ' order by metric like 'is_%', metric desc, operator) as said,
        string_agg(said, ' and ' order by metric like 'is_%', metric desc, operator) filter (where not holds) as failed,
        list(inputs) filter (where holds is null) as missing,
        min_by(confidence, case confidence when 'low' then 1 when 'medium' then 2 else 3 end) as confidence
    from {{ tests }}
    group by chip_id, case_tpp, is_assumed, rule_id, paragraph, clause
),

cases as (
    select
        chip_id, case_tpp, is_assumed, rule_id,
        case when bool_or(holds) then 'met' when bool_or(holds is null) then 'open' else 'not met' end as outcome,
        arg_min(paragraph, clause) filter (where holds) as paragraph,
        arg_min(confidence, clause) filter (where holds) as confidence,
        case
            when bool_or(holds) then arg_min(said, clause) filter (where holds)
            when bool_or(holds is null) then string_agg(said, '; or ' order by clause) filter (where holds is null)
            else string_agg(distinct failed, '; ' order by failed) filter (where not holds)
        end as reason,
        case when not coalesce(bool_or(holds), false) then flatten(list(missing) filter (where holds is null)) end as missing
    from clauses
    group by chip_id, case_tpp, is_assumed, rule_id
),

folded as (
    select
        chip_id, rule_id,
        case count(distinct outcome) when 1 then any_value(outcome) else 'open' end as outcome,
        string_agg(distinct paragraph, ' or ' order by paragraph) as paragraph,
        min_by(confidence, case confidence when 'low' then 1 when 'medium' then 2 else 3 end) as confidence,
        case
            when bool_or(is_assumed) and count(distinct outcome) > 1 then ['tpp']
            when bool_or(is_assumed) then list_distinct(flatten(list(missing)))
            else any_value(missing)
        end as missing,
        case when bool_or(is_assumed) and contains(arg_min(reason, coalesce(case_tpp, 0)), 'TPP') then 'TPP not published, at least ' || format('{:.10g}', min(case_tpp)) || ': ' else '' end
            || arg_min(reason, coalesce(case_tpp, 0)) as reason
    from cases
    group by chip_id, rule_id
)

select
    chip_id, rule_id, outcome,
    case when outcome = 'met' then paragraph end as paragraph,
    case when outcome = 'met' then confidence end as confidence,
    case outcome when 'open' then 'undecided: ' when 'not met' then 'no: ' else '' end || reason as reason,
    case when outcome = 'open' then array_to_string(list_sort(list_distinct(string_split(array_to_string(missing, ';'), ';'))), ',') end as wanted_inputs
from folded
{% endmacro %}
