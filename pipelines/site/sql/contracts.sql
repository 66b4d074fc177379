select contract_id, title, contract_kind, parties, amount_cny, term_months, status, announced_date, place, source_level, source_url, capture_kind
from compute_contracts where is_compute_lease order by announced_date desc nulls last, contract_id
