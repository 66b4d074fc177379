select programme_id, jurisdiction_name, programme_name_en, batch, kind, issued_date, firms, amount_cny, amount_usd, note, source_url, capture_kind
from voucher_issuance order by issued_date desc nulls last, programme_name_en, batch
