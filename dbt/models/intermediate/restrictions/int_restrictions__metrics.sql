-- One row a chip, case and metric: its value, and what it is at least where the value is unknown. Booleans are 1 and 0; an
-- undefined performance density is -1, which no lower limit admits.
{% set metrics = {
    'tpp': ('scenarios.tpp', 'null'),
    'performance_density': ('case when chips.die_area_mm2 = 0 then -1 else scenarios.performance_density end', 'null'),
    'memory_bandwidth_gbs': ('chips.memory_bandwidth_gbs', 'null'),
    'interconnect_gbs': ('case when chips.has_no_chip_link then 0 else chips.interconnect_gbs end', 'null'),
    'io_bandwidth_gbs': ('chips.io_bandwidth_gbs', 'chips.io_at_least_gbs'),
    'memory_plus_io_gbs': ('chips.memory_bandwidth_gbs + chips.io_bandwidth_gbs', 'coalesce(chips.memory_bandwidth_gbs, 0) + chips.io_at_least_gbs'),
    'memory_bandwidth_density': ('chips.memory_bandwidth_density', 'null'),
    'node_nm': ('chips.node_nm', 'null'),
    'released_yyyymmdd': ("cast(strftime(chips.release_date, '%Y%m%d') as double)", 'null'),
    'is_datacentre': ('chips.is_datacentre::int', 'null'),
    'is_chinese': ("(chips.origin = 'china')::int", 'null'),
    'is_us': ("(chips.vendor_country = 'US')::int", 'null'),
    'is_made_by_tsmc': ("(chips.foundry = 'TSMC')::int", 'null'),
    'is_made_abroad': ('(not chips.is_foundry_in_china)::int', 'null'),
    'is_memory_stack': ('chips.is_memory_stack::int', 'null'),
} %}
{% for metric, (value, at_least) in metrics.items() %}
select
    chips.chip_id, scenarios.tpp as case_tpp, scenarios.is_assumed,
    '{{ metric }}' as metric, cast({{ value }} as double) as value, cast({{ at_least }} as double) as at_least
from {{ ref('stg_restrictions__chips') }} as chips
inner join {{ ref('int_restrictions__scenarios') }} as scenarios using (chip_id)
{{ 'union all' if not loop.last }}
{% endfor %}
