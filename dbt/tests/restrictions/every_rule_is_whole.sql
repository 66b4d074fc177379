-- Each version has tests, its named chips and addressees exist, each metric has a name, each chip a country and a process that is
-- known, and every rule has an outcome on every chip.
select 'version without tests' as fault, rule_id as name from {{ ref('rules') }} where tests_rule_id not in (select rule_id from {{ ref('rule_tests') }})
union all
select 'tests of no version', rule_id from {{ ref('rule_tests') }} where rule_id not in (select tests_rule_id from {{ ref('rules') }})
union all
select 'named rule without a test for it', rule_id from {{ ref('rule_named_chips') }}
where rule_id not in (select rule_id from {{ ref('rule_tests') }} where metric = 'named')
union all
select 'named chip', coalesce(chip_id, chip_family) from {{ ref('rule_named_chips') }}
where coalesce(chip_id, chip_family) not in (select chip_id from {{ ref('chips') }} union select chip_family from {{ ref('chips') }})
union all
select 'addressee', vendor from {{ ref('rule_addressees') }} where vendor not in (select vendor from {{ ref('chips') }})
union all
select 'metric', metric from {{ ref('rule_tests') }} where metric not in ('named', 'meets') and metric not in (select metric from {{ ref('rule_metrics') }})
    and metric not in ('is_memory_stack')
union all
select 'referred rule', refers_to from {{ ref('rule_tests') }}
where (refers_to is not null) <> (metric = 'meets')
    or split_part(refers_to, '/', 1) not in (select rule_id from {{ ref('rule_tests') }} where metric <> 'meets')
union all
select 'vendor without country', vendor from {{ ref('chips') }} where vendor not in (select vendor from {{ ref('vendor_countries') }})
union all
select 'origin and country differ', chip_id from {{ ref('stg_restrictions__chips') }} where (origin = 'china') <> (vendor_country = 'CN')
union all
select 'unknown process', process_node from {{ ref('chips') }} where process_node not in (select process_node from {{ ref('process_nodes') }})
union all
select 'no outcome', chip_id || ' ' || rule_id
from (select chip_id, rule_id from {{ ref('chips') }} cross join {{ ref('rules') }}) anti join {{ ref('chip_rules') }} using (chip_id, rule_id)
