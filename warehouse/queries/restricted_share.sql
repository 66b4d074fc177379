-- question: What share of the asks in China, by channel, is for chips under US control?
-- answers: Q4
-- column: channel: how it is sold
-- column: asks: asks on record
-- column: restricted_asks: of those, for a chip controlled on the day
-- column: share_pct: the share, percent
-- column: chips: the chips concerned
select
    channel, count(*) as asks, count(restricted.offer_id) as restricted_asks,
    round(100.0 * count(restricted.offer_id) / count(*), 1) as share_pct,
    string_agg(distinct restricted.chip_family, ', ' order by restricted.chip_family) as chips
from gpu_offers
left join (select distinct offer_id, valid_from, chip_family from restricted_offers) as restricted using (offer_id, valid_from)
where market = 'china'
group by channel
order by asks desc
