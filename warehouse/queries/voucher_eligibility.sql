-- question: Who qualifies for a place's voucher, in the words of the document?
-- answers: Q1
-- variable: place: English or Chinese name; all places
-- column: place: who pays
-- column: programme_id: the programme
-- column: criterion: kind of condition
-- column: value: its normal form
-- column: text: the words
-- column: source_url: where they stand
select jurisdiction_name_en as place, programme_id, criterion, value, text, eligibility_criteria.source_url
from eligibility_criteria
join voucher_programmes using (programme_id)
where is_named(concat_ws(' ', jurisdiction_name_en, jurisdiction_name), coalesce(getvariable('place'), ''))
order by place, programme_id, criterion, value
