select source_id, level, code, url, message, occurrences from source_issues
order by case level when 'error' then 1 when 'warning' then 2 else 3 end, source_id, code
