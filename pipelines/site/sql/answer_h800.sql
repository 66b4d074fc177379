-- asks before estimates and indices, servers of eight before others
select
    platform_id, seller_name, platform_name, platform_name_en, chip_text, chips_per_offer, region_name, price_text, price_unit,
    price_cny_per_gpu_hour, offer_kind, offers.term, coalesce(page_date, observed_at::date) as day, offers.source_url, offers.capture_kind
from (from gpu_offers union all by name from gpu_quotes) as offers left join platforms using (platform_id)
where offers.chip_family = 'nvidia-h800' and price_cny_per_gpu_hour is not null
order by offer_kind = 'ask' desc, chips_per_offer = 8 desc, day desc, price_cny_per_gpu_hour
