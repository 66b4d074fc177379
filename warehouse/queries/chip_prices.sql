-- question: What does a chip (or a server of so many) cost per GPU-hour, and where?
-- answers: Q3
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; H100
-- variable: cards: cards in the server; any number
-- variable: market: china or world; both
-- column: platform_id: where it is offered
-- column: seller_name: who sells
-- column: market: in China or elsewhere
-- column: channel: how it is sold
-- column: chip_text: the chip as printed
-- column: chips_per_offer: cards in the offer
-- column: region_name: where it stands, where printed
-- column: price_cny_per_gpu_hour: yuan per GPU-hour
-- column: price_usd_per_gpu_hour: dollars per GPU-hour
-- column: price_value: the price as printed
-- column: price_unit: unit of the printed price
-- column: offer_kind: ask, or index and the like
-- column: quarantine: why it is in no average; null when it is
-- column: price_day: day the price is of
-- column: capture_kind: live page, reconstructed page or curated row
-- column: source_url: where it stands
select
    platform_id, seller_name, market, channel, chip_text, chips_per_offer, region_name, price_cny_per_gpu_hour,
    price_usd_per_gpu_hour, price_value, price_unit, offer_kind, quarantine,
    coalesce(page_date, observed_at::date) as price_day, capture_kind, source_url
from (from gpu_offers union all by name from gpu_quotes)
where is_named(concat_ws(' ', chip_family, chip_id), coalesce(getvariable('chip'), 'H100'))
  and (getvariable('cards') is null or chips_per_offer = getvariable('cards')::bigint)
  and market = coalesce(getvariable('market'), market)
order by market, price_day desc nulls last, offer_kind, price_cny_per_gpu_hour, platform_id, offer_id, valid_from
