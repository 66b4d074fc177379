-- The memory of a family's card where it need not be said: all chips of the family have the same. A family not in the chip
-- list goes by its listings. A card altered afterwards (a 4090 with 48 GB) is always listed with its memory.
with listed as (
    select chip_family, memory_gib from {{ ref('stg_restrictions__chips') }}
),

said as (
    select chip_family, memory_gib
    from {{ ref('stg_market__offers') }}
    where chip_family is not null and memory_gib is not null
)

select chip_family, max(memory_gib) as memory_gib
from (
    select chip_family, memory_gib from listed
    union all
    select chip_family, memory_gib from said where chip_family not in (select chip_family from listed where memory_gib is not null)
)
group by chip_family
having count(distinct memory_gib) = 1 and max(memory_gib) is not null
