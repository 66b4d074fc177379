-- The days between two changes of a regime, from before the first measure on.
with days as (
    select regime, valid_from as day from {{ ref('rule_versions') }}
    union
    select regime, valid_to from {{ ref('rule_versions') }} where valid_to is not null
    union
    select regime, date '2019-01-01' from {{ ref('rule_versions') }}
)

select regime, day as valid_from, lead(day) over (partition by regime order by day) as valid_to
from days
