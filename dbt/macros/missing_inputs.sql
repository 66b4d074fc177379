{# Of the inputs a test wants, those the chip does not have, joined by comma. #}
{% macro missing_inputs(wanted, chips) %}
case when {{ wanted }} is not null then array_to_string(list_filter(string_split({{ wanted }}, ','), x -> case x
    when 'tpp' then {{ chips }}.tpp is null
    when 'die_area_mm2' then {{ chips }}.die_area_mm2 is null
    when 'memory_bandwidth_gbs' then {{ chips }}.memory_bandwidth_gbs is null
    when 'interconnect_gbs' then {{ chips }}.interconnect_gbs is null and not {{ chips }}.has_no_chip_link
    when 'host_io_gbs' then {{ chips }}.host_io_gbs is null
    else true
end), ',') end
{% endmacro %}
