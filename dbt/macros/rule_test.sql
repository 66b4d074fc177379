{# A test as true, false or null (the number is missing and its lower bound does not decide). #}
{% macro rule_test(operator, value, at_least, threshold) %}
case {{ operator }}
    when '>=' then case when {{ value }} is not null then {{ value }} >= {{ threshold }} when {{ at_least }} >= {{ threshold }} then true end
    when '>' then case when {{ value }} is not null then {{ value }} > {{ threshold }} when {{ at_least }} > {{ threshold }} then true end
    when '<' then case when {{ value }} is not null then {{ value }} < {{ threshold }} when {{ at_least }} >= {{ threshold }} then false end
    when '<=' then case when {{ value }} is not null then {{ value }} <= {{ threshold }} when {{ at_least }} > {{ threshold }} then false end
    when '=' then {{ value }} = {{ threshold }}
end
{% endmacro %}

{# A judged test in words, the comparison turned round where it fails: `TPP 2368 < 4800`. #}
{% macro rule_test_said() %}
case metric
    when 'named' then if(value = 1, 'named', 'not named')
    when 'is_addressee' then case value when 1 then 'its maker is addressed' when 0 then 'its maker is not addressed' else 'maker unknown' end
    when 'is_datacentre' then case value when 1 then 'for data centres' when 0 then 'not for data centres' else 'use in data centres unknown' end
    when 'is_chinese' then case value when 1 then 'designed in China' when 0 then 'not designed in China' else 'designer unknown' end
    when 'is_us' then case value when 1 then 'designed by a US firm' when 0 then 'not designed by a US firm' else 'designer unknown' end
    when 'is_made_by_tsmc' then case value when 1 then 'made by TSMC' when 0 then 'not made by TSMC' else 'foundry unknown' end
    when 'is_made_abroad' then case value when 1 then 'made outside China' when 0 then 'made in China' else 'foundry unknown' end
    when 'is_memory_stack' then case value when 1 then 'a memory stack' else 'not a memory stack of its own' end
    when 'released_yyyymmdd' then
        coalesce('released ' || {{ said_day('value') }}, 'release date unknown')
            || case when holds = (operator in ('<', '<=')) then ', by ' when holds is null then '; wanted by ' else ', after ' end
            || {{ said_day('threshold') }}
    else case
        when metric = 'performance_density' and value = -1 then label || ' undefined: no non-planar die'
        when holds is null
            then label || case when at_least > 0 then ' of at least ' || format('{:.6g}', at_least) || ', else unknown' else ' unknown' end
                || ' (is it ' || operator || ' ' || format('{:.10g}', threshold) || coalesce(' ' || unit, '') || '?)'
        else label || ' ' || coalesce(format('{:.6g}', value), 'at least ' || format('{:.6g}', at_least)) || ' '
            || case when holds then operator else case operator when '>=' then '<' when '>' then '<=' when '<' then '>=' when '<=' then '>' end end
            || ' ' || format('{:.10g}', threshold) || coalesce(' ' || unit, '')
    end
end
{% endmacro %}

{# A day held as the number 20260115, written 2026-01-15. #}
{% macro said_day(number) %}
strftime(strptime(({{ number }})::bigint::varchar, '%Y%m%d'), '%Y-%m-%d')
{% endmacro %}
