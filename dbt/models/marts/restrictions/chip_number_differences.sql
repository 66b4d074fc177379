-- Names are joined by a table (epoch_names), since the two sides write them differently. A number of theirs that we leave blank
-- is a difference too.
with pairs as (
    {% for field in ['tpp', 'die_area_mm2', 'memory_bandwidth_gbs', 'memory_gib'] %}
    select names.chip_id, names.hardware_name, '{{ field }}' as field, chips.{{ field }} as ours, theirs.{{ field }} as theirs
    from {{ ref('epoch_names') }} as names
    inner join {{ ref('chips') }} as chips using (chip_id)
    inner join {{ source('core', 'core_restrictions__epoch_hardware') }} as theirs using (hardware_name)
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    pairs.chip_id,
    pairs.hardware_name,
    pairs.field,
    pairs.ours,
    pairs.theirs,
    pairs.theirs / nullif(pairs.ours, 0) as ratio,
    explained.explanation
from pairs
left join {{ ref('number_differences') }} as explained using (chip_id, field)
where pairs.theirs is not null and (pairs.ours is null or abs(pairs.theirs / nullif(pairs.ours, 0) - 1) > 0.02)
