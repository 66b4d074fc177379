-- One row a chip and metric: its value, and what it is at least where the value is unknown. Booleans are 1 and 0.
{% set metrics = {
    'tpp': ('tpp', 'tpp_lower_bound'),
    'performance_density': ('performance_density', 'null'),
    'memory_bandwidth_gbs': ('memory_bandwidth_gbs', 'null'),
    'interconnect_gbs': ('case when has_no_chip_link then 0 else interconnect_gbs end', 'null'),
    'io_bandwidth_gbs': ('io_bandwidth_gbs', 'io_at_least_gbs'),
    'memory_plus_io_gbs': ('memory_bandwidth_gbs + io_bandwidth_gbs', 'coalesce(memory_bandwidth_gbs, 0) + io_at_least_gbs'),
    'is_datacentre': ('is_datacentre::int', 'null'),
    'is_chinese': ("(origin = 'china')::int", 'null'),
    'is_us': ("(origin = 'foreign')::int", 'null'),
} %}
{% for metric, (value, at_least) in metrics.items() %}
select chip_id, '{{ metric }}' as metric, cast({{ value }} as double) as value, cast({{ at_least }} as double) as at_least
from {{ ref('stg_restrictions__chips') }}
{{ 'union all' if not loop.last }}
{% endfor %}
