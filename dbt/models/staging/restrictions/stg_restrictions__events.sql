select *, coalesce(announced_date, effective_date) as recorded_date
from {{ source('core', 'core_restrictions__events') }}
