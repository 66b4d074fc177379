{{ config(severity = 'warn') }}
-- A programme's place, code and level are those of `places`, so that a join on either gives the same place.
select programmes.programme_id, programmes.jurisdiction_code, programmes.jurisdiction_name, programmes.level
from {{ ref('voucher_programmes') }} as programmes
left join {{ ref('places') }} as places
    on places.place_code = programmes.jurisdiction_code and places.place_name = programmes.jurisdiction_name
where places.level is distinct from programmes.level
