-- question: Does a claim printed in the press hold against the records?
-- answers: Q11
-- column: claim_id: the claim
-- column: statement: what was printed, restated
-- column: as_of_date: the day it speaks of
-- column: claimed: its figure
-- column: computed: what the records give
-- column: verdict: supported, contradicted, partly or not established
-- column: explanation: why
-- column: source_url: where it was printed
select claim_id, statement, as_of_date, claimed, computed, verdict, explanation, source_url
from claims
order by verdict, claim_id
