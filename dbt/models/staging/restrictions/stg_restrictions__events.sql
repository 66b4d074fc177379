-- Events with the day on which they can be known: announced, else the first day of effect.
select *, coalesce(announced_date, effective_date) as recorded_date
from {{ source('core', 'core_restrictions__events') }}
