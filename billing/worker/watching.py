"""Looking now and then whether every invariant holds, so that one which is broken is heard of before anybody asks."""

import logging

from billing import pulse
from billing.ledger.checks import run_checks
from billing.runtime import Billing

log = logging.getLogger(__name__)


def check_invariants(billing: Billing) -> int:
    """Verify them all when that was last done longer ago than the policy says; returns 0, as nothing was carried out.

    A broken one is logged, and counted in the metrics until it holds again.
    """
    every = billing.policy.check_every
    before = billing.ask(pulse.last, pulse.INVARIANTS)
    if not every or (before is not None and billing.clock.now() - before < every):
        return 0
    broken = [finding for finding in billing.ask(run_checks, billing.vault) if not finding.holds]
    for finding in broken:
        log.error("invariant broken: %s: %s", finding.invariant, ", ".join(finding.offenders))
    billing.do(pulse.beat, pulse.INVARIANTS, found=len(broken))
    return 0
