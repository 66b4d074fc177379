-- question: Which exchanges, dispatch platforms and sellers are there, who runs them, and do they show prices?
-- answers: Q3
-- variable: place: English or Chinese name; all places
-- column: platform_id: the platform
-- column: name: its name in English, else in Chinese
-- column: platform_class: what it is
-- column: operator: who runs it
-- column: place: where, as printed
-- column: is_state_run: run by a government body or state firm
-- column: launch_date: day of the launch, where known
-- column: prices_public: whether it shows prices
-- column: offers: offers on record
-- column: url: its site
select
    platform_id, coalesce(platform_name_en, platform_name) as name, platform_class, operator, place, is_state_run,
    launch_date, prices_public, offers, url
from platforms
where market = 'china'
  and is_named(
      concat_ws(' ', place, (select string_agg(place_name_en, ' ') from places where places.place_code = platforms.place_code)),
      coalesce(getvariable('place'), ''))
order by is_state_run desc nulls last, platform_class, platform_id
