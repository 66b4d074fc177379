{# The columns of `gpu_offers` and `gpu_quotes`, in the order of the schema. #}
{% macro offer_columns() %}
    offer_id, platform_id, channel, market, seller_name, chip_family, chip_id, chip_text, chips_per_offer, memory_gib,
    form_factor, price_value, price_value_max, price_text, price_unit, price_bound, price_tier, currency,
    price_basis_rule, term, is_tax_included, quantity_idle, quantity_total, availability, region_name, offer_kind,
    quarantine, source_level, date_basis, page_date, page_date_to, price_month,
    price_cny_per_gpu_hour, price_cny_per_gpu_hour_max, price_usd_per_gpu_hour, fx_cny_per_usd, fx_month,
    valid_from, valid_to, closed_by, observed_at,
    source_id, source_url, capture_sha256, locator, capture_kind, parser_version, first_seen_at, last_seen_at
{% endmacro %}
