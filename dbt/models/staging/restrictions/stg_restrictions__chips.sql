-- The numbers the rules measure. Performance density is divided anew, since a rounded one can cross a threshold; all
-- I/O counts for the October 2022 test, PCIe included, memory not.
select
    *,
    case when die_area_mm2 > 0 then tpp / die_area_mm2 else published_performance_density end as performance_density,
    case
        when interconnect_gbs is not null and host_io_gbs is not null then interconnect_gbs + host_io_gbs
        when has_no_chip_link then host_io_gbs
    end as io_bandwidth_gbs,
    coalesce(interconnect_gbs, 0) + coalesce(host_io_gbs, 0) as io_at_least_gbs
from {{ source('core', 'core_restrictions__chips') }}
