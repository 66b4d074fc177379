with asks as (
    select platform_id, count(distinct offer_id) as offers, max(observed_at) as latest_offer_at
    from {{ ref('gpu_offers') }}
    where platform_id is not null
    group by platform_id
)

select
    platforms.platform_id, platforms.platform_name, platforms.platform_name_en, platforms.platform_class,
    platforms.market, platforms.operator, platforms.place, platforms.place_code, platforms.is_state_run,
    platforms.launch_date, platforms.launch_note, platforms.url, platforms.lists_what,
    platforms.prices_public, platforms.confidence, platforms.note,
    coalesce(asks.offers, 0) as offers,
    asks.latest_offer_at,
    platforms.source_id, platforms.source_url, platforms.capture_sha256, platforms.locator,
    platforms.capture_kind, platforms.parser_version, platforms.first_seen_at, platforms.last_seen_at
from {{ source('core', 'core_market__platforms') }} as platforms
left join asks using (platform_id)
