-- question: Which chips need a licence for China on a day, or may need one?
-- answers: Q5
-- variable: day: YYYY-MM-DD; the day of the newest page
-- column: chip_id: the chip
-- column: vendor: maker
-- column: status: controlled, presumed or unknown
-- column: binding_regimes: whose measures bind
-- column: rule_ids: versions of the rules
-- column: review_policies: how an application is judged
-- column: tpp: total processing performance
-- column: performance_density: per square millimetre
-- column: reason: the tests that decide
select chip_id, vendor, status, binding_regimes, rule_ids, review_policies, chips.tpp, chips.performance_density, reason
from chip_status_on(coalesce(getvariable('day')::date, (select max(last_seen_at)::date from documents)))
join chips using (chip_id)
where status <> 'not_controlled'
order by case status when 'controlled' then 1 when 'presumed' then 2 else 3 end, vendor, chip_id
