select chips.chip_id, count(distinct timeline.regime) as regimes
from {{ ref('chips') }} as chips
left join {{ ref('restriction_timeline') }} as timeline using (chip_id)
group by chips.chip_id
having count(distinct timeline.regime) <> (select count(distinct regime) from {{ ref('rules') }} where reaches_china)
