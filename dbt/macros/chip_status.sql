{# Table macros over the marts of the restrictions: the status of every chip on a day, and what was known on a day. #}
{% macro create_chip_status_macros() %}
-- what stands between a buyer in China and the chip: US law and China's own gate; a tariff is no control
{% set gates = "('us_list', 'us_letter', 'us_guidance', 'china')" %}
{% set strictness = "case status when 'controlled' then 1 when 'presumed' then 2 when 'unknown' then 3 else 4 end" %}
-- one row a chip: its effective status for China on a day, which regimes bind, and the status of each regime
create or replace macro main.chip_status_on(day) as table
    with on_day as (
        select *, regime in {{ gates }} as is_gate, {{ strictness }} as strictness
        from main.restriction_timeline
        where valid_from <= day::date and (valid_to is null or valid_to > day::date)
    ),
    ranked as (
        select *, min(strictness) filter (where is_gate) over (partition by chip_id) as strictest from on_day
    ),
    placed as (
        select *, is_gate and strictness = strictest as binds, list_position(['us_list', 'us_letter', 'us_guidance', 'china'], regime) as place from ranked
    ),
    -- the rows that bind, in order: texts are joined from lists, which costs less than ordered aggregates
    binding as (
        select
            chip_id, any_value(status) as status, any_value(strictest) < 4 as is_bound,
            list_sort(list({'p': place, 'regime': regime, 'rule': rule_id, 'paragraph': paragraph, 'confidence': confidence, 'reason': reason})) as parts,
            arg_min(review_policy, case review_policy when 'presumption_of_denial' then 1 when 'case_by_case' then 2 else 3 end)
                filter (where review_policy is not null) as review_policy,
            list_sort(list_distinct(list(review_policy))) as review_policies,
            -- an exception to one US requirement is none where another, such as a letter, stands beside it
            case when count(*) filter (where is_licence_required and regime <> 'china' and licence_exceptions is null) = 0
                then any_value(licence_exceptions) end as licence_exceptions,
            list_sort(list_distinct(list(missing_inputs))) as missing_inputs
        from placed
        where binds
        group by chip_id
    ),
    all_regimes as (
        select
            chip_id, any_value(chip_family) as chip_family, any_value(tpp) as tpp, any_value(performance_density) as performance_density,
            coalesce(bool_or(is_licence_required) filter (where is_gate), false) as is_licence_required,
            max(tariff_pct) as tariff_pct,
            {% for regime in ['us_list', 'us_letter', 'us_guidance', 'us_tariff', 'china', 'allied', 'provider'] %}
            any_value(status) filter (where regime = '{{ regime }}') as {{ regime }}{{ ',' if not loop.last }}
            {% endfor %}
        from placed
        group by chip_id
    ),
    effective as (
        select
            all_regimes.*, binding.status, binding.is_bound, binding.review_policy, binding.licence_exceptions,
            parts[1].regime as regime, parts[1].rule as rule_id, parts[1].paragraph as paragraph, parts[1].confidence as confidence,
            array_to_string(list_transform(parts, x -> x.regime), ',') as regimes,
            array_to_string(list_transform(parts, x -> x.rule), ',') as rule_ids,
            array_to_string(list_transform(parts, x -> x.paragraph), ',') as paragraphs,
            nullif(array_to_string(binding.review_policies, ','), '') as review_policies,
            nullif(array_to_string(binding.missing_inputs, ','), '') as missing_inputs,
            array_to_string(list_transform(parts, x -> x.regime || ' ' || x.rule || coalesce(' ' || x.paragraph, '') || ': ' || x.reason), '; ') as reason
        from all_regimes inner join binding using (chip_id)
    )
    select
        chip_id, chip_family, day::date as day, status,
        case when is_bound then regimes end as binding_regimes,
        regime, rule_id, rule_ids, paragraph, paragraphs, is_licence_required, review_policy, review_policies, licence_exceptions,
        tariff_pct, tpp, performance_density, missing_inputs, confidence,
        us_list, us_letter, us_guidance, us_tariff, china, allied, provider,
        reason,
        chip_id || ' on ' || day::date || ': ' || replace(status, '_', ' ')
            || case when is_bound then ' by ' || rule_ids else '' end
            || case when is_licence_required then ', licence required' || coalesce(' (' || replace(review_policy, '_', ' ') || ')', '') else '' end
            || coalesce(', exception ' || licence_exceptions, '') || coalesce(', missing ' || missing_inputs, '') || '. ' || reason as answer
    from effective
    order by chip_id;

-- the rows of restriction_timeline that hold on a day: one a chip and regime
create or replace macro main.chip_regimes_on(day) as table
    select * from main.restriction_timeline
    where valid_from <= day::date and (valid_to is null or valid_to > day::date);

-- the effective status for China on a day as it was known on another: measures announced by then, and ends known by then
create or replace macro main.chip_status_known(day, known_on) as table
    with standing as (
        select chip_rules.*, {{ strictness.replace('status', 'chip_rules.status') }} as strictness
        from main.chip_rules inner join main.rule_versions using (rule_id)
        where rule_versions.role = 'decides' and chip_rules.reaches_china and chip_rules.regime in {{ gates }}
            and rule_versions.announced_date <= known_on::date
            and chip_rules.valid_from <= day::date
            and (chip_rules.valid_to is null or chip_rules.valid_to > day::date or rule_versions.end_known_date > known_on::date)
    ),
    effective as (
        select chip_id, status, rule_id, regime, reason
        from standing
        qualify strictness = min(strictness) over (partition by chip_id)
    ),
    said as (
        select
            chips.chip_id,
            coalesce(any_value(effective.status), 'not_controlled') as status,
            string_agg(effective.rule_id, ',' order by effective.rule_id) filter (where effective.status <> 'not_controlled') as rule_ids,
            string_agg(effective.rule_id || ': ' || effective.reason, '; ' order by effective.rule_id) filter (where effective.status <> 'not_controlled') as reason
        from main.chips left join effective using (chip_id)
        group by chips.chip_id
    )
    select chip_id, day::date as day, known_on::date as known_on, status, rule_ids, reason
    from said
    order by chip_id;

-- events with the state they were in on a day
create or replace macro main.measures_on(day) as table
    select states.* exclude (event_id, confidence), states.confidence as state_confidence, events.*
    from main.restriction_event_states as states inner join main.restriction_events as events using (event_id)
    where states.valid_from <= day::date and (states.valid_to is null or states.valid_to > day::date);

-- what the record knew of each event on a day: later ends, suspensions and notes are taken away
create or replace macro main.known_by(day) as table
    select
        * replace (
            case when end_known_date <= day::date then ended_date end as ended_date,
            case when suspension_known_date <= day::date then suspended_from end as suspended_from,
            case when suspension_known_date <= day::date then suspended_to end as suspended_to,
            case when suspended_to < day::date and suspension_known_date <= day::date and (end_known_date is null or end_known_date > day::date)
                then true else false end as is_resumed_by_default,
            case when day::date >= last_seen_at::date then status_note end as status_note,
            case when day::date >= last_seen_at::date then links end as links
        )
    from main.restriction_events where recorded_date <= day::date;
{% endmacro %}
