select programme_id, programme_name_en, status, tier, applies_to, rate_pct, cap_cny, cap_period, annual_budget_cny
from voucher_values join voucher_programmes using (programme_id)
where jurisdiction_code = '330100' and status in ('in_force', 'superseded')
order by status, published_date desc nulls last, programme_id desc, rate_pct desc nulls last
