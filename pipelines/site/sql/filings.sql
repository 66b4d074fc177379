select filing_number, kind, model_name, entity_name, entity_group, province_name, filed_date, published_date, source_url, capture_kind
from model_approvals order by coalesce(published_date, filed_date) desc nulls last, filing_number
