-- the tiers in force that name a share or a cap
select programme_id, programme_name_en, instrument, tier, applies_to, rate_pct, cap_cny, cap_period, annual_budget_cny
from voucher_values join voucher_programmes using (programme_id)
where jurisdiction_code = '330100' and status = 'in_force' and (rate_pct is not null or cap_cny is not null)
order by instrument <> 'compute_voucher', published_date desc nulls last, programme_id, tier <> 'general', rate_pct desc nulls last
