-- Within a chip and regime each interval starts on the day the one before it ends; the last is open.
select chip_id, regime, valid_from, valid_to, next_from
from (
    select *, lead(valid_from) over (partition by chip_id, regime order by valid_from) as next_from
    from {{ ref('restriction_timeline') }}
)
where valid_to is distinct from next_from
