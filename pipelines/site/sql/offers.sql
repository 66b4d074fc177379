select
    offer_id, o.platform_id, platform_name, platform_name_en, channel, o.market, seller_name, chip_id, chip_family, chip_text,
    chips_per_offer, memory_gib, form_factor, price_text, price_value, price_unit, currency, price_cny_per_gpu_hour,
    quantity_idle, quantity_total, availability, region_name, term, quarantine, coalesce(page_date, observed_at::date) as day,
    o.source_id, o.source_url, o.capture_kind
from gpu_offers as o left join platforms using (platform_id)
order by day desc, chip_family, price_cny_per_gpu_hour nulls last, offer_id
