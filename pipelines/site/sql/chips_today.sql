select
    chips.chip_id, chip_name, chips.chip_family, vendor, origin, market, is_datacentre, chips.tpp, chips.performance_density,
    release_date, status, rule_ids, paragraphs, binding_regimes, review_policies, is_licence_required, reason, chips.capture_kind
from chips left join chip_status_on($as_of) as today using (chip_id)
order by case status when 'controlled' then 1 when 'presumed' then 2 when 'unknown' then 3 else 4 end, vendor, chip_name
