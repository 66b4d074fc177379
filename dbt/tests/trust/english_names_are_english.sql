{{ config(severity = 'warn') }}
-- What is said to be in English has no Chinese characters, but for the original of a name in brackets behind it.
{% set columns = [
    ('places', 'place_name_en'), ('platforms', 'platform_name_en'), ('compute_hubs', 'hub_name_en'),
    ('source_status', 'publisher_name_en'), ('voucher_programmes', 'jurisdiction_name_en'), ('voucher_programmes', 'programme_name_en'),
] %}
{% for table, column in columns %}
select '{{ table }}.{{ column }}' as name, {{ column }} as said from {{ ref(table) }} where regexp_matches({{ column }}, '^[^(]*[一-龥]')
{{ 'union all' if not loop.last }}
{% endfor %}
