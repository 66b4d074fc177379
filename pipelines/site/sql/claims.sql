select claim_id, statement, as_of_date, claimed, computed, verdict, explanation, query, source_id, source_url, capture_kind
from claims order by claim_id
