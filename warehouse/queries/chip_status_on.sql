-- question: Was a chip controlled for China on a day, by which rule, and why?
-- answers: Q5
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; RTX 4090
-- variable: day: YYYY-MM-DD; 2023-12-01
-- column: chip_id: the chip
-- column: day: the day asked about
-- column: status: controlled, presumed, unknown or not_controlled
-- column: answer: the same in a sentence, with the tests that decide and the chip's numbers
-- column: rule_id: version of the rule that binds
-- column: paragraph: paragraph that is met
-- column: review_policy: how a licence application is judged
-- column: rule: the measure by name
-- column: document_number: its citation
-- column: source_url: where the measure stands
select
    chip_id, day, status, answer, case when status <> 'not_controlled' then statuses.rule_id end as rule_id,
    case when status <> 'not_controlled' then paragraph end as paragraph, review_policy, events.title as rule,
    events.document_number, events.source_url
from chip_status_on(coalesce(getvariable('day')::date, date '2023-12-01')) as statuses
left join rule_versions as rules on rules.rule_id = statuses.rule_id and status <> 'not_controlled'
left join restriction_events as events using (event_id)
where is_named(chip_id, coalesce(getvariable('chip'), 'RTX 4090'))
order by chip_id
