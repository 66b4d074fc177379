with notices as (
    select
        platform_id,
        count(*) as statements,
        min(as_of_date) filter (where statement = 'launch' and not is_target) as launch_date
    from {{ source('core', 'core_market__exchange_notices') }}
    group by platform_id
),

asks as (
    select platform_id, count(distinct offer_id) as offers, max(observed_at) as latest_offer_at
    from {{ ref('gpu_offers') }}
    where platform_id is not null
    group by platform_id
),

listed as (
    select distinct platform_id from {{ ref('stg_market__offers') }}
),

-- a source whose folder bears the platform's name watches it, whether or not it found anything
watched as (
    select distinct split_part(source_id, '/', 2) as platform_id
    from {{ source('core', 'core_trust__sources') }}
    where domain = 'market'
)

select
    platforms.platform_id, platforms.platform_name, platforms.platform_name_en, platforms.platform_class,
    platforms.market, platforms.operator, platforms.place, platforms.place_code, platforms.is_state_run,
    coalesce(notices.launch_date, platforms.launch_date) as launch_date, platforms.launch_note, platforms.url, platforms.lists_what,
    platforms.prices_public, platforms.confidence, platforms.note,
    case
        when listed.platform_id is not null then 'read'
        when watched.platform_id is not null then 'no_listing'
        else 'not_read'
    end as listing,
    coalesce(notices.statements, 0) as notices,
    coalesce(asks.offers, 0) as offers,
    asks.latest_offer_at,
    platforms.source_id, platforms.source_url, platforms.capture_sha256, platforms.locator,
    platforms.capture_kind, platforms.parser_version, platforms.first_seen_at, platforms.last_seen_at
from {{ source('core', 'core_market__platforms') }} as platforms
left join asks using (platform_id)
left join notices using (platform_id)
left join listed using (platform_id)
left join watched using (platform_id)
