-- Lets each filter of the audit trail have a plan of its own: one plan for all of them would read the whole ledger for some.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true)
