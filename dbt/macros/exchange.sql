{# A price in yuan or dollars at a given rate; null for other currencies, which no rate is kept for. #}
{% macro in_yuan(price, currency, cny_per_usd) -%}
case {{ currency }} when 'CNY' then {{ price }} when 'USD' then {{ price }} * {{ cny_per_usd }} end
{%- endmacro %}
{% macro in_dollars(price, currency, cny_per_usd) -%}
case {{ currency }} when 'USD' then {{ price }} when 'CNY' then {{ price }} / {{ cny_per_usd }} end
{%- endmacro %}
