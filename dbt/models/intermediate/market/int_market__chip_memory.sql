-- The memory of a family's card where it need not be said: all chips of the family have the same, and so have some listings
-- or none says any. A card altered afterwards (a 4090 with 48 GB) is always listed with its memory. Where the chip list is
-- silent, or no listing agrees with it, the listings' when they agree.
with listed as (
    select
        chip_family,
        count(distinct memory_gib) as sizes,
        max(memory_gib) as memory_gib
    from {{ ref('stg_restrictions__chips') }}
    group by chip_family
),

said as (
    select
        chip_family,
        count(distinct memory_gib) as sizes,
        max(memory_gib) as memory_gib,
        list(distinct memory_gib) as memories
    from {{ ref('stg_market__offers') }}
    where chip_family is not null and memory_gib is not null
    group by chip_family
),

sizes as (
    select
        chip_family,
        case
            when listed.sizes > 1 then null
            when said.memories is null or list_contains(said.memories, listed.memory_gib) then listed.memory_gib
            when said.sizes = 1 then said.memory_gib
        end as memory_gib
    from listed
    full join said using (chip_family)
)

select * from sizes where memory_gib is not null
