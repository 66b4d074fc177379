-- The days between two changes of a regime for China, from before the first measure on.
with days as (
    select regime, valid_from as day from {{ ref('rules') }} where reaches_china
    union
    select regime, valid_to from {{ ref('rules') }} where reaches_china and valid_to is not null
    union
    select regime, date '2019-01-01' from {{ ref('rules') }} where reaches_china
    union
    select 'us_list', valid_from from {{ ref('licence_exceptions') }} where reaches_china
)

select regime, day as valid_from, lead(day) over (partition by regime order by day) as valid_to
from days
