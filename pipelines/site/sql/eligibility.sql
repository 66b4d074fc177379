select criterion, count(distinct programme_id) as programmes, count(*) as mentions, arg_min(text, length(text)) as example
from eligibility_criteria group by criterion order by programmes desc, criterion
