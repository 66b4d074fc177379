-- Tiers of support that say what they pay: a share, a cap or a pot.
select * from {{ source('core', 'core_policy__tiers') }}
where rate_pct is not null or cap_cny is not null or annual_budget_cny is not null or total_budget_cny is not null
