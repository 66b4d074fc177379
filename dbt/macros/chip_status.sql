{# Table macros over the marts of the restrictions: the status of every chip on a day, and what was known on a day. #}
{# What stands between a buyer in China and a chip, in the order it is told: US law and China's own gate; a tariff is no control. #}
{% macro gates() -%}
    ['us_list', 'us_letter', 'us_guidance', 'china']
{%- endmacro %}

{% macro status_strictness(status) -%}
    case {{ status }} when 'controlled' then 1 when 'presumed' then 2 when 'unknown' then 3 else 4 end
{%- endmacro %}

{% macro create_chip_status_macros() %}
-- one row a chip: its effective status for China on a day, which regimes bind, and the status of each regime
create or replace macro main.chip_status_on(day) as table
    select
        chip_id, chip_family, day::date as day, statuses.* exclude (chip_id, chip_family, valid_from, valid_to, answer),
        chip_id || ' on ' || day::date || ': ' || answer || reason as answer
    from intermediate.int_restrictions__chip_statuses as statuses
    where valid_from <= day::date and (valid_to is null or valid_to > day::date)
    order by chip_id;

-- the rows of restriction_timeline that hold on a day: one a chip and regime
create or replace macro main.chip_regimes_on(day) as table
    select * from main.restriction_timeline
    where valid_from <= day::date and (valid_to is null or valid_to > day::date);

-- the effective status for China on a day as it was known on another: measures announced by then, and ends known by then
create or replace macro main.chip_status_known(day, known_on) as table
    with standing as (
        select chip_rules.*, {{ status_strictness('chip_rules.status') }} as strictness
        from main.chip_rules inner join main.rule_versions using (rule_id)
        where rule_versions.role = 'decides' and chip_rules.reaches_china and list_contains({{ gates() }}, chip_rules.regime)
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
