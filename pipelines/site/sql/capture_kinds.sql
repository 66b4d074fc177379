select capture_kind, count(*) as documents, sum(records) as records, count(distinct source_id) as sources
from documents group by capture_kind order by documents desc
