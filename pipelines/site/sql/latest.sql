-- the newest dated facts of each record
(
    select announced_date as day, 'Restriction' as record, title as what, jurisdiction as place, event_id as id
    from restriction_events where announced_date <= $as_of order by announced_date desc, event_id limit 5
)
union all
(
    select published_date, 'Voucher', programme_name_en, jurisdiction_name_en, programme_id
    from voucher_programmes where published_date <= $as_of order by published_date desc, programme_id limit 4
)
union all
(
    select published_date, 'Model approvals', count(*) || ' services listed as filed or registered', 'China', published_date::varchar
    from model_approvals where published_date <= $as_of group by published_date order by published_date desc limit 2
)
union all
(
    select
        coalesce(page_date, observed_at::date) as day, 'Offer',
        string_agg(distinct chip_text, ', ' order by chip_text), coalesce(any_value(platform_name_en), o.platform_id), o.platform_id
    from gpu_offers as o left join platforms using (platform_id)
    where chip_id is not null and coalesce(page_date, observed_at::date) <= $as_of
    group by day, o.platform_id order by day desc, o.platform_id limit 3
)
order by day desc, record
