select chip_id, rule_id, arg_max(status, valid_from) as status, arg_max(paragraph, valid_from) as paragraph, arg_max(reason, valid_from) as reason
from restriction_timeline where rule_id <> 'none' group by all order by chip_id, rule_id
