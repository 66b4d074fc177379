select month, kind, new, cumulative, listed_cumulative, official_cumulative, official_as_of, difference, difference_reason
from model_approvals_over_time
where province_name = 'all' and kind in ('filing', 'registration')
order by kind, month
