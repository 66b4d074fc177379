select kind, official_as_of, official_cumulative, listed_cumulative, difference, difference_reason
from model_approvals_over_time
where province_name = 'all' and official_cumulative is not null
qualify row_number() over (partition by kind order by month desc) = 1
order by kind
