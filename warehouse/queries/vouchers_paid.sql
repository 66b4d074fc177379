-- question: What was really paid out, as against promised?
-- answers: Q1
-- column: place: who paid or promised
-- column: kind: issued or redeemed is money paid; commitment is a promise; participants are heads
-- column: programme_name_en: which programme
-- column: batch: which batch
-- column: issued_date: day of the issue or report
-- column: firms: firms in the batch
-- column: amount_cny: amount, yuan
-- column: amount_usd: amount in dollars of the month
-- column: note: what the figure does and does not say
-- column: source_url: where it stands
select
    coalesce(places.place_name_en, jurisdiction_name) as place, kind, programme_name_en, batch, issued_date, firms,
    amount_cny, amount_usd, note, source_url
from voucher_issuance
left join places on places.place_name = jurisdiction_name and places.place_code = jurisdiction_code
order by kind not in ('issued', 'redeemed'), amount_cny desc nulls last, place, batch
