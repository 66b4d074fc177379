{{ config(materialized='table') }}
-- The effective status of every chip for China, as intervals between any two changes of one of its regimes: which regimes
-- bind, and the status of each. What the macro chip_status_on answers from; made once, since a reader asks for many days.
with intervals as (
    select chip_id, valid_from, lead(valid_from) over (partition by chip_id order by valid_from) as valid_to
    from (select distinct chip_id, valid_from from {{ ref('restriction_timeline') }})
),

standing as (
    select
        timeline.* replace (intervals.valid_from as valid_from, intervals.valid_to as valid_to),
        list_contains({{ gates() }}, timeline.regime) as is_gate,
        {{ status_strictness('timeline.status') }} as strictness
    from intervals
    inner join {{ ref('restriction_timeline') }} as timeline
        on timeline.chip_id = intervals.chip_id and timeline.valid_from <= intervals.valid_from
        and (timeline.valid_to is null or timeline.valid_to > intervals.valid_from)
),

strictest as (
    select chip_id, valid_from, min(strictness) as strictest from standing where is_gate group by chip_id, valid_from
),

placed as (
    select
        standing.*, is_gate and strictness = strictest as binds,
        list_position({{ gates() }}, regime) as place
    from standing inner join strictest using (chip_id, valid_from)
),

-- the rows that bind, in order; texts are joined from lists, which costs less than ordered aggregates
binding as (
    select
        chip_id, valid_from, any_value(status) as status, any_value(strictness) < 4 as is_bound,
        list_sort(list({'place': place, 'regime': regime, 'rule': rule_id, 'paragraph': paragraph, 'confidence': confidence, 'reason': reason})) as parts,
        arg_min(review_policy, case review_policy when 'presumption_of_denial' then 1 when 'case_by_case' then 2 else 3 end)
            filter (where review_policy is not null) as review_policy,
        list_sort(list_distinct(list(review_policy))) as review_policies,
        -- an exception to one US requirement is none where another, such as a letter, stands beside it
        case when count(*) filter (where is_licence_required and regime <> 'china' and licence_exceptions is null) = 0
            then any_value(licence_exceptions) end as licence_exceptions,
        list_sort(list_distinct(list(missing_inputs))) as missing_inputs
    from placed
    where binds
    group by chip_id, valid_from
),

all_regimes as (
    select
        chip_id, valid_from, any_value(valid_to) as valid_to,
        any_value(chip_family) as chip_family, any_value(tpp) as tpp, any_value(performance_density) as performance_density,
        coalesce(bool_or(is_licence_required) filter (where is_gate), false) as is_licence_required,
        max(tariff_pct) as tariff_pct,
        {% for regime in ['us_list', 'us_letter', 'us_guidance', 'us_tariff', 'china', 'allied', 'provider'] %}
        any_value(status) filter (where regime = '{{ regime }}') as {{ regime }}{{ ',' if not loop.last }}
        {% endfor %}
    from placed
    group by chip_id, valid_from
),

effective as (
    select
        all_regimes.*, binding.* exclude (chip_id, valid_from, parts, review_policies, missing_inputs),
        parts[1].regime as regime, parts[1].rule as rule_id, parts[1].paragraph as paragraph, parts[1].confidence as confidence,
        array_to_string(list_transform(parts, x -> x.regime), ',') as regimes,
        array_to_string(list_transform(parts, x -> x.rule), ',') as rule_ids,
        array_to_string(list_transform(parts, x -> x.paragraph), ',') as paragraphs,
        nullif(array_to_string(binding.review_policies, ','), '') as review_policies,
        nullif(array_to_string(binding.missing_inputs, ','), '') as missing_inputs,
        array_to_string(list_transform(parts, x -> x.regime || ' ' || x.rule || coalesce(' ' || x.paragraph, '') || ': ' || x.reason), '; ') as reason
    from all_regimes inner join binding using (chip_id, valid_from)
)

select
    chip_id, valid_from, valid_to, chip_family, status,
    case when is_bound then regimes end as binding_regimes,
    regime, rule_id, rule_ids, paragraph, paragraphs, is_licence_required, review_policy, review_policies, licence_exceptions,
    tariff_pct, tpp, performance_density, missing_inputs, confidence,
    us_list, us_letter, us_guidance, us_tariff, china, allied, provider,
    reason,
    replace(status, '_', ' ')
        || case when is_bound then ' by ' || rule_ids else '' end
        || case when is_licence_required then ', licence required' || coalesce(' (' || replace(review_policy, '_', ' ') || ')', '') else '' end
        || coalesce(', exception ' || licence_exceptions, '') || coalesce(', missing ' || missing_inputs, '') || '. ' as answer
from effective
order by chip_id, valid_from
