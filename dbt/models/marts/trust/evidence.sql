{{ evidence_of_all_facts() }}
