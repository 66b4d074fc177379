-- Families of which every listing that names a memory names the same: there the memory need not be said.
select chip_family, max(memory_gib) as memory_gib
from {{ ref('stg_market__offers') }}
where chip_family is not null and memory_gib is not null
group by chip_family
having count(distinct memory_gib) = 1
