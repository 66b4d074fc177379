{# Texts of a list of structs (p: order, s: text) put in order and joined. Lists are sorted here rather than by an ordered
   aggregate, which costs ten times as much. #}
{% macro joined(texts, by) %}array_to_string(list_transform(list_sort({{ texts }}), x -> x.s), '{{ by }}'){% endmacro %}

{# From tests to one row a chip and rule: outcome (met, not met, open), paragraph, reason, missing inputs, confidence. #}
{% macro rule_outcomes(tests) %}
with clauses as (
    select
        chip_id, case_tpp, is_assumed, rule_id, paragraph, clause,
        case when bool_or(not holds) then false when bool_or(holds is null) then null else true end as holds,
        list({'p': place, 's': said}) as said,
        list({'p': place, 's': said}) filter (where not holds) as failed,
        list(inputs) filter (where holds is null) as missing,
        min({{ confidence_rank('confidence') }}) as sureness
    from {{ tests }}
    group by chip_id, case_tpp, is_assumed, rule_id, paragraph, clause
),

cases as (
    select
        chip_id, case_tpp, is_assumed, rule_id,
        case when bool_or(holds) then 'met' when bool_or(holds is null) then 'open' else 'not met' end as outcome,
        arg_min(paragraph, clause) filter (where holds) as paragraph,
        arg_min(sureness, clause) filter (where holds) as sureness,
        arg_min(said, clause) filter (where holds) as said,
        list({'p': clause, 's': {{ joined('said', ' and ') }}}) filter (where holds is null) as undecided,
        list_distinct(flatten(list(failed) filter (where not holds))) as failed,
        flatten(list(missing) filter (where holds is null)) as missing
    from clauses
    group by chip_id, case_tpp, is_assumed, rule_id
),

told as (
    select
        chip_id, rule_id, case_tpp, is_assumed, outcome, paragraph, sureness,
        case outcome
            when 'met' then {{ joined('said', ' and ') }}
            when 'open' then {{ joined('undecided', '; or ') }}
            else {{ joined('failed', ', ') }}
        end as reason,
        case when outcome = 'open' then missing end as missing
    from cases
),

folded as (
    select
        chip_id, rule_id,
        case count(distinct outcome) when 1 then any_value(outcome) else 'open' end as outcome,
        count(distinct outcome) > 1 as is_mixed,
        bool_or(is_assumed) as is_assumed,
        min(case_tpp) as case_tpp,
        list_distinct(list(paragraph)) as paragraphs,
        min(sureness) as sureness,
        flatten(list(missing)) as missing,
        arg_min(reason, coalesce(case_tpp, 0)) as reason
    from told
    group by chip_id, rule_id
)

select
    chip_id, rule_id, outcome,
    case when outcome = 'met' then array_to_string(list_sort(paragraphs), ' or ') end as paragraph,
    case when outcome = 'met' then ['low', 'medium', 'high'][sureness] end as confidence,
    case outcome when 'open' then 'undecided: ' when 'not met' then 'no: ' else '' end
        || case when is_assumed and contains(reason, 'TPP') then 'TPP not published, at least ' || format('{:.10g}', case_tpp) || ': ' else '' end
        || reason as reason,
    case when outcome = 'open' then
        case when is_mixed then 'tpp' else array_to_string(list_sort(list_distinct(string_split(array_to_string(missing, ';'), ';'))), ',') end
    end as wanted_inputs
from folded
{% endmacro %}
