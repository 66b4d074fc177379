{# low 1, medium 2, high 3; what is not said does not lower. #}
{% macro confidence_rank(confidence) %}case {{ confidence }} when 'low' then 1 when 'medium' then 2 else 3 end{% endmacro %}
