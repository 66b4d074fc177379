select event_id, valid_from, valid_to, next_from
from (
    select *, lead(valid_from) over (partition by event_id order by valid_from) as next_from
    from {{ ref('restriction_event_states') }}
)
where valid_to is distinct from next_from or valid_to <= valid_from
