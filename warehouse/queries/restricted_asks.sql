-- question: Who in China asks for chips whose export to China was controlled on the day of the ask, and by which rule?
-- answers: Q4
-- column: platform_id: where it is asked
-- column: seller_name: who asks
-- column: chip_text: the chip as printed
-- column: chips_per_offer: cards in the offer
-- column: price_cny_per_gpu_hour: yuan per GPU-hour
-- column: availability: in stock or not, as printed
-- column: seen_on: day the ask is dated to, else last seen
-- column: rule_id: rule the control rests on
-- column: restriction_status: controlled or presumed
-- column: restricted_from: day the control took effect
-- column: days_since_restriction: days from then to the ask
-- column: is_family_level: the ask names only the family
-- column: source_url: where it stands
select
    platform_id, seller_name, chip_text, chips_per_offer, price_cny_per_gpu_hour, availability,
    coalesce(page_date, observed_at::date) as seen_on, rule_id, restriction_status, restricted_from, days_since_restriction,
    is_family_level, source_url
from restricted_offers
order by chip_family, seen_on, platform_id, chip_text, rule_id, offer_id, valid_from
