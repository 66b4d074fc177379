-- question: What could the readers not take in, and in which page?
-- answers: Q10
-- column: source_id: the source's folder
-- column: level: error, warning or info
-- column: code: kind of issue
-- column: occurrences: how often
-- column: sample: one of them
-- column: url: the page of that one
select
    source_id, level, code, sum(occurrences)::bigint as occurrences, min(message) as sample,
    min_by(url, message) as url
from source_issues
group by source_id, level, code
order by case level when 'error' then 1 when 'warning' then 2 else 3 end, occurrences desc, source_id, code
