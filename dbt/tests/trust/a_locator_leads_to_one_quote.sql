{{ config(severity = 'warn') }}
-- Readers join `evidence` on capture and locator: a place in a capture holds one stretch of words.
select fact_table, capture_sha256, locator
from {{ ref('evidence') }}
group by fact_table, capture_sha256, locator
having count(distinct quote) > 1
