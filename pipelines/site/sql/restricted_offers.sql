select
    offer_id, chip_id, chip_family, chip_text, platform_id, platform_name, platform_name_en, r.channel, r.market, seller_name,
    rule_id, restriction_status, restricted_from, days_since_restriction, is_family_level,
    coalesce(page_date, observed_at::date) as day, price_cny_per_gpu_hour, r.source_id, r.source_url, r.capture_kind
from restricted_offers as r left join platforms using (platform_id)
order by day desc, chip_text, platform_id, rule_id, offer_id
