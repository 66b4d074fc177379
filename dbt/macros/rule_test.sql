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
