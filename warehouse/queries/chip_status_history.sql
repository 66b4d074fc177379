-- question: How did the status of a chip change over time, under every regime?
-- answers: Q5
-- variable: chip: a chip's name or the start of one: `H100`, `RTX 4090`, `nvidia-a100`; H20
-- column: chip_id: the chip
-- column: regime: whose measures
-- column: valid_from: first day
-- column: valid_to: day after the last; null while it lasts
-- column: status: controlled, presumed, unknown or not_controlled
-- column: rule_id: version of the rule that decides
-- column: review_policy: how a licence application is judged
-- column: reason: the tests that decide, with the chip's numbers
-- column: missing_inputs: numbers that are missing to decide
select chip_id, regime, valid_from, valid_to, status, rule_id, review_policy, reason, missing_inputs
from restriction_timeline
where is_named(chip_id, coalesce(getvariable('chip'), 'H20')) and rule_id <> 'none'
order by chip_id, regime, valid_from
