{{ config(materialized='table') }}
-- Outcome of the rules that measure. A clause holds when all its tests do, fails when one fails, and is open when a
-- missing number could decide it. A rule is met by its first clause that holds; it is open when none holds and one
-- is open. Over several cases it is what all of them say, else open for want of the total processing performance.
{{ rule_outcomes(ref('int_restrictions__measured')) }}
