-- question: Was a chip controlled for China on a day, by which rule, and why?
-- answers: Q5
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; RTX 4090
-- variable: day: YYYY-MM-DD; 2023-12-01
-- column: chip_id: the chip
-- column: day: the day asked about
-- column: regime: whose measures: US list, letters or guidance, Chinese measures
-- column: status: controlled, presumed, unknown or not_controlled
-- column: why: the test that decides, with the chip's numbers
-- column: rule_id: version of the rule
-- column: paragraph: paragraph that is met
-- column: review_policy: how a licence application is judged
-- column: valid_from: first day of this status
-- column: valid_to: day after the last; null while it lasts
-- column: rule: the measure by name
-- column: document_number: its citation
-- column: source_url: where the measure stands
with asked as (
    select coalesce(getvariable('day')::date, date '2023-12-01') as day
)
select
    chip_id, day, timeline.regime, status, reason as why, timeline.rule_id, paragraph, timeline.review_policy, timeline.valid_from,
    timeline.valid_to, events.title as rule, events.document_number, events.source_url
from restriction_timeline as timeline
cross join asked
left join rule_versions as rules on rules.rule_id = timeline.rule_id
left join restriction_events as events on events.event_id = rules.event_id
where is_named(chip_id, coalesce(getvariable('chip'), 'RTX 4090'))
  and timeline.valid_from <= day and (timeline.valid_to is null or timeline.valid_to > day)
  and timeline.regime in ('us_list', 'us_letter', 'us_guidance', 'china')
order by chip_id, status = 'not_controlled', timeline.regime
