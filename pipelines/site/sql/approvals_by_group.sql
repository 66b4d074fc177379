select entity_group, kind, count(*) as services, min(coalesce(filed_date, published_date)) as first_day, max(coalesce(filed_date, published_date)) as last_day
from model_approvals where entity_group is not null
group by all order by services desc, entity_group
