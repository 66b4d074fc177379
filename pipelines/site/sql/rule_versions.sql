-- each version of each measure with the chips it caught, and what a chip under it is
select
    t.regime, t.rule_id, v.title, v.status_if_met, min(t.valid_from) as valid_from, max(t.valid_to) as valid_to,
    bool_or(t.valid_to is null) as is_open,
    count(distinct t.chip_id) filter (where t.status in ('controlled', 'presumed')) as caught,
    count(distinct t.chip_id) filter (where t.status = 'unknown') as unknown
from restriction_timeline as t left join seeds.rules as v using (rule_id)
where t.rule_id <> 'none'
group by all order by valid_from, t.rule_id
