{# Macros of the published file. Table macros answer "as of": from chip_status_on(date '2023-12-01'); they are made after
   the marts, since each reads one. is_named(text, asked) is true when `asked` stands in `text` as whole words (spaces and
   hyphens alike, any case; Chinese anywhere), and for every text when nothing is asked. #}
{% macro create_as_of_macros() %}
{%- if execute and flags.WHICH in ('build', 'run') -%}
{{ create_chip_status_macros() }}

create or replace macro main.programmes_on(day) as table
    select * from main.voucher_programmes
    where status not in ('draft', 'announced', 'reported')
      and coalesce(effective_from, approximate_date) <= day::date
      and (effective_to is null or effective_to >= day::date)
      and not exists (
          select 1 from main.voucher_programmes as later
          where later.programme_id = voucher_programmes.successor_programme_id
            and later.status not in ('draft', 'announced', 'reported')
            and coalesce(later.effective_from, later.approximate_date) <= day::date);

-- asks whose price stood on a day: seen on or before it, and not yet closed or replaced
create or replace macro main.offers_on(day) as table
    select * from main.gpu_offers
    where coalesce(page_date, valid_from::date) <= day::date
      and (valid_to is null or valid_to::date > day::date);

create or replace macro main.is_named(text, asked) as
    coalesce(asked, '') = ''
    or (not regexp_matches(asked, '[^\x00-\x7F]')
        and regexp_matches(lower(replace(text, ' ', '-')), '\b' || regexp_escape(lower(replace(asked, ' ', '-'))) || '\b'))
    or (regexp_matches(asked, '[^\x00-\x7F]') and contains(text, asked));
{%- endif -%}
{% endmacro %}
