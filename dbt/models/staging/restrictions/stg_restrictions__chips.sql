-- The numbers the rules measure. Performance density is divided anew, since a rounded one can cross a threshold; an area
-- of 0 says that no die is non-planar, where the density is undefined and its tests cannot be met. All I/O counts for the
-- October 2022 test, PCIe included, memory not.
select
    chips.*,
    case when chips.die_area_mm2 > 0 then chips.tpp / chips.die_area_mm2 when chips.die_area_mm2 is null then chips.published_performance_density end as performance_density,
    case
        when chips.interconnect_gbs is not null and chips.host_io_gbs is not null then chips.interconnect_gbs + chips.host_io_gbs
        when chips.has_no_chip_link then chips.host_io_gbs
    end as io_bandwidth_gbs,
    coalesce(chips.interconnect_gbs, 0) + coalesce(chips.host_io_gbs, 0) as io_at_least_gbs,
    coalesce(chips.market = 'memory', false) as is_memory_stack,
    case when chips.market = 'memory' then chips.memory_bandwidth_gbs / nullif(chips.die_area_mm2, 0) end as memory_bandwidth_density,
    vendors.country_code as vendor_country,
    nodes.node_nm,
    nodes.foundry,
    nodes.is_foundry_in_china
from {{ source('core', 'core_restrictions__chips') }} as chips
left join {{ ref('vendor_countries') }} as vendors on chips.vendor = vendors.vendor
left join {{ ref('process_nodes') }} as nodes on chips.process_node = nodes.process_node
