select
    count(distinct offer_id) as offers, count(distinct platform_id) as platforms,
    count(distinct chip_family) as families, max(days_since_restriction) as longest_days,
    max(coalesce(page_date, observed_at::date)) as newest
from restricted_offers
