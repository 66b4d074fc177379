-- A clause holds when all its tests do, fails when one fails, and is open when a missing number could decide it. A rule
-- is met by its first clause that holds; it is open when none holds and one is open.
with clauses as (
    select
        chip_id, rule_id, paragraph, clause,
        case when bool_or(not holds) then false when bool_or(holds is null) then null else true end as holds,
        string_agg(said, ' and ' order by metric, operator) as said,
        string_agg(said, ' and ' order by metric, operator) filter (where not holds) as failed,
        list(metric) filter (where holds is null) as missing
    from {{ ref('int_restrictions__tests') }}
    group by all
)

select
    chip_id, rule_id,
    case when bool_or(holds) then 'met' when bool_or(holds is null) then 'open' else 'not met' end as outcome,
    arg_min(paragraph, clause) filter (where holds) as paragraph,
    case
        when bool_or(holds) then arg_min(said, clause) filter (where holds)
        when bool_or(holds is null) then 'undecided: ' || string_agg(said, '; or ' order by clause) filter (where holds is null)
        else 'no: ' || string_agg(failed, '; nor ' order by clause) filter (where not holds)
    end as reason,
    case when not coalesce(bool_or(holds), false) then
        array_to_string(list_sort(list_distinct(flatten(list(missing) filter (where holds is null)))), ',')
    end as missing_inputs
from clauses
group by chip_id, rule_id
