select month, kind, cumulative
from model_approvals_over_time
where province_name = '广东省' and month = date '2025-12-01' and kind in ('filing', 'registration')
order by kind
