-- Names are joined where our name and theirs are the same but for case, spaces and the maker in front.
with ours as (
    select chip_id, lower(regexp_replace(replace(lower(chip_name), lower(vendor), ''), '[^a-z0-9]', '', 'g')) as name_key,
        tpp, die_area_mm2, memory_bandwidth_gbs
    from {{ ref('chips') }}
),

theirs as (
    select hardware_name, regexp_replace(replace(lower(hardware_name), lower(coalesce(manufacturer, '')), ''), '[^a-z0-9]', '', 'g') as name_key,
        tpp, die_area_mm2, memory_bandwidth_gbs
    from {{ source('core', 'core_restrictions__epoch_hardware') }}
),

pairs as (
    {% for field in ['tpp', 'die_area_mm2', 'memory_bandwidth_gbs'] %}
    select ours.chip_id, theirs.hardware_name, '{{ field }}' as field, ours.{{ field }} as ours, theirs.{{ field }} as theirs
    from ours inner join theirs using (name_key)
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select chip_id, hardware_name, field, ours, theirs, theirs / ours as ratio
from pairs
where ours > 0 and abs(theirs / ours - 1) > 0.02
qualify row_number() over (partition by chip_id, field order by hardware_name) = 1
