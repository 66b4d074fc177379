-- One row a price of a listing: its contents folded, stock as last seen.
select
    * exclude (valid_from, price_valid_from, first_seen_at),
    price_valid_from as valid_from,
    min(first_seen_at) over (partition by offer_id, price_valid_from) as first_seen_at
from {{ ref('int_market__priced_offers') }}
qualify row_number() over (partition by offer_id, price_valid_from order by valid_from desc) = 1
