-- question: How many models were approved each month, and does the sum meet the official total?
-- answers: Q6
-- column: month: first day of the month
-- column: kind: filing or registration
-- column: new: approved in the month, by the printed date
-- column: cumulative: so far
-- column: official_cumulative: the announced total, where one was given that month
-- column: official_as_of: the day it speaks of
-- column: difference: ours minus theirs on that day
-- column: difference_reason: why they differ
select month, kind, new, cumulative, official_cumulative, official_as_of, difference, difference_reason
from model_approvals_over_time
where province_name = 'all'
order by kind, month
