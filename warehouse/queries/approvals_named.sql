-- question: Is a model or a company approved, since when, and on which list?
-- answers: Q6, Q9
-- variable: name: part of the model's, firm's or group's name; DeepSeek
-- column: model_name: the model
-- column: entity_name: who filed it
-- column: entity_group: its group
-- column: kind: filing or registration
-- column: filing_number: its number
-- column: province_name: where
-- column: filed_date: the printed day
-- column: published_date: the day the list came out
-- column: source_url: the list
select model_name, entity_name, entity_group, kind, filing_number, province_name, filed_date, published_date, source_url
from model_approvals
where contains(lower(concat_ws(' ', model_name, entity_name, entity_group)), lower(coalesce(getvariable('name'), 'DeepSeek')))
order by filed_date, model_name, filing_number
